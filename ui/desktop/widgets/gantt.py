"""A picture of when the actions of a plan begin and end."""

from datetime import date, timedelta
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QTableView, QWidget

from ui.desktop.theme.tokens import SMALL, S, Tokens, tokens_of

_ROW, _HEAD, _LABEL, _BAR = 30, 30, 240, 18
_LEAST_YEAR = 44
"""A year narrower than this gets no label of its own."""


class Span(NamedTuple):
    """One action: its number and words, the days it begins and ends, and the dates or their lack in words."""

    number: int
    title: str
    first: date | None
    last: date | None
    words: str


class GanttChart(QWidget):
    """Lanes on an axis of years; one date is a mark, no date is words.

    By itself it names its lanes; beside a table each lane lies along a row of it and follows where it goes.
    """

    row_asked = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spans: tuple[Span, ...] = ()
        self._current = -1
        self._table: QTableView | None = None
        self.setAccessibleName(name)
        self.stand_alone()

    def stand_alone(self) -> None:
        """Name the lanes and put them one under another."""
        self._table = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fit_height()

    def lie_beside(self, table: QTableView) -> None:
        """Lay the lanes along the rows of ``table``, which tells by :meth:`update` when they have moved."""
        self._table = table
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._fit_height()

    def show_spans(self, spans: tuple[Span, ...]) -> None:
        """Show these actions; a screen reader is told the same in words."""
        self._spans = spans
        self.setAccessibleDescription(
            "\n".join(f"{each.number}. {each.title}: {each.words}" for each in spans)
        )
        self._fit_height()

    def set_current(self, row: int) -> None:
        """Set off the lane of the row that is being worked on."""
        self._current = row
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for every lane."""
        if self._table is not None:
            return QSize(_LABEL, _HEAD)
        return QSize(_LABEL * 2, _HEAD + _ROW * len(self._spans) + S)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click leads to the row."""
        place = event.position().toPoint()
        for row in range(len(self._spans)):
            if self.lane(row).contains(place):
                self.row_asked.emit(row)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel moves the table the lanes lie along."""
        if self._table is None:
            event.ignore()
        else:
            QApplication.sendEvent(self._table.verticalScrollBar(), event)

    def lane(self, row: int) -> QRect:
        """Return where the lane of an action is, empty where it is out of sight."""
        if self._table is None:
            return QRect(0, _HEAD + row * _ROW, self.width(), _ROW)
        head = self._table.viewport().y()
        top = head + self._table.rowViewportPosition(row)
        whole = QRect(0, top, self.width(), self._table.rowHeight(row))
        return whole & QRect(0, head, self.width(), self._table.viewport().height())

    def _label(self) -> int:
        """Return the width of the names of the lanes."""
        return S if self._table is not None else min(_LABEL, self.width() * 2 // 5)

    def _fit_height(self) -> None:
        alone = self._table is None
        height = self.sizeHint().height()
        self.setMinimumHeight(height if alone else 0)
        self.setMaximumHeight(height if alone else 16_777_215)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the axis and the lanes."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = tokens_of(self.palette())
        font = self.font()
        font.setPixelSize(SMALL)
        painter.setFont(font)
        painter.fillRect(self.rect(), QColor(tokens.surface))
        label = self._label()
        axis = _Axis(self._spans, label, self.width() - S)
        self._paint_years(painter, axis, tokens)
        for row, span in enumerate(self._spans):
            lane = self.lane(row)
            if not lane.isEmpty():
                painter.setClipRect(lane)
                self._paint_lane(painter, lane, row, span, axis, tokens)
        painter.end()

    def _paint_years(self, painter: QPainter, axis: "_Axis", tokens: Tokens) -> None:
        bottom = self.height()
        last_label = -_LEAST_YEAR
        for year in axis.years():
            left = round(axis.at(date(year, 1, 1)))
            painter.setPen(QPen(QColor(tokens.border), 1))
            painter.drawLine(left, _HEAD - 6, left, bottom)
            if left - last_label >= _LEAST_YEAR:
                painter.setPen(QColor(tokens.muted))
                painter.drawText(
                    QRect(left + 4, 0, 80, _HEAD - 4), int(Qt.AlignmentFlag.AlignVCenter), str(year)
                )
                last_label = left

    def _paint_lane(
        self, painter: QPainter, lane: QRect, row: int, span: Span, axis: "_Axis", tokens: Tokens
    ) -> None:
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        label = self._label()
        if row == self._current:
            painter.fillRect(lane, QColor(tokens.accent_soft))
        if self._table is None:
            name = painter.fontMetrics().elidedText(
                f"{span.number}. {span.title}", Qt.TextElideMode.ElideRight, label - 2 * S
            )
            painter.setPen(QColor(tokens.text))
            painter.drawText(lane.adjusted(S, 0, 0, 0), middle, name)
        else:
            painter.setPen(QPen(QColor(tokens.border), 1))
            painter.drawLine(lane.bottomLeft(), lane.bottomRight())
        days = [day for day in (span.first, span.last) if day is not None]
        if not days:
            painter.setPen(QColor(tokens.warn))
            painter.drawText(lane.adjusted(label + S, 0, 0, 0), middle, span.words)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent if len(days) == 2 else tokens.warn))
        left, right = axis.at(days[0]), axis.at(days[-1] + timedelta(days=1))
        centre = lane.center().y()
        if len(days) == 2:
            bar = QRectF(min(left, right), centre - _BAR / 2, max(4.0, abs(right - left)), _BAR)
            painter.drawRoundedRect(bar, 4, 4)
        else:
            half = _BAR / 2
            corners = (
                (right - half, centre),
                (right, centre - half),
                (right + half, centre),
                (right, centre + half),
            )
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
        self._paint_words(painter, span, QRectF(left, lane.top(), right - left, lane.height()), tokens)

    def _paint_words(self, painter: QPainter, span: Span, bar: QRectF, tokens: Tokens) -> None:
        """Write the dates after the bar, before it or into it, wherever there is room; the table has them."""
        width = painter.fontMetrics().horizontalAdvance(span.words)
        left = bar.right() + 12 if bar.right() + 12 + width < self.width() else bar.left() - 12 - width
        inside = left <= self._label()
        if inside and width + 16 > bar.width():
            return
        painter.setPen(QColor(tokens.on_accent if inside else tokens.muted))
        place = QRectF(bar.left() + 8 if inside else left, bar.top(), width + 4, bar.height())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), span.words)


class _Axis:
    """Whole years from the first to the last day, laid from a left to a right edge in pixels."""

    def __init__(self, spans: tuple[Span, ...], left: int, right: int) -> None:
        self._left = left
        days = [day for span in spans for day in (span.first, span.last) if day is not None]
        self._first = min(days, default=date(2018, 1, 1)).year
        self._last = max(days, default=date(2018, 1, 1)).year + 1
        self._scale = max(0, right - left) / (date(self._last, 1, 1) - date(self._first, 1, 1)).days

    def at(self, day: date) -> float:
        """Return where a day begins, in pixels from the left edge."""
        return self._left + (day - date(self._first, 1, 1)).days * self._scale

    def years(self) -> range:
        """Return the years to draw a line for."""
        return range(self._first, self._last)
