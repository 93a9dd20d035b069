"""Paints the cards of the chain: the chosen one, what is linked to it, and the rest held back."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.desktop.models.chain_model import CARD_ROLE, ChainCard
from ui.desktop.theme.tokens import BODY, RADIUS, SMALL, XS, S, Tokens, tokens_of

Index = QModelIndex | QPersistentModelIndex
_WRAP = int(Qt.TextFlag.TextWordWrap)


class ChainDelegate(QStyledItemDelegate):
    """A card is a frame with the whole text; what it lacks stands below it in words."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._heights: dict[tuple[str, str, int], tuple[int, int]] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the width of the column and the height of the wrapped words."""
        text, lacks = self._measure(option.font, index.data(CARD_ROLE))
        return QSize(self._view.viewport().width(), text + lacks + 2 * S + XS)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the frame and the words."""
        card: ChainCard = index.data(CARD_ROLE)
        tokens = tokens_of(option.palette)
        box = option.rect.adjusted(2, 2, -2, -XS)
        focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, border, width = _look(card.state, tokens)
        painter.setPen(QPen(QColor(tokens.accent if focus else border), 2 if focus else width))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        height, _ = self._measure(option.font, card)
        text = QRect(box.left() + S, box.top() + S - 2, box.width() - 2 * S, height)
        painter.setFont(_font(option.font, BODY))
        painter.setPen(QColor(tokens.muted if card.state == "apart" else tokens.text))
        painter.drawText(text, _WRAP, card.text)
        painter.setFont(_font(option.font, SMALL))
        painter.setPen(QColor(tokens.muted if card.state == "apart" else tokens.warn))
        painter.drawText(text.adjusted(0, height, 0, 10_000), _WRAP, card.lacks)
        painter.restore()

    def _measure(self, base: QFont, card: ChainCard) -> tuple[int, int]:
        key = (card.text, card.lacks, self._view.viewport().width())
        if key not in self._heights:
            room = QRect(0, 0, key[2] - 4 - 2 * S, 100_000)
            text = QFontMetrics(_font(base, BODY)).boundingRect(room, _WRAP, card.text).height()
            lacks = QFontMetrics(_font(base, SMALL)).boundingRect(room, _WRAP, card.lacks).height()
            self._heights[key] = (text, lacks + XS if card.lacks else 0)
        return self._heights[key]


def _look(state: str, tokens: Tokens) -> tuple[str, str, int]:
    """Return the ground, the border and its width."""
    match state:
        case "chosen":
            return tokens.accent_soft, tokens.accent, 3
        case "linked":
            return tokens.accent_soft, tokens.accent, 1
        case "apart":
            return tokens.window, tokens.border, 1
    return tokens.surface, tokens.border, 1


def _font(base: QFont, size: int) -> QFont:
    font = QFont(base)
    font.setPixelSize(size)
    return font
