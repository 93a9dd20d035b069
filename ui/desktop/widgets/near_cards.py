"""Statements that are on the board already and may say what is being typed: shown quietly, never joined."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QShortcut,
    QTextCharFormat,
    QTextLayout,
)
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from facilitator.similarity.word_index import Near
from ui.desktop.context import Context
from ui.desktop.models.card_model import Index
from ui.desktop.theme.tokens import XS, M, S, tokens_of
from ui.desktop.widgets.build import label

PAUSE = 250
"""How long typing rests before the board is looked through, in milliseconds."""
_KEY = Qt.ItemDataRole.UserRole
_WORDS = Qt.ItemDataRole.UserRole + 1
_BEFORE = 24
"""How many letters before the first shared word are shown at most."""


class NearCards(QFrame):
    """Lies over the head of ``place``, so that nothing moves when it comes and goes.

    It is quiet: the keyboard stays in the field until Ctrl+Down; Esc leads back, Enter goes to the card.
    """

    chosen = Signal(str)
    """Carries the id of the card that one wants to go to."""

    def __init__(
        self,
        context: Context,
        field: QPlainTextEdit,
        place: QWidget,
        board: Callable[[], Mapping[str, str]],
    ) -> None:
        """``board`` gives the texts to look among, by card."""
        super().__init__(place)
        self._context = context
        self._field = field
        self._place = place
        self._board = board
        _ = context.gettext
        self.setProperty("role", "hint")
        self.setAutoFillBackground(True)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Near to what is typed"))
        self.list.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(_NearDelegate(self.list))
        self.list.setStyleSheet("QListView { background: transparent; border: none; }")
        column = QVBoxLayout(self)
        column.setContentsMargins(M, XS, M, S)
        column.setSpacing(XS)
        column.addWidget(label(_("On the board already? Ctrl+Down leads there, Esc back."), "small"))
        column.addWidget(self.list)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._look)
        field.textChanged.connect(self._wait)
        self.list.itemClicked.connect(self._go)
        keys = QShortcut(QKeySequence("Ctrl+Down"), field, self.enter)
        keys.setContext(Qt.ShortcutContext.WidgetShortcut)
        for watched in (place, self.list):
            watched.installEventFilter(self)
        self.hide()

    @property
    def cards(self) -> tuple[str, ...]:
        """The ids of the statements that are shown, nearest first."""
        return tuple(self.list.item(row).data(_KEY) for row in range(self.list.count()))

    def enter(self) -> None:
        """Put the keyboard on the nearest, if there is one."""
        if self.isVisible():
            self.list.setCurrentRow(0)
            self.list.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the head of the place; Esc, and the arrow up from the first, lead back to the field; Enter
        goes to the card."""
        if watched is self._place:
            if event.type() == QEvent.Type.Resize:
                self._settle()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key, first = event.key(), self.list.currentRow() <= 0
            if key == Qt.Key.Key_Escape or (key == Qt.Key.Key_Up and first):
                self._field.setFocus()
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._go(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _wait(self) -> None:
        if self._field.toPlainText().strip():
            self._pause.start()
        else:
            self._pause.stop()
            self._show({}, ())

    def _look(self) -> None:
        texts, typed = self._board(), self._field.toPlainText()

        def show(near: tuple[Near, ...]) -> None:
            if isValid(self) and self._field.toPlainText() == typed:
                self._show(texts, near)

        self._context.aids.find_near(texts, typed, show)

    def _show(self, texts: Mapping[str, str], near: tuple[Near, ...]) -> None:
        if self.list.hasFocus() and not near:
            self._field.setFocus()
        self.list.clear()
        for each in near:
            item = QListWidgetItem(" ".join(texts[each.key].split()))
            item.setData(_KEY, each.key)
            item.setData(_WORDS, emphasised(texts[each.key], each.places))
            self.list.addItem(item)
        self.setVisible(bool(near))
        self._settle()

    def _settle(self) -> None:
        """Be as high as the rows need, and no higher than the place."""
        if self.isVisible():
            rows = self.list.sizeHintForRow(0) * self.list.count()
            self.list.setFixedHeight(rows)
            height = min(self.sizeHint().height(), self._place.height())
            self.setGeometry(0, 0, self._place.width(), height)
            self.raise_()

    def _go(self, item: QListWidgetItem) -> None:
        card = item.data(_KEY)
        self.hide()
        self.chosen.emit(card)


class _NearDelegate(QStyledItemDelegate):
    """Paints one line for each: the words that are typed too are bold and underlined."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return one line; the width is the list's."""
        return QSize(0, option.fontMetrics.height() + S)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the line, and a frame where the keyboard is."""
        tokens = tokens_of(option.palette)
        place = option.rect.adjusted(XS, XS, -XS, -XS)
        painter.save()
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(tokens.accent))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        painter.setPen(QColor(tokens.text))
        bold = QFont(option.font)
        bold.setBold(True)
        words: Emphasised = index.data(_WORDS)
        layout = QTextLayout(
            QFontMetrics(bold).elidedText(words.text, Qt.TextElideMode.ElideRight, place.width()), option.font
        )
        layout.setFormats([_strong(start, end) for start, end in words.places])
        layout.beginLayout()
        layout.createLine().setLineWidth(place.width())
        layout.endLayout()
        layout.draw(painter, QPointF(place.topLeft()))
        painter.restore()


def _strong(start: int, end: int) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    look = QTextCharFormat()
    look.setFontWeight(QFont.Weight.Bold)
    look.setFontUnderline(True)
    made.start, made.length, made.format = start, end - start, look
    return made


class Emphasised(NamedTuple):
    """A text on one line, and from where to where its words are to be strong."""

    text: str
    places: tuple[tuple[int, int], ...]


def emphasised(text: str, places: tuple[tuple[int, int], ...]) -> Emphasised:
    """Return a text that begins near the first of the ``places`` where its words are to be strong."""
    begin = places[0][0] if places else 0
    cut = text.rfind(" ", 0, begin - _BEFORE) + 1 if begin > _BEFORE else 0
    lead = "≈ …" if cut else "≈ "
    moved = tuple((start - cut + len(lead), end - cut + len(lead)) for start, end in places)
    return Emphasised(lead + re.sub(r"\s", " ", text[cut:]), moved)
