"""The records in which packages differ, side by side."""

from collections.abc import Sequence
from gettext import NullTranslations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
)

from ui.desktop.lead.values import CandidateWords, DifferenceWords
from ui.desktop.theme.tokens import S

Index = QModelIndex | QPersistentModelIndex
MOST_HEIGHT = 420
KIND_WIDTH = 150


class DifferencesTable(QTableWidget):
    """A row for each record, a column for each package. Arrows go from cell to cell, Tab leaves."""

    def __init__(
        self,
        candidates: Sequence[CandidateWords],
        differences: Sequence[DifferenceWords],
        texts: NullTranslations,
    ) -> None:
        super().__init__(len(differences), 1 + len(candidates))
        _ = texts.gettext
        self.setAccessibleName(_("What differs between the packages"))
        self.setHorizontalHeaderLabels([_("What it is"), *(each.title for each in candidates)])
        self.verticalHeader().hide()
        self.setItemDelegate(_RoomyDelegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for row, difference in enumerate(differences):
            for column, words in enumerate((difference.what, *difference.cells)):
                item = QTableWidgetItem(words)
                item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
                self.setItem(row, column, item)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the packages, and take the height that the words then need."""
        super().resizeEvent(event)
        width = self.viewport().width()
        if width == event.oldSize().width():
            return
        packages = self.columnCount() - 1
        self.setColumnWidth(0, KIND_WIDTH)
        for column in range(1, packages + 1):
            self.setColumnWidth(column, (width - KIND_WIDTH) // packages)
        self.resizeRowsToContents()
        rows = sum(self.rowHeight(row) for row in range(self.rowCount()))
        height = rows + self.horizontalHeader().height() + 2 * self.frameWidth()
        self.setFixedHeight(min(height, MOST_HEIGHT))


class _RoomyDelegate(QStyledItemDelegate):
    """Leaves room around the words of a cell."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of the wrapped words with the room around them."""
        option.rect = option.rect.adjusted(0, 0, -2 * S, 0)
        return super().sizeHint(option, index) + QSize(2 * S, 2 * S)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the words within the room, and the ground of the cell one stands on."""
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, option.palette.highlight())
        option.rect = option.rect.adjusted(S, S, -S, -S)
        super().paint(painter, option, index)
