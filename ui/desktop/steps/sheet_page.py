"""What the pages that are worked as a spreadsheet share: the table, the words about the current row."""

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from facilitator.domain.records import Card
from facilitator.script.model import ScriptStep
from facilitator.services.commands import SetLinks
from facilitator.services.group_service import Changes
from ui.desktop.context import Context
from ui.desktop.models.card_words import first_words
from ui.desktop.models.sheet_model import Choices, SheetModel
from ui.desktop.steps.page import StepPage
from ui.desktop.theme.tokens import S
from ui.desktop.widgets.build import label
from ui.desktop.widgets.checklist import Checklist, Offer
from ui.desktop.widgets.sheet import Sheet


class SheetPage(StepPage):
    """A row of buttons for what has no cell, the sheet, and under it what the row lacks."""

    def __init__(
        self,
        context: Context,
        step: ScriptStep,
        model: SheetModel,
        sheet: Sheet,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, step, parent)
        self.model = model
        self._entered = False
        self.sheet = sheet
        self.status = label("", "note")
        self.status.setMinimumHeight(self.status.fontMetrics().height() * 2)
        self._head = QHBoxLayout()
        self._head.setSpacing(S)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(S)
        self.body = QHBoxLayout()
        self.body.setSpacing(0)
        self.body.addWidget(sheet, 3)
        self.column.addLayout(self._head)
        self.column.addLayout(self.body, 1)
        self.column.addWidget(self.status)
        sheet.current_moved.connect(lambda _: self.tell())
        sheet.paste_refused.connect(self.status.setText)
        model.dataChanged.connect(lambda *_: self.tell())

    def add_to_head(self, part: QWidget | None) -> None:
        """Put a button above the sheet, after those there; ``None`` leaves the rest of the row free."""
        if part is None:
            self._head.addStretch(1)
        else:
            self._head.addWidget(part)
            QWidget.setTabOrder(part, self.sheet)

    def refresh(self, changes: Changes) -> None:
        """Follow the group after an act, and go on from a card that was typed into the sheet."""
        self.model.refresh(changes)
        fresh = [edit.after for edit in changes.edits if edit.before is None and isinstance(edit.after, Card)]
        if fresh and changes.direction == "done":
            row = self.model.row_of(fresh[-1].id)
            if row is not None:
                self.sheet.arrive(row, self.sheet.currentIndex().column())
        self.tell()

    def focus_entry(self) -> None:
        """Put the cursor where one goes on typing."""
        if not self._entered:
            self._entered = True
            self.sheet.go(self.entry_row(), self.entry_column())
        self.sheet.setFocus()

    def show_card(self, card: str) -> None:
        """Go to a card."""
        row = self.model.row_of(card)
        if row is not None:
            self.sheet.go(row, self.column_of(card))
            self.sheet.setFocus()

    def leave(self) -> None:
        """Hand over what is being typed before the page goes out of sight."""
        self.sheet.finish()

    def entry_row(self) -> int:
        """Return the row to begin in."""
        raise NotImplementedError

    def entry_column(self) -> int:
        """Return the column to begin in."""
        raise NotImplementedError

    def column_of(self, card: str) -> int:
        """Return the column in which a card's text stands."""
        raise NotImplementedError

    def ask_links(
        self,
        index: QModelIndex,
        card: Card,
        choices: Choices,
        relations: tuple[str, ...],
        offer: Offer | None = None,
    ) -> None:
        """Offer the cards that relations of a card may lead to; each relation takes those of its kinds."""

        def set_links(chosen: tuple[str, ...]) -> None:
            for relation in relations:
                targets = self.context.session.script.relation(relation).targets
                fitting = tuple(key for key in chosen if group.cards[key].kind in targets)
                if set(fitting) != {link.target for link in group.links_from(card.id, relation)}:
                    self.context.session.perform(SetLinks(card.id, relation, fitting))
            self.sheet.setFocus()

        group = self.context.session.snapshot
        title = self.model.columns[index.column()].title
        checklist = Checklist(self.context, title, choices, set_links, self, offer)
        corner = self.sheet.visualRect(index).bottomLeft()
        checklist.open_at(self.sheet.viewport().mapToGlobal(corner))

    def tell(self) -> None:
        """Say how to mend what was typed, or what the cards of the row lack, or what the column takes."""
        index = self.sheet.currentIndex()
        self.status.setText(self.words_about(index.row(), index.column()) if index.isValid() else "")

    def words_about(self, row: int, column: int) -> str:
        """Return how to mend a draft, or what the cards of a row lack, or what a column takes."""
        if self.model.draft(row, column) is not None:
            return self.words_about_draft(column)
        lacks = []
        for card in dict.fromkeys(self.model.cards_in(self.model.rows[row])):
            words = "; ".join(self.model.missing(card).values())
            if words:
                lacks.append(f"{first_words(self.context.session.snapshot.cards[card].text)}: {words}.")
        return " ".join(lacks) or self.model.columns[column].hint

    def words_about_draft(self, column: int) -> str:
        """Return how to mend what was typed into a column and could not be taken."""
        hint = self.model.columns[column].hint
        text = self.context.gettext(
            "What you typed is not recorded yet. Press Enter to mend it, Delete to drop it."
        )
        return f"{text} {hint}".strip()
