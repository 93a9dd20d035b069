"""Paints the cards of the chain: the chosen one, what is linked to it, and the rest held back."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.desktop.models.chain_model import CARD_ROLE, ChainCard, ChainColumn, Light
from ui.desktop.theme.tokens import BODY, RADIUS, SMALL, XS, S, Tokens, tokens_of

Index = QModelIndex | QPersistentModelIndex
_WRAP = int(Qt.TextFlag.TextWordWrap)
_MARKS = 18
"""The width of the strip in which the marks stand, in pixels."""
_HIGH = 100_000


class ChainDelegate(QStyledItemDelegate):
    """A card is a frame with the whole text; what it lacks stands below it in words.

    The chosen card has a disc before its text, what is linked to it two rings; the rest fades.
    """

    def __init__(self, view: QListView, column: ChainColumn) -> None:
        super().__init__(view)
        self._view = view
        self._column = column
        self._metrics: dict[int, QFontMetrics] = {}
        self._heights: dict[tuple[str, int, int], int] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the width of the column and the height of the wrapped words."""
        text, lacks = self._measure(option.font, index.data(CARD_ROLE))
        return QSize(self._view.viewport().width(), text + lacks + 2 * S + XS)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the frame, the mark and the words."""
        card: ChainCard = index.data(CARD_ROLE)
        light = self._column.choice.light(card.id)
        tokens = tokens_of(option.palette)
        box = option.rect.adjusted(2, 2, -2, -XS)
        focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, border, width = _look(light, tokens)
        painter.setPen(QPen(QColor(tokens.accent if focus else border), max(width, 2 if focus else 1)))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        height, _ = self._measure(option.font, card)
        text = QRect(box.left() + _MARKS, box.top() + S - 2, box.width() - _MARKS - S, height)
        _paint_mark(painter, light, QPoint(box.left() + _MARKS // 2, text.top() + S + 1), tokens)
        painter.setFont(_font(option.font, BODY))
        painter.setPen(QColor(tokens.muted if light == "apart" else tokens.text))
        painter.drawText(text, _WRAP, card.text)
        painter.setFont(_font(option.font, SMALL))
        painter.setPen(QColor(tokens.muted if light == "apart" else tokens.warn))
        painter.drawText(text.adjusted(0, height, 0, _HIGH), _WRAP, card.lacks)
        painter.restore()

    def _measure(self, base: QFont, card: ChainCard) -> tuple[int, int]:
        """Return the heights of the words and of what the card lacks."""
        width = self._view.viewport().width() - 4 - _MARKS - S
        lacks = self._height(base, SMALL, card.lacks, width) + XS if card.lacks else 0
        return self._height(base, BODY, card.text, width), lacks

    def _height(self, base: QFont, size: int, text: str, width: int) -> int:
        key = (text, size, width)
        if key not in self._heights:
            if size not in self._metrics:
                self._metrics[size] = QFontMetrics(_font(base, size))
            place = self._metrics[size].boundingRect(0, 0, width, _HIGH, _WRAP, text)
            self._heights[key] = place.height()
        return self._heights[key]


def _look(light: Light, tokens: Tokens) -> tuple[str, str, int]:
    """Return the ground, the border and its width."""
    match light:
        case "chosen":
            return tokens.accent_soft, tokens.accent, 3
        case "linked":
            return tokens.accent_soft, tokens.accent, 1
        case "apart":
            return tokens.window, tokens.border, 1
    return tokens.surface, tokens.border, 1


def _paint_mark(painter: QPainter, light: Light, centre: QPoint, tokens: Tokens) -> None:
    accent = QColor(tokens.accent)
    if light == "chosen":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawEllipse(centre, 5, 5)
    elif light == "linked":
        painter.setPen(QPen(accent, 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre + QPoint(-2, -3), 3, 3)
        painter.drawEllipse(centre + QPoint(2, 3), 3, 3)


def _font(base: QFont, size: int) -> QFont:
    font = QFont(base)
    font.setPixelSize(size)
    return font
