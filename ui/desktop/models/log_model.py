"""The log of acts as a table: newest first, put into words when the window reads it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from exports.act_log import LogRow
from ui.desktop.context import Context

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class LogModel(QAbstractTableModel):
    """Holds the rows; only those on the screen are made into cells."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        _ = context.gettext
        self._heads = (_("Time"), _("Who led the group"), _("Act"), _("Taken back"))
        self._all: tuple[LogRow, ...] = ()
        self._rows: Sequence[LogRow] = ()
        self._sought = ""

    @property
    def rows(self) -> Sequence[LogRow]:
        """The rows that are shown, newest first."""
        return self._rows

    @property
    def total(self) -> int:
        """How many acts there are."""
        return len(self._all)

    def show_rows(self, rows: tuple[LogRow, ...]) -> None:
        """Take in the whole log, oldest first."""
        self._all = rows[::-1]
        self._choose()

    def seek(self, words: str) -> None:
        """Show only the acts in which these words stand."""
        self._sought = words.strip().casefold()
        self._choose()

    def _choose(self) -> None:
        sought = self._sought
        self.beginResetModel()
        self._rows = [
            row for row in self._all if sought in row.act.casefold() or sought in row.actor.casefold()
        ]
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """One row an act."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Time, who, act, taken back."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Name the columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation == Qt.Orientation.Vertical:
            return None
        return self._heads[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        row = self._rows[index.row()]
        match index.column():
            case 0:
                return f"{row.at:%d.%m.%Y %H:%M:%S}"
            case 1:
                return row.actor
            case 2:
                return row.act
        return "" if row.undone is None else f"{row.undone:%d.%m.%Y %H:%M:%S}"
