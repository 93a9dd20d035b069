"""Paints one card of a list: its text, what stands beside it, its links, what it lacks, its dots."""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QAbstractItemModel, QObject, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPen,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QListView,
    QPlainTextEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.desktop.models.card_model import CARD_ROLE, WORDS_ROLE, Index
from ui.desktop.models.card_words import CardWords
from ui.desktop.theme.tokens import BODY, LARGE, SMALL, XS, M, S, Tokens, tokens_of

_TALLEST = 100_000
_LEAST_EDITOR = 64
_UNSEEN = 40
_BAR = 4


class _Measured(NamedTuple):
    words: CardWords
    width: int
    height: int


class CardDelegate(QStyledItemDelegate):
    """Each card is measured once for each width; a change of one card measures that card alone."""

    edited = Signal(str, str)
    """Carries the card's id and the text that was typed."""
    editor_opened = Signal(object)
    """Carries the field in which a card is about to be edited."""

    def __init__(self, parent: QObject | None = None, *, brief: bool = False, big_dots: bool = False) -> None:
        """``brief`` shows the text and the dots alone; ``big_dots`` shows the dots larger than the text."""
        super().__init__(parent)
        self._brief = brief
        self._big_dots = big_dots
        self._measured: dict[str, _Measured] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the width of the list and the height of the card; a list out of sight measures nothing."""
        view = option.widget
        width = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        if view is not None and not view.isVisible():
            return QSize(width, _UNSEEN)
        words: CardWords = index.data(WORDS_ROLE)
        key = index.data(CARD_ROLE).id
        known = self._measured.get(key)
        if known is None or known.words is not words or known.width != width:
            known = self._measured[key] = _Measured(words, width, self._height(option.font, words, width))
        return QSize(width, known.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the card: a bar and a ground where it is selected, a frame where the keyboard is."""
        words: CardWords = index.data(WORDS_ROLE)
        tokens = tokens_of(option.palette)
        painter.save()
        self._paint_ground(painter, option, tokens)
        place = self._text_place(option.font, words, option.rect)
        painter.setPen(QColor(tokens.muted if words.faded else tokens.text))
        layout, height = _laid_out(option.font, words.text, place.width())
        layout.draw(painter, QPointF(place.topLeft()))
        self._paint_dots(painter, option, words, tokens)
        self._paint_share(painter, option, words, tokens)
        self._paint_lines(painter, option, words, place.translated(0, height), tokens)
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the field in which a card is edited in its place."""
        editor = _CardEditor(parent)
        editor.setAccessibleName(index.data(Qt.ItemDataRole.DisplayRole))
        editor.done.connect(lambda: self._finish(editor))
        self.editor_opened.emit(editor)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Give the field the card's text once; later changes do not touch what is being typed."""
        if isinstance(editor, _CardEditor) and not editor.filled:
            editor.fill(index.data(Qt.ItemDataRole.EditRole))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Say what was typed, if it is something else than before."""
        card = index.data(CARD_ROLE)
        if isinstance(editor, _CardEditor) and editor.toPlainText().strip() != card.text:
            self.edited.emit(card.id, editor.toPlainText())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Lay the field over the card, with room for a second line."""
        rect = QRect(option.rect)
        rect.setHeight(max(rect.height(), _LEAST_EDITOR))
        editor.setGeometry(rect)

    def _finish(self, editor: "_CardEditor") -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)

    def _lines(self, words: CardWords) -> list[tuple[str, str]]:
        return [] if self._brief else list(_small_lines(words))

    def _dots_font(self, font: QFont) -> QFont:
        made = _sized(font, LARGE if self._big_dots else BODY)
        made.setBold(True)
        return made

    def _text_place(self, font: QFont, words: CardWords, rect: QRect) -> QRect:
        place = rect.adjusted(M, S, -M, -S)
        if words.dots:
            dots = QFontMetrics(self._dots_font(font)).horizontalAdvance(words.dots)
            place.setRight(place.right() - M - dots)
        return place

    def _height(self, font: QFont, words: CardWords, width: int) -> int:
        place = self._text_place(font, words, QRect(0, 0, width, _TALLEST))
        lines = len(self._lines(words))
        small = QFontMetrics(_sized(font, SMALL)).lineSpacing() + 2
        _, height = _laid_out(font, words.text, place.width())
        if words.dots:
            height = max(height, QFontMetrics(self._dots_font(font)).height())
        return height + lines * small + 2 * S + (XS if lines else 0)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, tokens: Tokens) -> None:
        rect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(tokens.accent_soft))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(tokens.accent))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(tokens.raised))
        painter.setPen(QColor(tokens.border))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(tokens.accent), 1))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _paint_dots(
        self, painter: QPainter, option: QStyleOptionViewItem, words: CardWords, tokens: Tokens
    ) -> None:
        if not words.dots:
            return
        painter.setFont(self._dots_font(option.font))
        painter.setPen(QColor(tokens.accent))
        place = option.rect.adjusted(M, S, -M, -S)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, words.dots)

    def _paint_share(
        self, painter: QPainter, option: QStyleOptionViewItem, words: CardWords, tokens: Tokens
    ) -> None:
        """Paint a bar along the foot, as long as the share."""
        room = option.rect.adjusted(M, 0, -M, -_BAR // 2)
        if words.share:
            bar = QRect(room.left(), room.bottom() - _BAR, max(_BAR, int(room.width() * words.share)), _BAR)
            painter.fillRect(bar, QColor(tokens.accent))

    def _paint_lines(
        self, painter: QPainter, option: QStyleOptionViewItem, words: CardWords, place: QRect, tokens: Tokens
    ) -> None:
        font = _sized(option.font, SMALL)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        width = option.rect.width() - 2 * M
        top = place.top() + XS
        for line, colour in self._lines(words):
            painter.setPen(QColor(getattr(tokens, colour)))
            shown = metrics.elidedText(line, Qt.TextElideMode.ElideRight, width)
            painter.drawText(place.left(), top + metrics.ascent() + 1, shown)
            top += metrics.lineSpacing() + 2


def _small_lines(words: CardWords) -> Iterator[tuple[str, str]]:
    """Yield the small lines under the text, each with the name of its colour."""
    if words.details:
        yield words.details, "muted"
    yield from ((line, "accent") for line in words.links)
    yield from ((f"⚠ {line}", "warn") for line in words.gaps)


def _sized(font: QFont, pixels: int) -> QFont:
    made = QFont(font)
    made.setPixelSize(pixels)
    return made


def _laid_out(font: QFont, text: str, width: int) -> tuple[QTextLayout, int]:
    """Return a text broken into lines, within a word only when it is wider than the line; and its height."""
    layout = QTextLayout(text.replace("\n", "\u2028"), _sized(font, BODY))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    height = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
    return layout, int(height + 0.999)


class _CardEditor(QPlainTextEdit):
    """Several lines to see, one statement to give: Enter gives it, Esc leaves it as it was."""

    done = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.filled = False
        self.setTabChangesFocus(True)

    def fill(self, text: str) -> None:
        """Show the text with the cursor at its end."""
        self.filled = True
        self.setPlainText(text)
        self.moveCursor(self.textCursor().MoveOperation.End)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter gives the text; Shift+Enter begins another line."""
        plain = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.done.emit()
            return
        super().keyPressEvent(event)
