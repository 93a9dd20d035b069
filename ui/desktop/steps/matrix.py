"""The page of a matrix step: counterparties, their products and the effects of these in one table."""

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from facilitator.script.model import ScriptStep
from ui.desktop.context import Context
from ui.desktop.models.matrix_model import MatrixModel
from ui.desktop.steps.sheet_page import SheetPage
from ui.desktop.widgets.build import button
from ui.desktop.widgets.sheet import Sheet


class MatrixPage(SheetPage):
    """Typing beside a card adds a card that is linked to it in the same act."""

    def __init__(self, context: Context, step: ScriptStep, parent: QWidget | None = None) -> None:
        self.matrix = MatrixModel(context, step)
        sheet = Sheet(self.matrix, context.say(step.title), frozen=1)
        super().__init__(context, step, self.matrix, sheet, parent)
        self.matrix.setParent(self)
        sheet.line_asked.connect(self.add_line)
        sheet.links_asked.connect(self.change_links)
        _ = context.gettext
        self.buttons.addWidget(
            button(_("Add a line"), lambda: self.add_line(sheet.currentIndex()), tip=_("Insert"))
        )
        self.buttons.addWidget(
            button(_("Change links"), lambda: self.change_links(sheet.currentIndex()), tip=_("F4"))
        )
        self.buttons.addStretch(1)

    def add_line(self, index: QModelIndex) -> None:
        """Make room for one more card beside the one in a cell, and stand there."""
        place = self.matrix.open_line(index.row(), index.column()) if index.isValid() else None
        self.sheet.go(*(place or (self.entry_row(), self.entry_column())))
        self.sheet.setFocus()

    def change_links(self, index: QModelIndex) -> None:
        """Offer the cards that the one in a cell may belong to."""
        found = self.matrix.links_of(index.row(), index.column()) if index.isValid() else None
        if found is not None:
            card, relation, choices = found
            self.ask_links(index, card, choices, (relation,))

    def entry_row(self) -> int:
        """Return the empty row, in which a new card of the first kind is typed."""
        return next(row for row, key in enumerate(self.matrix.rows) if not any(key.cards))

    def entry_column(self) -> int:
        """Return the first column."""
        return 0

    def column_of(self, card: str) -> int:
        """Return the column of the card's kind."""
        return self.matrix.column_of(card)
