"""The first columns of a wide table, kept in sight while the rest is scrolled sideways."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QTableView


class FrozenColumns(QObject):
    """A copy of the first columns over the table's left edge, there only while they would be out of sight.

    It takes no focus: a click in it goes to the cell of the table, which scrolls back into sight.
    """

    def __init__(self, table: QTableView, count: int, delegate: QAbstractItemDelegate) -> None:
        """``delegate`` paints as the table's own does and is another one, for each has its own editors."""
        super().__init__(table)
        self._table = table
        self._count = count
        self._view = _make_view(table, count)
        self._view.setItemDelegate(delegate)
        table.horizontalHeader().sectionResized.connect(self._resize_column)
        table.verticalHeader().sectionResized.connect(lambda row, _, tall: self._view.setRowHeight(row, tall))
        table.verticalScrollBar().valueChanged.connect(self._view.verticalScrollBar().setValue)
        table.horizontalScrollBar().valueChanged.connect(self._follow)
        self._view.clicked.connect(table.setCurrentIndex)

    def reveal(self, index: QModelIndex | QPersistentModelIndex) -> None:
        """Scroll the table so that a cell in sight does not lie under these columns, nor is one of them."""
        bar = self._table.horizontalScrollBar()
        if index.column() < self._count:
            bar.setValue(0)
            return
        hidden = self._width() - self._table.visualRect(index).left()
        if hidden > 0 and self._fits():
            bar.setValue(bar.value() - hidden)

    def place(self) -> None:
        """Lie over the left edge of the table's header and rows."""
        table = self._table
        frame = table.frameWidth()
        height = table.viewport().height() + table.horizontalHeader().height()
        self._view.setGeometry(frame, frame, self._width(), height)

    def _width(self) -> int:
        return sum(self._table.columnWidth(column) for column in range(self._count))

    def _fits(self) -> bool:
        """Whether there is room for more than these columns."""
        return self._width() < self._table.viewport().width() / 2

    def _resize_column(self, column: int, _before: int, width: int) -> None:
        if column < self._count:
            self._view.setColumnWidth(column, width)
            self.place()

    def _follow(self, offset: int) -> None:
        self._view.setVisible(offset > 0 and self._fits())
        self._view.verticalScrollBar().setValue(self._table.verticalScrollBar().value())
        self.place()


def _make_view(table: QTableView, count: int) -> QTableView:
    view = QTableView(table)
    view.setModel(table.model())
    view.setSelectionModel(table.selectionModel())
    view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setProperty("role", "frozen")
    view.setStyleSheet("QTableView { border-radius: 0; border: none; }")
    view.setShowGrid(False)
    view.setWordWrap(True)
    view.verticalHeader().hide()
    view.horizontalHeader().setHighlightSections(False)
    view.horizontalHeader().setFixedHeight(table.horizontalHeader().sizeHint().height())
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    for column in range(view.model().columnCount()):
        view.setColumnHidden(column, column >= count)
        view.setColumnWidth(column, table.columnWidth(column))
    view.hide()
    return view
