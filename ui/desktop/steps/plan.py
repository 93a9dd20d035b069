"""The page of a plan step: the roadmap as a table, and as a picture of its dates."""

from datetime import date

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QScrollArea, QWidget

from facilitator.domain.records import Card
from facilitator.errors import Fault
from facilitator.script.model import ScriptStep
from facilitator.services.commands import AddCards, SetLinks
from facilitator.services.group_service import Changes
from ui.desktop.context import Context
from ui.desktop.models.card_words import first_words
from ui.desktop.models.plan_dates import first_day, last_day, show_date
from ui.desktop.models.plan_model import OWN_COLUMN, TEXT, PlanModel
from ui.desktop.models.sheet_model import CELL_ROLE
from ui.desktop.steps.sheet_page import SheetPage
from ui.desktop.widgets.build import button
from ui.desktop.widgets.checklist import Offer
from ui.desktop.widgets.gantt import GanttChart, Span
from ui.desktop.widgets.sheet import Sheet

_MOST_OF_THE_CHART = 260
"""How tall the picture gets, in pixels, before it is scrolled."""


class PlanPage(SheetPage):
    """Each action is a row; what is missing stands in its cell, in words."""

    def __init__(self, context: Context, step: ScriptStep, parent: QWidget | None = None) -> None:
        self.plan = PlanModel(context, step)
        sheet = Sheet(self.plan, context.say(step.title), frozen=TEXT + 1)
        super().__init__(context, step, self.plan, sheet, parent)
        self.plan.setParent(self)
        self._awaited: tuple[AddCards, str, tuple[str, ...]] | None = None
        context.session.refused.connect(self._forget)
        _ = context.gettext
        self.chart = GanttChart(_("Dates of the actions"))
        self._chart_area = QScrollArea()
        self._chart_area.setWidgetResizable(True)
        self._chart_area.setWidget(self.chart)
        self._chart_area.setAccessibleName(self.chart.accessibleName())
        self._chart_area.hide()
        self.column.addWidget(self._chart_area)
        self.toggle = button(_("Show the dates as a picture"), self._toggle_chart)
        self.buttons.addWidget(self.toggle)
        self.buttons.addStretch(1)
        self.chart.row_asked.connect(lambda row: sheet.go(row, TEXT))
        sheet.several_asked.connect(self._choose)
        sheet.links_asked.connect(self._choose)
        sheet.line_asked.connect(lambda _index: sheet.go(self.entry_row(), TEXT))
        sheet.current_moved.connect(lambda index: self.chart.set_current(index.row()))

    def refresh(self, changes: Changes) -> None:
        """Follow the group after an act."""
        super().refresh(changes)
        self._link_made(changes)
        self._draw()

    def entry_row(self) -> int:
        """Return the empty last row."""
        return self.plan.rowCount() - 1

    def entry_column(self) -> int:
        """Return the column of the action's words."""
        return TEXT

    def column_of(self, card: str) -> int:
        """Return the column of the action's words."""
        return TEXT

    def words_about_draft(self, column: int) -> str:
        """Say how a date is written, or that the text waits."""
        if self.plan.is_date(column):
            return self.context.gettext("This is not a date. Write 2020, 12.2020 or 31.12.2020.")
        return super().words_about_draft(column)

    def _choose(self, index: QModelIndex) -> None:
        card = self.plan.action(index.row()) if index.isValid() else None
        relations = self.plan.relations_in(index.column()) if card else ()
        choices = index.data(CELL_ROLE).choices if relations else None
        if card is not None and choices is not None:
            offer = self._offer(card.id) if relations == (OWN_COLUMN,) else None
            self.ask_links(index, card, choices, relations, offer)

    def _offer(self, action: str) -> Offer:
        _ = self.context.gettext

        def make(name: str, chosen: tuple[str, ...]) -> None:
            (kind,) = self.context.session.script.relation(OWN_COLUMN).targets
            command = AddCards(kind, (name,))
            self._awaited = (command, action, chosen)
            self.context.session.perform(command)
            self.sheet.setFocus()

        return Offer(_("There is no such counterparty."), _("Make it and link it"), make)

    def _link_made(self, changes: Changes) -> None:
        """Link the counterparty that was made for an action, now that it has an id."""
        if self._awaited is None:
            return
        command, action, chosen = self._awaited
        come = [edit.after for edit in changes.edits if edit.before is None]
        made = next((each for each in come if isinstance(each, Card) and each.kind == command.kind), None)
        if made is not None and action in self.context.session.snapshot.cards:
            self._awaited = None
            self.context.session.perform(SetLinks(action, OWN_COLUMN, (*chosen, made.id)))

    def _forget(self, _fault: Fault, refused: object) -> None:
        if self._awaited is not None and self._awaited[0] is refused:
            self._awaited = None

    def _toggle_chart(self) -> None:
        shown = not self._chart_area.isVisibleTo(self)
        self._chart_area.setVisible(shown)
        _ = self.context.gettext
        words = _("Hide the picture of the dates") if shown else _("Show the dates as a picture")
        self.toggle.setText(words)
        self.toggle.setAccessibleName(words)
        self._draw()

    def _draw(self) -> None:
        """Paint the dates anew while the picture is open."""
        if self._chart_area.isVisibleTo(self):
            cards = self.context.session.snapshot.cards_of(self.plan.kind.id)
            self.chart.show_spans(tuple(self._span(number, card) for number, card in enumerate(cards, 1)))
            self._chart_area.setFixedHeight(min(self.chart.height() + 2, _MOST_OF_THE_CHART))

    def _span(self, number: int, card: Card) -> Span:
        start, end = str(card.fields.get("start", "")), str(card.fields.get("end", ""))
        first: date | None = first_day(start) if start else None
        last: date | None = last_day(end) if end else None
        dates = " – ".join(show_date(each, self.context.language) for each in (start, end) if each)
        words = dates or self.context.gettext("no dates yet")
        return Span(number, first_words(card.text), first, last, words)
