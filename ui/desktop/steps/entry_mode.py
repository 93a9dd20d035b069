"""Entering statements: the capture line, the list, and what can be said of the chosen one."""

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from facilitator.domain.records import Card, FieldValue
from facilitator.errors import Fault
from facilitator.script.model import ScriptStep
from facilitator.services.commands import AddCards
from facilitator.services.group_service import Changes
from ui.desktop.context import Context
from ui.desktop.models.card_model import CardModel
from ui.desktop.models.card_words import CardDescriber
from ui.desktop.theme.tokens import M, S
from ui.desktop.widgets.author_box import AuthorBox, doubt_label, take_words
from ui.desktop.widgets.build import button, label
from ui.desktop.widgets.capture_line import CaptureLine
from ui.desktop.widgets.card_list import CardList
from ui.desktop.widgets.card_panel import CardPanel, choice_box


class EntryMode(QWidget):
    """What is entered is cleared at once, for the next words, and comes back when it is refused."""

    def __init__(self, context: Context, step: ScriptStep, describer: CardDescriber) -> None:
        super().__init__()
        self._context = context
        self._session = context.session
        self._step = step
        self._kinds = tuple(kind.id for kind in step.card_kinds)
        self._back_to_line = False
        _ = context.gettext
        self.line = CaptureLine(
            _("Statement"), _("Type what is said; Enter records. Several pasted lines become several cards.")
        )
        self.author = AuthorBox(context)
        self.doubt = doubt_label(context, self.author)
        self.kind = self._make_kind()
        self._boxes: dict[str, QComboBox] = {}
        self._choices = QHBoxLayout()
        self._choices.setSpacing(S)
        self._show_choices()
        self.record = button(_("Record"), self._enter, "primary")
        model = CardModel(context, describer, lambda group: group.cards_of(*self._kinds), self)
        self.list = CardList(self._session, model, _("Statements"))
        self.panel = CardPanel(context)
        self._empty = label(
            _(
                "Record the first statement: type it in the line above and press Enter.\n"
                "Tab leads to the author, the arrow up edits the last statement."
            ),
            "note",
        )
        self._lay_out()
        self._connect()
        self._show_emptiness()

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        below.setSpacing(S)
        below.addWidget(self.author)
        below.addWidget(self.kind)
        below.addLayout(self._choices)
        below.addStretch(1)
        below.addWidget(self.record)
        self._list_or_hint = QStackedWidget()
        self._list_or_hint.addWidget(self.list)
        self._list_or_hint.addWidget(self._empty)
        sides = QHBoxLayout()
        sides.setSpacing(M)
        sides.addWidget(self._list_or_hint, 5)
        sides.addWidget(self.panel, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        column.addWidget(self.line)
        column.addLayout(below)
        column.addWidget(self.doubt)
        column.addLayout(sides, 1)

    def _connect(self) -> None:
        self.line.entered.connect(self._enter)
        self.line.pasted.connect(self._add)
        self.line.edit_last_asked.connect(self._edit_last)
        self.author.entered.connect(self._enter)
        self.list.card_changed.connect(self._show_panel)
        self.list.edit_closed.connect(self._return)
        self._session.refused.connect(self._take_back)
        self.kind.currentIndexChanged.connect(self._show_choices)

    def refresh(self, changes: Changes | None, touched: set[str] | None) -> None:
        """Show what an act has changed; a card just recorded, or come back, is brought into view."""
        self.list.cards.refresh(touched)
        self.author.refresh()
        self._show_emptiness()
        if changes is not None:
            come = [edit.after for edit in changes.edits if edit.before is None]
            cards = [card for card in come if isinstance(card, Card) and card.kind in self._kinds]
            if cards:
                self.list.show_card(cards[-1].id)
        self._show_panel()
        self.panel.refresh()

    def focus_entry(self) -> None:
        """Put the keyboard into the capture line."""
        self.line.setFocus()

    def show_card(self, card: str) -> None:
        """Select a card and put the keyboard on it."""
        if self.list.show_card(card):
            self.list.setFocus()

    def _make_kind(self) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(self._context.gettext("Kind of statement"))
        for kind in self._step.card_kinds:
            made.addItem(self._context.say(kind.title), kind.id)
        if made.count() == 1:
            made.hide()
        return made

    def _show_choices(self) -> None:
        """Offer the choice fields of the kind that is to be recorded."""
        for box in self._boxes.values():
            box.deleteLater()
        kind = self._session.script.card_kind(self.kind.currentData())
        self._boxes = {
            field.id: choice_box(self._context, field) for field in kind.fields if field.type == "choice"
        }
        for box in self._boxes.values():
            self._choices.addWidget(box)

    def _enter(self) -> None:
        if texts := take_words(self.line, self.author):
            self._add(texts)

    def _add(self, texts: tuple[str, ...]) -> None:
        fields: dict[str, FieldValue] = {
            name: box.currentData() for name, box in self._boxes.items() if box.currentData()
        }
        command = AddCards(self.kind.currentData(), texts, author=self.author.author, fields=fields)
        self._session.perform(command)

    def _edit_last(self) -> None:
        cards = self.list.cards.cards
        if cards:
            self._back_to_line = True
            self.list.edit_card(cards[-1].id)

    def _return(self) -> None:
        """After an edit that was begun in the capture line, go back to it."""
        if self._back_to_line:
            self._back_to_line = False
            self.line.setFocus()

    def _take_back(self, _fault: Fault, command: object) -> None:
        """Give back words that could not be kept to where they were typed."""
        if isinstance(command, AddCards) and command.kind in self._kinds:
            self.line.give_back(command.texts)
        self.panel.refresh()

    def _show_panel(self) -> None:
        card = self.list.current
        self.panel.show_card(card.id if card else None)

    def _show_emptiness(self) -> None:
        has_cards = bool(self.list.cards.cards)
        self._list_or_hint.setCurrentIndex(0 if has_cards else 1)
        self.panel.setVisible(has_cards)
