"""Paints the lines of the gap list."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.desktop.models.gap_model import LINE_ROLE, GapLine
from ui.desktop.theme.tokens import BODY, SMALL, S, tokens_of

Index = QModelIndex | QPersistentModelIndex
_WRAP = int(Qt.TextFlag.TextWordWrap)
_SPACE = {"step": (14, 4), "need": (6, 4), "card": (6, 6)}
"""The room above and below a line, in pixels."""


class GapDelegate(QStyledItemDelegate):
    """Steps and needs are headings; a card is a line one can go to. Heights are measured once a width."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._heights: dict[tuple[str, str, int], int] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the width of the list and the height of the wrapped words."""
        line: GapLine = index.data(LINE_ROLE)
        width = self._view.viewport().width()
        key = (line.role, line.text, width)
        if key not in self._heights:
            room = QRect(0, 0, width - S - _indent(line), 10_000)
            words = QFontMetrics(_font(option.font, line)).boundingRect(room, _WRAP, _words(line))
            self._heights[key] = words.height() + sum(_SPACE[line.role])
        return QSize(width, self._heights[key])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the words, and a frame around the card one stands on."""
        line: GapLine = index.data(LINE_ROLE)
        tokens = tokens_of(option.palette)
        painter.save()
        if line.card and option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.fillRect(option.rect, QColor(tokens.accent_soft))
        painter.setFont(_font(option.font, line))
        painter.setPen(QColor({"step": tokens.text, "need": tokens.warn, "card": tokens.text}[line.role]))
        above, below = _SPACE[line.role]
        painter.drawText(option.rect.adjusted(_indent(line), above, -S, -below), _WRAP, _words(line))
        if line.card and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
        painter.restore()


def _words(line: GapLine) -> str:
    return line.text if line.card else f"{line.text} · {line.number}"


def _indent(line: GapLine) -> int:
    return 2 * S if line.card else S


def _font(base: QFont, line: GapLine) -> QFont:
    font = QFont(base)
    font.setPixelSize(BODY if line.role == "step" else SMALL)
    font.setBold(line.role == "step")
    return font
