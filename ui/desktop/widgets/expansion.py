"""Abbreviations that are expanded while one types in a field, and taken back with one key."""

import re
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from ui.desktop.writing_aids import WritingAids

_LAST_WORD = re.compile(r"[^\s«»„“”\"()\[\]]+$")
_JOINS = frozenset("-‑_/'’")
"""What may stand within an abbreviation and so does not end it."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_HELD = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta)
"""Keys that are held for another and do nothing by themselves."""


class _Expanded(NamedTuple):
    typed: str
    meaning: str
    after: str
    """What was typed behind the abbreviation and ended it."""


class Expansion(QObject):
    """Space, punctuation or Enter after an abbreviation puts its words there; Backspace or Ctrl+Z right after
    takes them back."""

    def __init__(self, field: QPlainTextEdit, aids: WritingAids) -> None:
        super().__init__(field)
        self._field = field
        self._aids = aids
        self._last: _Expanded | None = None
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at what is typed before the field does; one that only shows is left alone."""
        if self._field.isReadOnly():
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() not in _HELD:
            last, self._last = self._last, None
            back = event.key() == Qt.Key.Key_Backspace or event.matches(QKeySequence.StandardKey.Undo)
            if back and last is not None:
                return self._take_back(last)
            if event.key() in _ENTER:
                self._expand("")
            elif _ends_a_word(event.text()):
                self._last = self._expand(event.text())
        return super().eventFilter(watched, event)

    def _expand(self, after: str) -> _Expanded | None:
        """Put what it stands for in the place of the abbreviation before the cursor, if there is one."""
        cursor = self._field.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        found = None if cursor.hasSelection() else _LAST_WORD.search(before)
        meaning = found and self._aids.abbreviations.expansion(found.group())
        if not (found and meaning):
            return None
        _replace(cursor, len(found.group()), meaning)
        return _Expanded(found.group(), meaning, after)

    def _take_back(self, last: _Expanded) -> bool:
        """Put the abbreviation back as it was typed, unless the words are no longer before the cursor."""
        cursor = self._field.textCursor()
        words = last.meaning + last.after
        if not cursor.block().text()[: cursor.positionInBlock()].endswith(words):
            return False
        _replace(cursor, len(words), last.typed + last.after)
        return True


def _ends_a_word(typed: str) -> bool:
    return len(typed) == 1 and typed.isprintable() and not typed.isalnum() and typed not in _JOINS


def _replace(cursor: QTextCursor, length: int, words: str) -> None:
    cursor.movePosition(cursor.MoveOperation.Left, cursor.MoveMode.KeepAnchor, length)
    cursor.insertText(words)
