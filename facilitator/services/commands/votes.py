"""The command that gives dots by hand, as counted on the wall."""

from dataclasses import dataclass

import msgspec

from facilitator.domain.edits import Edit, added, removed
from facilitator.domain.records import Card, Round, Vote
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.errors import UserFault
from facilitator.services.commands.command import Deed, Desk, changes, present, shortened

MOST_DOTS = 10_000


@dataclass(frozen=True)
class GiveDots:
    """Set how many dots were counted on a card; the step's round is made when there is none."""

    card: str
    dots: int

    def carry_out(self, group: GroupSnapshot, desk: Desk) -> Deed:
        """Raises ``UserFault`` ``record-missing``, ``dots-out-of-range``."""
        card = present(Card, self.card, group)
        if not 0 <= self.dots <= MOST_DOTS:
            raise UserFault("dots-out-of-range", field="value", most=MOST_DOTS)
        step = desk.script.step_of_kind(card.kind).id
        counted = _counted_round(group, step)
        round_ = counted or Round(
            id=desk.new_id(), group=group.group.id, step=step, method="dots", state="revealed"
        )
        edits = () if counted else added([round_])
        return Deed("dots-given", shortened(card.text), edits + self._vote(group, round_, desk))

    def _vote(self, group: GroupSnapshot, round_: Round, desk: Desk) -> tuple[Edit, ...]:
        for vote in group.votes.values():
            if vote.round == round_.id and vote.card == self.card and vote.participant is None:
                if self.dots == 0:
                    return removed([vote])
                return changes([Edit(vote, msgspec.structs.replace(vote, value=self.dots))])
        if self.dots == 0:
            return ()
        return added([Vote(id=desk.new_id(), round=round_.id, card=self.card, value=self.dots)])


def _counted_round(group: GroupSnapshot, step: str) -> Round | None:
    rounds = (each for each in group.rounds.values() if each.step == step and each.method == "dots")
    return max(rounds, key=lambda each: each.id, default=None)
