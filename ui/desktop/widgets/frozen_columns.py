"""The first columns of a wide table, kept in sight while the rest is scrolled sideways."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView


class FrozenColumns(QObject):
    """A copy of the first columns over the table's left edge, there only while they would be out of sight.

    It takes no focus: a click in it goes to the cell of the table, which scrolls back into sight.
    """

    def __init__(self, table: QTableView, count: int) -> None:
        super().__init__(table)
        self._table = table
        self._count = count
        self._view = _make_view(table, count)
        table.horizontalHeader().sectionResized.connect(self._resize_column)
        table.verticalHeader().sectionResized.connect(lambda row, _, tall: self._view.setRowHeight(row, tall))
        table.verticalScrollBar().valueChanged.connect(self._view.verticalScrollBar().setValue)
        table.horizontalScrollBar().valueChanged.connect(self._follow)
        self._view.clicked.connect(table.setCurrentIndex)

    def place(self) -> None:
        """Lie over the left edge of the table's header and rows."""
        table = self._table
        width = sum(table.columnWidth(column) for column in range(self._count))
        frame = table.frameWidth()
        height = table.viewport().height() + table.horizontalHeader().height()
        self._view.setGeometry(frame, frame, width, height)

    def _resize_column(self, column: int, _before: int, width: int) -> None:
        if column < self._count:
            self._view.setColumnWidth(column, width)
            self.place()

    def _follow(self, offset: int) -> None:
        room = self._table.viewport().width()
        width = sum(self._table.columnWidth(column) for column in range(self._count))
        self._view.setVisible(offset > 0 and width < room / 2)
        self._view.verticalScrollBar().setValue(self._table.verticalScrollBar().value())
        self.place()


def _make_view(table: QTableView, count: int) -> QTableView:
    view = QTableView(table)
    view.setModel(table.model())
    view.setSelectionModel(table.selectionModel())
    view.setItemDelegate(table.itemDelegate())
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
