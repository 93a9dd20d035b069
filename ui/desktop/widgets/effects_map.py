"""A picture of counterparties, products and effects: columns of boxes, joined by lines."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from ui.desktop.models.effects_map import Head, Node, spoken_map
from ui.desktop.theme.tokens import BODY, RADIUS, SMALL, XS, S, Tokens, tokens_of

_WRAP = int(Qt.TextFlag.TextWordWrap)
_GAP, _BETWEEN, _HEAD, _LEAST = 40, 10, 48, 150
"""The room for the lines, between boxes, for the heads, and the least width of a box, in pixels."""
_HIGH = 100_000


class Picture(NamedTuple):
    """Where everything lies, in pixels."""

    heads: tuple[tuple[Head, QRect], ...]
    boxes: dict[str, QRect]
    size: QSize


def lay_out(nodes: Mapping[str, Node], heads: tuple[Head, ...], width: int, font: QFont) -> Picture:
    """Place what a box brings beside it, from the top down; a box stands in the middle of what it brings."""
    box = max(_LEAST, (width - _GAP * (len(heads) - 1)) // max(1, len(heads)))
    boxes: dict[str, QRect] = {}

    def place(node: Node, top: int) -> int:
        """Place a box and what it brings below ``top``; return where the next may begin."""
        height = _height(node, box, font)
        left = node.level * (box + _GAP)
        boxes[node.card] = QRect(left, top, box, height)
        bottom = top
        for child in node.children:
            if child not in boxes:
                bottom = place(nodes[child], bottom)
        span = max(bottom - top, height + _BETWEEN)
        boxes[node.card].moveTop(top + (span - height - _BETWEEN) // 2)
        return top + span

    bottom = _HEAD
    for node in nodes.values():
        if node.card not in boxes:
            bottom = place(node, bottom)
    places = tuple((head, QRect(level * (box + _GAP), 0, box, _HEAD)) for level, head in enumerate(heads))
    return Picture(places, boxes, QSize(len(heads) * (box + _GAP) - _GAP, bottom))


def paint_map(
    painter: QPainter,
    nodes: Mapping[str, Node],
    picture: Picture,
    tokens: Tokens,
    font: QFont,
    chosen: str | None = None,
) -> None:
    """Paint the picture; the chosen box and what it is joined to stand out by their frames and lines."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for head, place in picture.heads:
        _write(painter, place, head.title, _sized(font, BODY, bold=True), tokens.text)
        _write(painter, place.adjusted(0, 22, 0, 0), head.leads, _sized(font, SMALL), tokens.muted)
    near = joined(nodes, chosen)
    for one, other in _lines(nodes):
        lit = chosen in (one, other)
        painter.setPen(QPen(QColor(tokens.accent if lit else tokens.control), 2.5 if lit else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(_curve(picture.boxes[one], picture.boxes[other]))
    for card, box in picture.boxes.items():
        node = nodes[card]
        painter.setPen(_frame(node, tokens, chosen=card == chosen, near=card in near))
        painter.setBrush(QColor(tokens.accent_soft if card == chosen else tokens.surface))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        _write_node(painter, box, node, font, tokens)


def joined(nodes: Mapping[str, Node], card: str | None) -> set[str]:
    """Return what a box is joined to by lines."""
    pairs = [pair for pair in _lines(nodes) if card in pair]
    return {each for pair in pairs for each in pair} - {card or ""}


class EffectsMap(QWidget):
    """Arrows walk from box to box, Enter or a double click asks for the card in the table."""

    card_asked = Signal(str)
    chosen_at = Signal(QRect)
    """Carries the place of the box that was chosen, to be brought into sight."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._heads: tuple[Head, ...] = ()
        self.nodes: dict[str, Node] = {}
        self.picture = Picture((), {}, QSize())
        self.chosen: str | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)

    def show_nodes(self, nodes: dict[str, Node], heads: tuple[Head, ...]) -> None:
        """Show these cards; a screen reader is told the same in words."""
        self.nodes, self._heads = nodes, heads
        if self.chosen not in nodes:
            self.chosen = None
        self.setAccessibleDescription(spoken_map(nodes))
        self._arrange()

    def choose(self, card: str | None) -> None:
        """Set off a box and what it is joined to."""
        self.chosen = card
        node = self.nodes.get(card or "")
        words = (node.text, node.details, node.lacks) if node else ()
        self.setAccessibleName(". ".join((self._name, *(each for each in words if each))))
        if card is not None:
            self.chosen_at.emit(self.picture.boxes[card])
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand on a box when the keyboard comes."""
        super().focusInEvent(event)
        if self.chosen is None and self.nodes and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.choose(next(iter(self.nodes)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk by arrows; Enter asks for the card, Esc lets go of it."""
        key = event.key()
        ways = {
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
        }
        if key in ways and self.nodes:
            self.choose(self._next(*ways[Qt.Key(key)]))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen is not None:
            self.card_asked.emit(self.chosen)
        elif key == Qt.Key.Key_Escape and self.chosen is not None:
            self.choose(None)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses a box."""
        self.setFocus()
        self.choose(self._at(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click asks for the card."""
        card = self._at(event)
        if card is not None:
            self.card_asked.emit(card)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the words anew."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture, and around the whole the frame of the keyboard."""
        painter = QPainter(self)
        painter.translate(S, S)
        paint_map(painter, self.nodes, self.picture, tokens_of(self.palette()), self.font(), self.chosen)
        painter.end()

    def _arrange(self) -> None:
        self.picture = lay_out(self.nodes, self._heads, self.width() - 2 * S, self.font())
        self.setMinimumSize(_LEAST * len(self._heads) + _GAP * 2 + 2 * S, self.picture.size.height() + 2 * S)
        self.update()

    def _at(self, event: QMouseEvent) -> str | None:
        place = event.position().toPoint()
        boxes = self.picture.boxes.items()
        return next((card for card, box in boxes if box.translated(S, S).contains(place)), None)

    def _next(self, column: int, row: int) -> str:
        """Return the box one comes to: in the same column the next, in another one that is joined first."""
        if self.chosen is None:
            return next(iter(self.nodes))
        here, level = self.picture.boxes[self.chosen], self.nodes[self.chosen].level + column
        beside = [card for card, node in self.nodes.items() if node.level == level]
        if row:
            on = [card for card in beside if (self._middle(card) - here.center().y()) * row > 0]
            return min(on, key=lambda card: abs(self._middle(card) - here.center().y()), default=self.chosen)
        near = joined(self.nodes, self.chosen)
        return min(
            beside,
            key=lambda card: (card not in near, abs(self._middle(card) - here.center().y())),
            default=self.chosen,
        )

    def _middle(self, card: str) -> int:
        return self.picture.boxes[card].center().y()


def _lines(nodes: Mapping[str, Node]) -> Iterator[tuple[str, str]]:
    for node in nodes.values():
        yield from ((node.card, child) for child in node.children)


def _frame(node: Node, tokens: Tokens, *, chosen: bool, near: bool) -> QPen:
    """Return the frame of a box; what nothing brings has a broken one."""
    pen = QPen(QColor(tokens.accent if chosen or near else tokens.control), 3 if chosen else 2 if near else 1)
    if node.loose:
        pen.setStyle(Qt.PenStyle.DashLine)
    return pen


def _parts(node: Node, font: QFont, tokens: Tokens | None = None) -> Iterable[tuple[str, QFont, str]]:
    """Yield the texts of a box, top to bottom, with their type and colour."""
    text, muted, warn = (tokens.text, tokens.muted, tokens.warn) if tokens else ("", "", "")
    yield node.text, _sized(font, BODY), text
    if node.details:
        yield node.details, _sized(font, SMALL), muted
    if node.lacks:
        yield node.lacks, _sized(font, SMALL), warn


def _height(node: Node, width: int, font: QFont) -> int:
    heights = [_text_height(text, type_, width - 2 * S) + XS for text, type_, _ in _parts(node, font)]
    return sum(heights) + 2 * S - XS


def _write_node(painter: QPainter, box: QRect, node: Node, font: QFont, tokens: Tokens) -> None:
    room = box.adjusted(S, S, -S, -S)
    for text, type_, colour in _parts(node, font, tokens):
        _write(painter, room, text, type_, colour)
        room.setTop(room.top() + _text_height(text, type_, room.width()) + XS)


def _write(painter: QPainter, room: QRect, text: str, font: QFont, colour: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(room, _WRAP, text)


def _text_height(text: str, font: QFont, width: int) -> int:
    return QFontMetrics(font).boundingRect(0, 0, width, _HIGH, _WRAP, text).height()


def _sized(base: QFont, size: int, *, bold: bool = False) -> QFont:
    font = QFont(base)
    font.setPixelSize(size)
    font.setBold(bold)
    return font


def _curve(left: QRect, right: QRect) -> QPainterPath:
    """Return the way from a box to one that it brings."""
    start, end = QPointF(left.right() + 1, left.center().y()), QPointF(right.left(), right.center().y())
    bend = QPointF((end.x() - start.x()) / 2, 0)
    path = QPainterPath(start)
    path.cubicTo(start + bend, end - bend, end)
    return path
