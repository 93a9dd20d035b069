"""Spelling help in a field: a wave under words that no dictionary has, and what may have been meant."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeySequence,
    QShortcut,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QMenu, QPlainTextEdit
from shiboken6 import isValid

from facilitator.room.notes import Note, OwnWords
from facilitator.services.spelling import Place
from ui.desktop.context import Context
from ui.desktop.theme.tokens import tokens_of

NEXT_KEY = "Shift+F7"
_LOOKS_AGAIN = frozenset({QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.PaletteChange})


class SpellingHelp(QObject):
    """Marks words and offers others; it changes one only when somebody chooses another.

    Right click on a marked word, or Shift+F7 for the next one.
    """

    def __init__(self, field: QPlainTextEdit, context: Context) -> None:
        super().__init__(field)
        self._field = field
        self._context = context
        self._session = context.session
        self._aids = context.aids
        self._marks = _Marks(self)
        field.installEventFilter(self)
        field.cursorPositionChanged.connect(self._marks.look_soon)
        self._aids.judged.connect(self._marks.look_soon)
        self._session.noted.connect(self._hear)
        keys = QShortcut(QKeySequence(NEXT_KEY), field, self.go_to_next)
        keys.setContext(Qt.ShortcutContext.WidgetShortcut)

    def doubtful(self, text: str) -> list[Place]:
        """Return the words of a text that no dictionary has and that are not this group's own."""
        own = self._session.room.own_words()
        return [place for place in self._aids.doubtful(text) if not own.has(place.word)]

    @property
    def field(self) -> QPlainTextEdit:
        """The field that is helped."""
        return self._field

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A right click on a marked word opens what may have been meant, any other the usual menu."""
        if event.type() in _LOOKS_AGAIN:
            self._marks.look_soon()
        elif event.type() == QEvent.Type.ContextMenu and isinstance(event, QContextMenuEvent):
            cursor = self._word_at(self._field.cursorForPosition(event.pos()).position())
            if cursor is not None:
                self._offer(cursor, event.globalPos())
                return True
        return super().eventFilter(watched, event)

    def go_to_next(self) -> None:
        """Choose the next marked word after the cursor, after the last the first, and offer others."""
        places = self.doubtful(self._field.toPlainText())
        here = self._field.textCursor().selectionEnd()
        ahead = [place for place in places if place.start >= here] or places
        if ahead:
            cursor = self._choose(ahead[0])
            self._field.setTextCursor(cursor)
            self._field.ensureCursorVisible()
            corner = self._field.cursorRect().bottomLeft()
            self._offer(cursor, self._field.viewport().mapToGlobal(corner))

    def _word_at(self, position: int) -> QTextCursor | None:
        for place in self.doubtful(self._field.toPlainText()):
            if place.start <= position <= place.start + len(place.word):
                return self._choose(place)
        return None

    def _choose(self, place: Place) -> QTextCursor:
        cursor = self._field.textCursor()
        cursor.setPosition(place.start)
        cursor.setPosition(place.start + len(place.word), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _offer(self, cursor: QTextCursor, where: QPoint) -> None:
        word = cursor.selectedText()
        self._aids.suggest(word, partial(self._show_menu, cursor, word, where))

    def _show_menu(self, cursor: QTextCursor, word: str, where: QPoint, suggestions: tuple[str, ...]) -> None:
        """Open the menu, unless word or field have changed while the dictionary was asked."""
        if not isValid(self) or cursor.selectedText() != word or not self._field.isVisible():
            return
        _ = self._context.gettext
        menu = QMenu(self._field)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for suggestion in suggestions:
            offer = menu.addAction(suggestion, partial(cursor.insertText, suggestion))
            offer.setEnabled(not self._field.isReadOnly())
        if not suggestions:
            menu.addAction(_("Nothing like it is known")).setEnabled(False)
        menu.addSeparator()
        menu.addAction(
            _("Learn “{word}” on this computer").format(word=word), partial(self._aids.learn, word)
        )
        menu.addAction(_("Leave it alone in this group"), partial(self._take_in, word))
        following = menu.addAction(_("Next marked word"), self.go_to_next)
        following.setShortcut(QKeySequence(NEXT_KEY))
        following.setShortcutVisibleInContextMenu(True)
        menu.addSeparator()
        menu.addAction(_("Stop checking words"), partial(self._aids.set_checking, False))
        menu.popup(where)
        if suggestions:
            menu.setActiveAction(menu.actions()[0])

    def _take_in(self, word: str) -> None:
        self._session.keep(self._session.room.own_words().take(word))

    def _hear(self, note: Note) -> None:
        if isinstance(note, OwnWords):
            self._marks.look_soon()


class _Marks(QSyntaxHighlighter):
    """Puts the waves; the word in which the cursor is has none yet."""

    def __init__(self, help_: SpellingHelp) -> None:
        super().__init__(help_.field.document())
        self._help = help_
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.rehighlight)

    def look_soon(self) -> None:
        """Look at all words again, once for whatever happens in one go."""
        self._soon.start()

    def highlightBlock(self, text: str) -> None:
        """Mark the doubtful words of a line."""
        field = self._help.field
        wave = QTextCharFormat()
        wave.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
        wave.setUnderlineColor(QColor(tokens_of(field.palette()).bad))
        cursor = field.textCursor()
        typing = cursor.position() - self.currentBlock().position()
        for place in self._help.doubtful(text):
            end = place.start + len(place.word)
            in_it = field.hasFocus() and not cursor.hasSelection() and place.start < typing <= end
            if not in_it:
                self.setFormat(place.start, len(place.word), wave)
