"""Near duplicates offered for joining before a vote, so that dots do not scatter: asked for, never forced."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from facilitator.script.chain import stands
from facilitator.script.model import ScriptStep
from facilitator.services.commands import JoinCards
from ui.desktop.context import Context
from ui.desktop.voting.near import Pair, find_pairs
from ui.desktop.widgets.build import button
from ui.desktop.widgets.proposals import Find, Proposals


class NearPairs(QWidget):
    """Of each pair the chosen statement speaks for both; pairs that were kept apart are not offered again."""

    def __init__(self, context: Context, step: ScriptStep) -> None:
        super().__init__()
        _ = context.gettext
        self._context = context
        self._session = context.session
        self._kinds = tuple(kind.id for kind in step.card_kinds)
        self._apart: set[frozenset[str]] = set()
        self.button = button(_("Find near duplicates"), self.ask)
        self.box = Proposals(
            context, _("Nearly the same? The chosen one speaks for both"), _("Join"), _("Keep apart")
        )
        self.left = self.box.left
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.box)
        self.box.hide()
        self.hide()
        self.box.taken.connect(self._join)
        self.box.passed.connect(lambda find: self._apart.add(frozenset(find)))
        self.box.left.connect(self.hide)

    def ask(self) -> None:
        """Look for near duplicates among the standing statements."""
        cards = (card for card in self._session.snapshot.cards_of(*self._kinds) if stands(card))
        find_pairs(self._context, self, cards, self._offer)

    def refresh(self) -> None:
        """Leave out pairs of which one is gone."""
        self.box.refresh()

    def offer_asking(self, can: bool) -> None:
        """Let near duplicates be looked for, or no longer: then what is proposed goes."""
        self.button.setVisible(can)
        if not can and not self.isHidden():
            self.box.leave()

    def _offer(self, pairs: list[Pair]) -> None:
        if self.button.isHidden():
            return  # the vote was opened meanwhile
        cards = self._session.snapshot.cards
        alike = [
            pair
            for pair in pairs
            if frozenset(pair) not in self._apart
            and all(key in cards for key in pair)
            and cards[pair[0]].kind == cards[pair[1]].kind
        ]
        self.show()
        self.box.offer(alike)

    def _join(self, find: Find, into: str) -> None:
        self._session.perform(JoinCards(into, find))
        self.box.drop(set(find) - {into})
