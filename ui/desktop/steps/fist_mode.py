"""The fist of five on one of many statements: the list, and the vote about the chosen one beside it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from facilitator.domain.records import Card
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.room.voting import asked_about, unrevealed_round
from facilitator.script.chain import stands
from facilitator.script.model import ScriptStep
from facilitator.services.group_service import Changes
from ui.desktop.context import Context
from ui.desktop.models.card_model import CardModel
from ui.desktop.models.card_words import CardDescriber
from ui.desktop.theme.tokens import M
from ui.desktop.voting.fist_panel import FistPanel
from ui.desktop.widgets.card_list import CardList
from ui.desktop.widgets.scrolled import scrolled


class FistMode(QWidget):
    """Enter on a statement leads to the vote about it."""

    def __init__(self, context: Context, step: ScriptStep, describer: CardDescriber) -> None:
        super().__init__()
        self.setProperty("help", "dots")
        self._session = context.session
        self._step = step.id
        self._kinds = tuple(kind.id for kind in step.card_kinds)
        model = CardModel(context, describer, self._choose, self)
        self.list = _FistList(context.session, model, context.gettext("Statements to agree on"))
        self.list.setSelectionMode(CardList.SelectionMode.SingleSelection)
        self.panel = FistPanel(context, step)
        side = QVBoxLayout()
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(self.panel)
        side.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(M)
        row.addWidget(self.list, 3)
        row.addWidget(scrolled(side, None), 4)
        self.list.card_changed.connect(self._show_card)
        self.list.led_on.connect(self.panel.focus_entry)

    def refresh(self, changes: Changes | None, touched: set[str] | None) -> None:
        """Show what an act has changed."""
        self.list.cards.refresh(touched)
        self._show_card()

    def focus_entry(self) -> None:
        """Put the keyboard on a statement: the one that is voted on, else the first."""
        if not self.list.currentIndex().isValid() and self.list.cards.cards:
            self.list.setCurrentIndex(self.list.cards.index(0))
            self.list.show_card(self._voted_on(self._session.snapshot) or "")
        self.list.setFocus()

    def _voted_on(self, group: GroupSnapshot) -> str | None:
        round_ = unrevealed_round(group, self._step, "fist")
        return asked_about(group, self._session.room, round_) if round_ is not None else None

    def _choose(self, group: GroupSnapshot) -> list[Card]:
        """Return the standing statements, and one that was put off before its vote was revealed."""
        asked = self._voted_on(group)
        cards = group.cards_of(*self._kinds)
        return [card for card in cards if not card.private and (stands(card) or card.id == asked)]

    def _show_card(self) -> None:
        card = self.list.current
        self.panel.show_card(card.id if card is not None else None)


class _FistList(CardList):
    """Enter leads on."""

    led_on = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter leads to the vote; the words are edited by F2."""
        editing = self.state() == CardList.State.EditingState
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not editing:
            self.led_on.emit()
        else:
            super().keyPressEvent(event)
