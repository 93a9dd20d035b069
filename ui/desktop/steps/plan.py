"""The page of a plan step: the roadmap as a table, and as a picture of its dates."""

from datetime import date
from functools import partial

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QScrollArea, QTabBar, QWidget

from facilitator.domain.records import Card
from facilitator.errors import Fault
from facilitator.script.model import ScriptStep
from facilitator.services.commands import AddCards, SetLinks
from facilitator.services.group_service import Changes
from ui.desktop.context import Context
from ui.desktop.models.card_words import CardDescriber, first_words, touched_cards
from ui.desktop.models.plan_dates import first_day, last_day, show_date
from ui.desktop.models.plan_model import OWN_COLUMN, TEXT, PlanModel
from ui.desktop.models.sheet_model import CELL_ROLE
from ui.desktop.models.vote_words import frozen_words
from ui.desktop.steps.sheet_page import SheetPage
from ui.desktop.steps.vote_mode import VOTE_METHODS, VoteMode
from ui.desktop.widgets.build import button
from ui.desktop.widgets.checklist import Checklist, Offer
from ui.desktop.widgets.gantt import GanttChart, Span
from ui.desktop.widgets.sheet import Sheet

_MOST_OF_THE_CHART = 260
"""How tall the picture gets below the table, in pixels, before it is scrolled."""
_WIDE = 700
"""From this width on, in pixels, the picture lies beside the table."""


class PlanPage(SheetPage):
    """Each action is a row; what is missing stands in its cell, in words."""

    def __init__(self, context: Context, step: ScriptStep, parent: QWidget | None = None) -> None:
        self.plan = PlanModel(context, step)
        sheet = Sheet(self.plan, context.say(step.title), frozen=TEXT + 1)
        super().__init__(context, step, self.plan, sheet, parent)
        self.setProperty("help", "roadmap")
        self.plan.setParent(self)
        self._taken: AddCards | None = None
        self._chart_shown = False
        context.session.refused.connect(self._forget)
        _ = context.gettext
        self.chart = GanttChart(_("Dates of the actions"))
        self._chart_area = QScrollArea()
        self._chart_area.setWidgetResizable(True)
        self._chart_area.setWidget(self.chart)
        self._chart_area.setAccessibleName(self.chart.accessibleName())
        self._chart_area.hide()
        self.column.addWidget(self._chart_area)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("Ways to work with the actions"))
        self.tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._describer = CardDescriber(context)
        self.vote = VoteMode(context, step, self._describer)
        self.vote.hide()
        self.body.addWidget(self.vote, 3)
        self.add_to_head(self.tabs)
        self.take_button = button(_("Take from the results"), self.take_result, tip="F3")
        self.add_to_head(self.take_button)
        self.toggle = button(_("Show the dates as a picture"), self._toggle_chart)
        self.add_to_head(self.toggle)
        self.add_to_head(None)
        for number, title in enumerate((_("Table"), _("Vote"))):
            self.tabs.addTab(title)
            self.tabs.setTabToolTip(number, f"Ctrl+{number + 1}")
            way = QShortcut(QKeySequence(f"Ctrl+{number + 1}"), self, partial(self.work_by, number))
            way.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.tabs.currentChanged.connect(self._show_way)
        keys = QShortcut(QKeySequence("F3"), self, self.take_result)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        for moved in (sheet.verticalScrollBar().valueChanged, sheet.verticalHeader().sectionResized):
            moved.connect(lambda *_args: self.chart.update())
        self.chart.row_asked.connect(lambda row: sheet.go(row, TEXT))
        sheet.several_asked.connect(self._choose)
        sheet.links_asked.connect(self._choose)
        sheet.line_asked.connect(lambda _index: sheet.go(self.entry_row(), TEXT))
        sheet.current_moved.connect(lambda index: self.chart.set_current(index.row()))

    def refresh(self, changes: Changes) -> None:
        """Follow the group after an act."""
        super().refresh(changes)
        self._edit_taken(changes)
        self._draw()
        if self.votes:
            self._describer.refresh()
            self.vote.refresh(changes, touched_cards(changes, self.context.session.snapshot))

    @property
    def votes(self) -> bool:
        """Whether the vote on the actions is shown, and not their table."""
        return self.tabs.currentIndex() == 1

    def work_by(self, number: int) -> None:
        """Go to the table or to the vote, with the keyboard."""
        self.tabs.setCurrentIndex(number)
        self.focus_entry()

    def begin_method(self, method: str) -> None:
        """Bring the vote."""
        if method in VOTE_METHODS:
            self.vote.begin(method)
            self.work_by(1)

    def focus_entry(self) -> None:
        """Put the keyboard into the table, or on what is voted on."""
        if self.votes:
            self.vote.focus_entry()
        else:
            super().focus_entry()

    def show_card(self, card: str) -> None:
        """Go to an action in the table."""
        self.tabs.setCurrentIndex(0)
        super().show_card(card)

    def _show_way(self) -> None:
        self.sheet.finish()
        for part in (self.sheet, self.status, self.take_button, self.toggle):
            part.setHidden(self.votes)
        self._place_chart()
        self.vote.setVisible(self.votes)
        if self.votes:
            self._describer.refresh()
            self.vote.refresh(None, None)
        if not self.tabs.hasFocus():
            self.focus_entry()

    def entry_row(self) -> int:
        """Return the empty last row."""
        return self.plan.rowCount() - 1

    def entry_column(self) -> int:
        """Return the column of the action's words."""
        return TEXT

    def column_of(self, card: str) -> int:
        """Return the column of the action's words."""
        return TEXT

    def words_about(self, row: int, column: int) -> str:
        """Say what the row lacks, or why its words cannot be changed just now."""
        frozen = column == TEXT and not self.plan.cell(row, column).editable
        return frozen_words(self.context) if frozen else super().words_about(row, column)

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
            self.context.session.perform(SetLinks(action, OWN_COLUMN, chosen, made=(name,)))
            self.sheet.setFocus()

        return Offer(_("There is no such counterparty."), _("Make it and link it"), make)

    def take_result(self) -> None:
        """Offer the products and the barriers that no action sees to yet, to make an action of one."""
        _ = self.context.gettext
        if self.votes:
            self.work_by(0)
        self.sheet.finish()
        left = self.plan.results_left()
        if not left.options:
            self.status.setText(_("Every product and every barrier has its action."))
            return
        checklist = Checklist(
            self.context, _("Take from the results"), left, self._take, self, verb=_("Make an action of it")
        )
        checklist.open_at(self.take_button.mapToGlobal(self.take_button.rect().topLeft()))

    def _take(self, chosen: tuple[str, ...]) -> None:
        self._taken = self.plan.taking(chosen[0])
        self.context.session.perform(self._taken)
        self.sheet.setFocus()

    def _edit_taken(self, changes: Changes) -> None:
        """Let the proposed wording of the action that was just made be edited at once."""
        if self._taken is None:
            return
        come = (edit.after for edit in changes.edits if edit.before is None)
        made = next(
            (card for card in come if isinstance(card, Card) and card.kind == self.plan.kind.id), None
        )
        if made is not None and made.text == self._taken.texts[0].strip():
            self._taken = None
            self.show_card(made.id)
            self.sheet.begin_editing()

    def _forget(self, _fault: Fault, refused: object) -> None:
        if self._taken is refused:
            self._taken = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the picture beside the table where there is room."""
        super().resizeEvent(event)
        self._place_chart()

    def _toggle_chart(self) -> None:
        self._chart_shown = not self._chart_shown
        _ = self.context.gettext
        words = _("Hide the picture of the dates") if self._chart_shown else _("Show the dates as a picture")
        self.toggle.setText(words)
        self.toggle.setAccessibleName(words)
        self._place_chart()

    def _place_chart(self) -> None:
        """Put the picture beside the table, each lane along its row, or with little room below it."""
        wide = self.width() >= _WIDE
        if wide and self._chart_area.widget() is self.chart:
            self._chart_area.takeWidget()
            self.body.addWidget(self.chart, 2)
            self.chart.lie_beside(self.sheet)
        elif not wide and self._chart_area.widget() is None:
            self.body.removeWidget(self.chart)
            self.chart.stand_alone()
            self._chart_area.setWidget(self.chart)
        shown = self._chart_shown and not self.votes
        self.chart.setVisible(shown)
        self._chart_area.setVisible(shown and not wide)
        self._draw()

    def _draw(self) -> None:
        """Paint the dates anew while the picture is open."""
        if self._chart_shown:
            cards = self.context.session.snapshot.cards_of(self.plan.kind.id)
            self.chart.show_spans(tuple(self._span(number, card) for number, card in enumerate(cards, 1)))
            self._chart_area.setFixedHeight(min(self.chart.sizeHint().height() + 2, _MOST_OF_THE_CHART))

    def _span(self, number: int, card: Card) -> Span:
        start, end = str(card.fields.get("start", "")), str(card.fields.get("end", ""))
        first: date | None = first_day(start) if start else None
        last: date | None = last_day(end) if end else None
        dates = " – ".join(show_date(each, self.context.language) for each in (start, end) if each)
        words = dates or self.context.gettext("no dates yet")
        return Span(number, first_words(card.text), first, last, words)
