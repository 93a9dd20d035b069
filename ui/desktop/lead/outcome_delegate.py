"""Paints a file and what became of it."""

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.desktop.lead.values import Row
from ui.desktop.theme.tokens import BODY, SMALL, L, M, S, Tokens, tokens_of

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
SIGNS = {
    "accepted": "✓",
    "duplicate": "=",
    "superseded": "–",
    "conflict": "!",
    "quarantined": "…",
    "refused": "×",
}
"""A sign before each word, so that colour is never the only one."""

_WORDS = int(Qt.TextFlag.TextWordWrap)
_LETTERS = int(Qt.TextFlag.TextWrapAnywhere)
"""Names of files may be one long word."""

_INDENT = 28
GAP = 2


class OutcomeDelegate(QStyledItemDelegate):
    """The file's name with the one word at the right, then the group, then the reason."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the width of the list and the height of the wrapped words."""
        width = self._view.viewport().width()
        return QSize(width, _Lines(option.font, index.data(ROW_ROLE), QRect(0, 0, width, 0)).height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the words, a line before the next row, and a frame around the row one stands on."""
        row: Row = index.data(ROW_ROLE)
        tokens = tokens_of(option.palette)
        lines = _Lines(option.font, row, option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(tokens.accent_soft))
        for part, colour in lines.coloured(tokens):
            painter.setFont(part.font)
            painter.setPen(QColor(colour))
            painter.drawText(part.place, part.wrap, part.words)
        if index.row() + 1 < index.model().rowCount():
            painter.setPen(QColor(tokens.border))
            painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
        painter.restore()


class _Part(NamedTuple):
    """Words in their place."""

    font: QFont
    place: QRect
    wrap: int
    words: str


class _Lines:
    """Where the words of a row stand within ``place``."""

    def __init__(self, base: QFont, row: Row, place: QRect) -> None:
        self._row = row
        bold, plain, small = _font(base, BODY, bold=True), _font(base, BODY), _font(base, SMALL)
        word = f"{SIGNS[row.outcome]} {row.word}"
        left, right, top = place.left() + M, place.right() - M, place.top() + S
        left += _INDENT if row.inner else 0
        width = right - left
        word_width = min(QFontMetrics(bold).horizontalAdvance(word) + 2, width // 2)
        name_place = QRect(left, top, width - word_width - L, 0)
        self._name = _fitted(plain if row.inner else bold, name_place, _LETTERS, row.name)
        self._word = _fitted(bold, QRect(right - word_width, top, word_width, 0), _WORDS, word)
        below = max(self._name.place.bottom(), self._word.place.bottom()) + GAP
        self._group = _fitted(small, QRect(left, below, width, 0), _WORDS, row.group)
        below = self._group.place.bottom() + GAP if row.group else below
        self._reason = _fitted(plain, QRect(left, below, width, 0), _WORDS, row.reason)
        below = self._reason.place.bottom() + GAP if row.reason else below
        self.height = below - place.top() + S

    def coloured(self, tokens: Tokens) -> tuple[tuple[_Part, str], ...]:
        """Return each part and its colour, in the order they are read."""
        colours = {
            "accepted": tokens.good,
            "conflict": tokens.warn,
            "quarantined": tokens.warn,
            "refused": tokens.bad,
        }
        return (
            (self._name, tokens.text),
            (self._word, colours.get(self._row.outcome, tokens.muted)),
            (self._group, tokens.muted),
            (self._reason, tokens.text),
        )


def _fitted(font: QFont, place: QRect, wrap: int, words: str) -> _Part:
    """Return words with the height that they need in a place of a given width."""
    room = QRect(place.left(), place.top(), place.width(), 10_000)
    height = QFontMetrics(font).boundingRect(room, wrap, words).height()
    return _Part(font, QRect(place.left(), place.top(), place.width(), height), wrap, words)


def _font(base: QFont, size: int, *, bold: bool = False) -> QFont:
    font = QFont(base)
    font.setPixelSize(size)
    font.setBold(bold)
    return font
