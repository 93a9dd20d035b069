"""A list of rows of different heights that takes one more row at the cost of that row."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QCursor,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

Index = QModelIndex | QPersistentModelIndex
_STEP = 20


class RowList(QListView):
    """Lays its rows out itself, below one another over the whole width, and measures each of them once.

    A ``QListView`` measures all of its rows anew whenever one comes, goes or changes: many frames at 2,000.
    This stays one by name, since screen readers know a list by it, but the whole layout is its own, and what
    of ``QListView`` looks at the layout is passed over in favour of ``QAbstractItemView``.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._placed = False
        self._heights: list[int] = []
        self._tops: list[int] = [0]
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Follow the rows that go; those that come, and others, Qt tells of by itself."""
        super().setModel(model)
        if model is not None:
            model.rowsRemoved.connect(self._forget_rows)

    def reset(self) -> None:
        """Forget the layout; all rows are others now."""
        self._placed = False
        self._heights = []
        self._place_rows()
        super().reset()

    # The layout: a height for each row, and where each begins.

    def doItemsLayout(self) -> None:
        """Measure every row."""
        self._heights = list(self._measured(0, self._count()))
        self._place_rows()
        self._placed = True
        QAbstractItemView.doItemsLayout(self)

    def rowsInserted(self, parent: Index, first: int, last: int) -> None:
        """Measure the rows that have come."""
        if self._placed:
            self._heights[first:first] = self._measured(first, last + 1)
            self._place_rows()
            self._show_from(first)
        QAbstractItemView.rowsInserted(self, parent, first, last)

    def rowsAboutToBeRemoved(self, parent: Index, first: int, last: int) -> None:
        """Let the current row give way, as in any list."""
        QAbstractItemView.rowsAboutToBeRemoved(self, parent, first, last)

    def _forget_rows(self, _parent: Index, first: int, last: int) -> None:
        if self._placed:
            del self._heights[first : last + 1]
            self._place_rows()
            self._show_from(first)

    def dataChanged(self, first: Index, last: Index, roles: object = ()) -> None:
        """Measure the rows that have changed."""
        if self._placed:
            heights = list(self._measured(first.row(), last.row() + 1))
            rows = slice(first.row(), last.row() + 1)
            if self._heights[rows] != heights:
                self._heights[rows] = heights
                self._place_rows()
                self._show_from(first.row())
        QAbstractItemView.dataChanged(self, first, last, [])

    def _show_from(self, row: int) -> None:
        """Show that a row and all below it may stand elsewhere now."""
        self.updateGeometries()
        top = self._tops[row] - self.verticalOffset()
        self.viewport().update(self.viewport().rect().adjusted(0, max(0, top), 0, 0))

    def _count(self) -> int:
        return self.model().rowCount() if self.model() is not None else 0

    def _measured(self, first: int, end: int) -> Iterator[int]:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = self.viewport().rect()
        delegate, model = self.itemDelegate(), self.model()
        for row in range(first, end):
            hidden = self.isRowHidden(row)
            yield 0 if hidden else delegate.sizeHint(option, model.index(row, 0)).height()

    def _place_rows(self) -> None:
        self._tops = [0, *accumulate(self._heights)]

    def _row_at(self, y: int) -> int:
        """Return the row at a height of the whole list, counted from its top."""
        return bisect_right(self._tops, y) - 1

    def visualRect(self, index: Index) -> QRect:
        """Return where a row is in the viewport."""
        if not index.isValid() or index.row() >= len(self._heights):
            return QRect()
        return self._rect_of(index.row(), index.row())

    def _rect_of(self, first: int, last: int) -> QRect:
        top, bottom = self._tops[first], self._tops[last + 1]
        return QRect(0, top - self.verticalOffset(), self.viewport().width(), bottom - top)

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Return the row at a point of the viewport."""
        row = self._row_at(point.y() + self.verticalOffset())
        return self.model().index(row, 0) if 0 <= row < len(self._heights) else QModelIndex()

    def horizontalOffset(self) -> int:
        """Return 0: rows are as wide as the list."""
        return 0

    def verticalOffset(self) -> int:
        """Return how far the list is scrolled."""
        return self.verticalScrollBar().value()

    def updateGeometries(self) -> None:
        """Fit the scroll bar to the rows."""
        page = self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setSingleStep(_STEP)
        bar.setPageStep(page)
        bar.setRange(0, max(0, self._tops[-1] - page))
        QAbstractItemView.updateGeometries(self)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is shown."""
        self.viewport().scroll(dx, dy)

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a row into view; one that is higher than the list, from its top."""
        if not index.isValid():
            return
        self.executeDelayedItemsLayout()
        rect, page = self.visualRect(index), self.viewport().height()
        hints = QAbstractItemView.ScrollHint
        below = rect.bottom() + 1 - page
        if hint == hints.PositionAtTop or (
            hint == hints.EnsureVisible and (rect.top() < 0 or below > rect.top())
        ):
            distance = rect.top()
        elif hint == hints.PositionAtCenter:
            distance = rect.center().y() - page // 2
        else:
            distance = below if hint == hints.PositionAtBottom else max(0, below)
        self.verticalScrollBar().setValue(self.verticalOffset() + distance)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure the rows for another width at once, not after a pause."""
        QAbstractItemView.resizeEvent(self, event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def showEvent(self, event: QShowEvent) -> None:
        """Measure the rows now that they are seen."""
        super().showEvent(event)
        self.scheduleDelayedItemsLayout()

    # What Qt asks of a layout.

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows that are in sight."""
        self.executeDelayedItemsLayout()
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        plain = option.state & ~(QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus)
        chosen, current = self.selectionModel(), self.currentIndex().row() if self.hasFocus() else -1
        under = self._row_under_mouse()
        delegate, model, offset = self.itemDelegate(), self.model(), self.verticalOffset()
        painter = QPainter(self.viewport())
        row = max(0, self._row_at(event.rect().top() + offset))
        end = event.rect().bottom() + offset
        while row < len(self._heights) and self._tops[row] <= end:
            index = model.index(row, 0)
            option.rect = self._rect_of(row, row)
            option.state = plain
            if chosen.isSelected(index):
                option.state |= QStyle.StateFlag.State_Selected
            if row == current:
                option.state |= QStyle.StateFlag.State_HasFocus
            if row == under:
                option.state |= QStyle.StateFlag.State_MouseOver
            delegate.paint(painter, option, index)
            row += 1
        painter.end()

    def _row_under_mouse(self) -> int:
        if not self.viewport().underMouse():
            return -1
        return self.indexAt(self.viewport().mapFromGlobal(QCursor.pos())).row()

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Return the row that a key of the keyboard leads to."""
        rows = len(self._heights)
        if not rows:
            return QModelIndex()
        here, page = self.currentIndex().row(), self.viewport().height()
        keys = QAbstractItemView.CursorAction
        if here < 0:
            row = 0
        elif action in (keys.MoveDown, keys.MoveNext):
            row = self._standing(here + 1, 1)
        elif action in (keys.MoveUp, keys.MovePrevious):
            row = self._standing(here - 1, -1)
        elif action == keys.MovePageDown:
            row = self._standing(max(here + 1, self._row_at(self._tops[here] + page)), -1)
        elif action == keys.MovePageUp:
            row = self._standing(min(here - 1, self._row_at(self._tops[here + 1] - page)), 1)
        elif action == keys.MoveHome:
            row = self._standing(0, 1)
        elif action == keys.MoveEnd:
            row = self._standing(rows - 1, -1)
        else:
            row = here
        return self.model().index(row, 0)

    def _standing(self, row: int, way: int) -> int:
        """Return the first row from ``row`` on that can be gone to, else the current one."""
        row = min(max(row, 0), len(self._heights) - 1)
        while 0 <= row < len(self._heights):
            enabled = self.model().index(row, 0).flags() & Qt.ItemFlag.ItemIsEnabled
            if self._heights[row] and enabled:
                return row
            row += way
        return self.currentIndex().row()

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select the rows that a rectangle of the viewport touches."""
        touched = rect.normalized()
        first = max(0, self._row_at(touched.top() + self.verticalOffset()))
        last = min(len(self._heights) - 1, self._row_at(touched.bottom() + self.verticalOffset()))
        rows = QItemSelection()
        if first <= last:
            rows.select(self.model().index(first, 0), self.model().index(last, 0))
        self.selectionModel().select(rows, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Return where selected rows are in the viewport."""
        region = QRegion()
        for rows in _ranges(selection):
            if rows.isValid() and rows.bottom() < len(self._heights):
                region += self._rect_of(rows.top(), rows.bottom())
        return region

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell screen readers which row the keyboard is on."""
        if current.isValid() and self.hasFocus():
            self._tell(QAccessible.Event.Focus, current)
        QAbstractItemView.currentChanged(self, current, previous)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell screen readers what is selected."""
        events = QAccessible.Event
        for rows, kind in ((selected, events.SelectionAdd), (deselected, events.SelectionRemove)):
            for each in _ranges(rows):
                self._tell(kind, each.topLeft())
        QAbstractItemView.selectionChanged(self, selected, deselected)

    def _tell(self, kind: QAccessible.Event, index: Index) -> None:
        if QAccessible.isActive():
            event = QAccessibleEvent(self, kind)
            event.setChild(index.row())
            QAccessible.updateAccessibility(event)


def _ranges(selection: QItemSelection) -> Iterator[QItemSelectionRange]:
    return (selection.at(place) for place in range(selection.count()))
