"""A table worked as a spreadsheet: typing replaces, Enter goes down, Tab goes right, Delete clears what is
selected."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QPlainTextEdit,
    QStyledItemDelegate,
    QTableView,
    QWidget,
)

from facilitator.services.commands import AddCards
from ui.desktop.models.pasting import cells_to_text, is_block, text_to_cells
from ui.desktop.models.sheet_model import CELL_ROLE, Cell, SheetModel
from ui.desktop.widgets.frozen_columns import FrozenColumns
from ui.desktop.widgets.sheet_delegate import SheetDelegate

Index = QModelIndex | QPersistentModelIndex
Trigger = QAbstractItemView.EditTrigger
_WITH_OTHERS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class Sheet(QTableView):
    """Shows a :class:`SheetModel`; the first ``frozen`` columns stay in sight."""

    several_asked = Signal(QModelIndex)
    """A cell that holds several cards is to be edited."""
    line_asked = Signal(QModelIndex)
    """Insert was pressed: one more line is wanted here."""
    links_asked = Signal(QModelIndex)
    """F4 was pressed: the links of the card in this cell are wanted."""
    current_moved = Signal(QModelIndex)
    paste_refused = Signal(str)
    """A block of cells was not pasted; carries why, in words."""

    def __init__(self, model: SheetModel, name: str, frozen: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._frozen: FrozenColumns | None = None
        self._starts_empty = False
        self._went: str | None = None
        self.setModel(model)
        self.setAccessibleName(name)
        delegate = SheetDelegate(lambda: self._starts_empty, self)
        delegate.stepped.connect(self._step)
        self.setItemDelegate(delegate)
        self._arrange()
        if frozen:
            self._frozen = FrozenColumns(self, frozen, SheetDelegate(lambda: False, self))
        self.horizontalHeader().sectionResized.connect(lambda *_: self.resizeRowsToContents())
        model.rowsInserted.connect(lambda _, first, last: self._fit(first, last))
        model.dataChanged.connect(self._fit_changed)
        self.selectionModel().currentChanged.connect(lambda now, _: self.current_moved.emit(now))
        self.resizeRowsToContents()

    def go(self, row: int, column: int) -> None:
        """Stand in a cell and bring it into sight."""
        index = self._model.index(row, column)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a cell into sight, clear of the frozen columns."""
        super().scrollTo(index, hint)
        if self._frozen is not None:
            self._frozen.reveal(index)

    def arrive(self, row: int, column: int) -> None:
        """Go on from a cell whose card has just come into being."""
        way, self._went = self._went, None
        if way is None:
            return
        self.go(row, column)
        self._walk(way)

    def edit(self, index: Index, trigger: Trigger, event: QEvent) -> bool:  # type: ignore[override]
        """Begin to edit; a cell of several cards is asked for instead."""
        begins = trigger & (Trigger.AnyKeyPressed | Trigger.EditKeyPressed | Trigger.DoubleClicked)
        cell = index.data(CELL_ROLE) if index.isValid() else None
        if begins and cell is not None and cell.choices is not None and cell.choices.many:
            if self.state() != QAbstractItemView.State.EditingState:
                self.several_asked.emit(self._model.index(index.row(), index.column()))
            return True
        self._starts_empty = trigger == Trigger.AnyKeyPressed
        return super().edit(index, trigger, event)

    def begin_editing(self) -> None:
        """Edit the cell one stands in."""
        self.edit(self.currentIndex(), Trigger.EditKeyPressed, QEvent(QEvent.Type.User))

    def finish(self) -> None:
        """Hand over what is being typed."""
        editor = self.viewport().findChild(QPlainTextEdit)
        if editor is not None and self.state() == QAbstractItemView.State.EditingState:
            self.commitData(editor)
            self.closeEditor(editor, QStyledItemDelegate.EndEditHint.NoHint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a spreadsheet does with the key."""
        index = self.currentIndex()
        key = event.key()
        if index.isValid() and event.matches(QKeySequence.StandardKey.Paste):
            self._paste(index)
        elif index.isValid() and event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif not index.isValid() or event.modifiers() & _WITH_OTHERS:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self.edit(index, Trigger.EditKeyPressed, event):
                self._walk("down")
        elif key in _TABS:
            if not self._walk("right" if key == Qt.Key.Key_Tab else "left"):
                QWidget.focusNextPrevChild(self, key == Qt.Key.Key_Tab)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._model.clear(self.selectedIndexes() or [index])
        elif key == Qt.Key.Key_Insert:
            self.line_asked.emit(index)
        elif key == Qt.Key.Key_F4:
            self.links_asked.emit(index)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Tab within the table while there is a next cell."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().event(event)
        walks = event.key() in _TABS and not event.modifiers() & _WITH_OTHERS
        if not walks or not self.currentIndex().isValid():
            return super().event(event)
        self.keyPressEvent(event)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the frozen columns as tall as the table."""
        super().resizeEvent(event)
        if self._frozen is not None:
            self._frozen.place()

    def _copy(self) -> None:
        """Copy the selected cells, as other tables take them; one cell is copied as plain text."""
        indexes = self.selectedIndexes() or [self.currentIndex()]
        rows = sorted({index.row() for index in indexes})
        columns = sorted({index.column() for index in indexes})
        grid = [[self._model.cell(row, column).copied for column in columns] for row in rows]
        alone = len(indexes) == 1
        QApplication.clipboard().setText(grid[0][0] if alone else cells_to_text(grid))

    def _paste(self, index: Index) -> None:
        """Put what was copied into a cell of text; several lines into an empty one become several cards.

        A block of cells goes into as many cells.
        """
        cell: Cell = index.data(CELL_ROLE)
        text = QApplication.clipboard().text()
        if is_block(text):
            refusal = self._model.paste(index, text_to_cells(text))
            if refusal:
                self.paste_refused.emit(refusal)
            return
        text = text.strip()
        if text and cell.editable and cell.choices is None:
            self._model.setData(index, text)

    def _step(self, way: str) -> None:
        """After typing: wait for a new card and go on from there, stay with a draft, else go on at once."""
        index = self.currentIndex()
        self._went = None
        if isinstance(self._model.take_last(), AddCards):
            self._went = way
        elif self._model.draft(index.row(), index.column()) is None:
            self._walk(way)
        self.setFocus()

    def _walk(self, way: str) -> bool:
        index = self.currentIndex()
        if way == "down":
            self.go(min(index.row() + 1, self._model.rowCount() - 1), index.column())
            return True
        columns = self._model.columnCount()
        place = index.row() * columns + index.column() + (1 if way == "right" else -1)
        self.go(*divmod(place, columns))
        return 0 <= place < columns * self._model.rowCount()

    def _fit_changed(self, first: QModelIndex, last: QModelIndex, roles: list[int]) -> None:
        if not roles or Qt.ItemDataRole.SizeHintRole in roles:
            self._fit(first.row(), last.row())

    def _fit(self, first: int, last: int) -> None:
        for row in range(first, last + 1):
            self.resizeRowToContents(row)

    def _arrange(self) -> None:
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(Trigger.AnyKeyPressed | Trigger.EditKeyPressed | Trigger.DoubleClicked)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        for column, definition in enumerate(self._model.columns):
            self.setColumnWidth(column, definition.width)
        self.setMinimumHeight(160)
