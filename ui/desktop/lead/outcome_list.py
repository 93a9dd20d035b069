"""A list of files and what became of them."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QListView

from ui.desktop.lead.outcome_delegate import ROW_ROLE, OutcomeDelegate
from ui.desktop.lead.values import Row

Index = QModelIndex | QPersistentModelIndex
MOST_HEIGHT = 420
_NOWHERE = QModelIndex()


class OutcomeModel(QAbstractListModel):
    """The rows of one list."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def show_rows(self, rows: Iterable[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row in words, or the row itself."""
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            head = ": ".join(filter(None, (row.name, row.word)))
            return ". ".join(filter(None, (head, row.group, row.reason)))
        return None


class OutcomeList(QListView):
    """As high as its rows up to a limit, then it scrolls. Ctrl+C copies a row in words."""

    taken_off = Signal(int)
    """Carries the number of a row that Del was pressed on."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.outcomes = OutcomeModel(self)
        self.setModel(self.outcomes)
        self.setItemDelegate(OutcomeDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)

    def show_rows(self, rows: Iterable[Row]) -> None:
        """Show other rows."""
        self.outcomes.show_rows(rows)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the words anew, and take the height they need."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del takes a row off the list; what is in the centre stays."""
        if event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
            self.taken_off.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        height = 2 * self.frameWidth()
        for row in range(self.outcomes.rowCount()):
            height += self.sizeHintForRow(row)
            if height >= MOST_HEIGHT:
                break
        self.setFixedHeight(min(height, MOST_HEIGHT))
