"""Entering statements: the capture line, the list, and what can be said of the chosen one."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from facilitator.domain.records import Card, FieldValue
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.errors import Fault
from facilitator.script.chain import stands
from facilitator.script.joined import folded, last_speaker_for
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
from ui.desktop.widgets.card_acts import CardActs
from ui.desktop.widgets.card_list import CardList
from ui.desktop.widgets.card_panel import NARROWEST, CardPanel, choice_box
from ui.desktop.widgets.near_cards import NearCards
from ui.desktop.widgets.turn_bar import TurnBar
from ui.desktop.widgets.writing_fields import WritingSwitches
from ui.desktop.widgets.writing_help import help_writing


class EntryMode(QWidget):
    """What is entered is cleared at once, for the next words, and comes back when it is refused."""

    spotlight_asked = Signal(str)
    """Carries the id of the card that the room is to see large."""

    def __init__(self, context: Context, step: ScriptStep, describer: CardDescriber) -> None:
        super().__init__()
        self.setProperty("help", "entry")
        self._context = context
        self._session = context.session
        self._step = step
        self._kinds = tuple(kind.id for kind in step.card_kinds)
        self._back_to_line = False
        self._show_next = False
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
        model = CardModel(context, describer, self._choose, self)
        self.list = CardList(self._session, model, _("Statements"))
        self.panel = CardPanel(context, after=self.list)
        self._empty = label(
            _(
                "Record the first statement: type it in the line above and press Enter.\n"
                "Tab leads to the author, the arrow up edits the last statement."
            ),
            "note",
        )
        self.round = TurnBar(context, step)
        self.round_button = self._make_round_button()
        self._list_or_hint = QStackedWidget()
        self._list_or_hint.addWidget(self.list)
        self._list_or_hint.addWidget(self._empty)
        self.acts = CardActs(context, self.list, self._list_or_hint)
        self.switches = WritingSwitches(context.aids, context.texts, brief=True)
        self.list.editor_opened.connect(partial(help_writing, context=context))
        self.near = NearCards(context, self.line, self._list_or_hint, self._board)
        help_writing(self.line, context)
        self._lay_out()
        self._connect()
        self._show_emptiness()
        self.round_button.setChecked(self.round.running)

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        below.setSpacing(S)
        below.addWidget(self.author)
        below.addWidget(self.kind)
        below.addLayout(self._choices)
        below.addStretch(1)
        below.addWidget(self.switches)
        below.addWidget(self.record)
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
        column.addWidget(self.round)
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
        self.acts.spotlight_asked.connect(self.spotlight_asked)
        self.near.chosen.connect(self.show_card)
        self.round.speaker_changed.connect(self._give_word)
        self.round.closed.connect(lambda: self.round_button.setChecked(False))
        keys = (("F8", self.next_turn), ("Shift+F8", self.round.skip), ("Ctrl+F8", self.round.back))
        large = (("Ctrl+Return", self._show_large), ("Ctrl+Enter", self._show_large))
        for key, act in (*keys, *large):
            QShortcut(QKeySequence(key), self, act)

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
            if cards and self._show_next:
                self._show_next = False
                self.spotlight_asked.emit(cards[-1].id)
        self._show_panel()
        self.panel.refresh()
        self.round.refresh()

    def _board(self) -> dict[str, str]:
        """What stands on the board of this step, by card."""
        cards = self._session.snapshot.cards_of(*self._kinds)
        return {card.id: card.text for card in cards if stands(card)}

    def next_turn(self) -> None:
        """Give the word to the next person; while the bar of the round is away, bring it first."""
        if self.round_button.isChecked():
            self.round.next()
        else:
            self.round_button.setChecked(True)

    def _give_word(self, participant: str) -> None:
        """Who has the word is the author of what is recorded, until the moderator says otherwise."""
        self.author.author = participant or None

    def _make_round_button(self) -> QPushButton:
        _ = self._context.gettext
        tip = _("Everyone has the word in turn")
        made = button(_("Go round"), lambda: None, "quiet", f"{tip} (F8)")
        made.setCheckable(True)
        made.toggled.connect(self.round.setVisible)
        self.round.hide()
        return made

    def _show_large(self) -> None:
        """Show the room one card large: what is typed, once it is recorded, else the chosen or the last."""
        field = QApplication.focusWidget()
        if field is not None and (field is self.list or self.list.isAncestorOf(field)):
            self.list.setFocus()  # a card that is edited is kept first
            card = self.list.current
        elif self.line.lines():
            self._show_next = self._enter()
            return
        else:
            last = ((each.created or "", each.position, each) for each in self.list.cards.cards)
            card = max(last, key=lambda each: each[:2], default=("", 0, None))[2]
        if card is not None:
            self.spotlight_asked.emit(card.id)

    def focus_entry(self) -> None:
        """Put the keyboard into the capture line."""
        self.line.setFocus()

    def show_card(self, card: str) -> None:
        """Select a card, or the one that speaks for it, and put the keyboard on it."""
        speaker = last_speaker_for(self._session.script, self._session.snapshot, card)
        if self.list.show_card(speaker):
            self.list.setFocus()

    def _choose(self, group: GroupSnapshot) -> list[Card]:
        """Return the step's cards; those for which another speaks are told of there."""
        away = folded(self._session.script, group)
        return [card for card in group.cards_of(*self._kinds) if card.id not in away]

    def _make_kind(self) -> QComboBox:
        made = QComboBox()
        made.setMinimumWidth(NARROWEST)
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

    def _enter(self) -> bool:
        """Record what is typed; return whether it could be taken."""
        texts = take_words(self.line, self.author)
        if texts:
            self._add(texts)
        return bool(texts)

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
            self._show_next = False
            self.line.give_back(command.texts)
        self.panel.refresh()

    def _show_panel(self) -> None:
        card = self.list.current
        self.panel.show_card(card.id if card else None)

    def _show_emptiness(self) -> None:
        has_cards = bool(self.list.cards.cards)
        if not self.acts.busy:
            self._list_or_hint.setCurrentIndex(0 if has_cards else 1)
        self.panel.setVisible(has_cards)
