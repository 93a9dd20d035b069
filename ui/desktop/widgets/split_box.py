"""A statement taken apart: each line becomes a statement of its own."""

import re

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout

from ui.desktop.context import Context
from ui.desktop.theme.tokens import M, S
from ui.desktop.widgets.build import button, label

_ENDS = re.compile(r"(?<=[.!?…])\s+(?=[«“\"(–—-]?\s?[^\Wa-zа-яё])|\s*;\s+|\s*\n\s*")
"""Where one thought may end: a sentence's end before a capital letter or digit, a semicolon, a line's end."""


class SplitBox(QFrame):
    """Ctrl+Enter splits, Esc leaves the statement as it is; Enter begins another line."""

    split = Signal(str, tuple)
    """Carries the card's id and the parts."""
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        _ = context.gettext
        self._card = ""
        self.setProperty("role", "card")
        self.setAccessibleName(_("Split a statement"))
        self.field = QPlainTextEdit()
        self.field.setAccessibleName(_("Parts of the statement, a line each"))
        self.field.setTabChangesFocus(True)
        self.field.setMinimumHeight(64)
        self.do = button(_("Split"), self._split, "primary", "Ctrl+Enter")
        row = QHBoxLayout()
        row.setSpacing(S)
        row.addStretch(1)
        row.addWidget(self.do)
        row.addWidget(button(_("Leave as it is"), self.left.emit, "quiet", "Esc"))
        column = QVBoxLayout(self)
        column.setContentsMargins(M, S, M, S)
        column.setSpacing(S)
        column.addWidget(label(_("Each line becomes a statement. Enter begins a line."), "small"))
        column.addWidget(self.field, 1)
        column.addLayout(row)
        self.field.textChanged.connect(lambda: self.do.setEnabled(len(self.parts) > 1))

    @property
    def parts(self) -> tuple[str, ...]:
        """What the statement would be split into."""
        lines = (line.strip() for line in self.field.toPlainText().splitlines())
        return tuple(line for line in lines if line)

    def offer(self, card: str, parts: tuple[str, ...]) -> None:
        """Show the parts of a card and put the keyboard at the beginning of the second."""
        self._card = card
        self.field.setPlainText("\n".join(parts))
        self.do.setEnabled(len(self.parts) > 1)
        self.field.moveCursor(QTextCursor.MoveOperation.Start)
        self.field.moveCursor(QTextCursor.MoveOperation.NextBlock)
        self.field.setFocus()

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+Enter for this box, whatever it does around it."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _does(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take what the field leaves: Ctrl+Enter and Esc."""
        if _does(event):
            self._split()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _split(self) -> None:
        if len(self.parts) > 1:
            self.split.emit(self._card, self.parts)


def _does(event: QKeyEvent) -> bool:
    control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and bool(control)


def proposed_parts(text: str) -> tuple[str, ...]:
    """Return a statement as it may fall into thoughts."""
    return tuple(part.strip() for part in _ENDS.split(text) if part.strip())


def parts_at(text: str, place: int) -> tuple[str, ...]:
    """Return a statement in two, divided at a place; one part when the place is at an end."""
    parts = (text[:place].rstrip(" ;,"), text[place:].lstrip(" ;,"))
    return tuple(part for part in parts if part.strip())
