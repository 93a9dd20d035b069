"""Commands on rounds of voting: open, close, reveal. A round that was not opened yet is no record."""

from dataclasses import dataclass
from typing import Literal

import msgspec

from facilitator.domain.edits import Edit, added
from facilitator.domain.records import Card, Round
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.errors import UserFault
from facilitator.room.voting import current_round, is_voted_on
from facilitator.services.commands.command import Deed, Desk, changes, present

USUAL_BUDGET = 3
MOST_BUDGET = 100


@dataclass(frozen=True)
class OpenRound:
    """Open a round of dots (``budget`` for each person) or of the fist of five."""

    step: str
    method: Literal["dots", "fist"]
    budget: int | None = None

    def carry_out(self, group: GroupSnapshot, desk: Desk) -> Deed:
        """Raises ``UserFault`` ``step-unknown``, ``round-unfinished`` while the last one is not revealed,
        ``budget-out-of-range`` (``most``)."""
        step = desk.script.step(self.step)
        last = current_round(group, step.id, self.method)
        if last is not None and last.state != "revealed":
            raise UserFault("round-unfinished", step=step.id)
        given = USUAL_BUDGET if self.budget is None else self.budget
        budget = given if self.method == "dots" else None
        if budget is not None and not 1 <= budget <= MOST_BUDGET:
            raise UserFault("budget-out-of-range", most=MOST_BUDGET)
        round_ = Round(
            id=desk.new_id(),
            group=group.group.id,
            step=step.id,
            method=self.method,
            state="open",
            budget=budget,
        )
        return Deed("round-opened", step.id, added([round_]))


@dataclass(frozen=True)
class SetRoundState:
    """Close a round, reveal it, or open a closed one again; what was revealed stays revealed."""

    round: str
    state: Literal["open", "closed", "revealed"]

    def carry_out(self, group: GroupSnapshot, desk: Desk) -> Deed:
        """Raises ``UserFault`` ``record-missing``, ``round-order`` for a state that does not follow."""
        round_ = present(Round, self.round, group)
        if (round_.state, self.state) not in _STEPS:
            raise UserFault("round-order", state=round_.state)
        after = msgspec.structs.replace(round_, state=self.state)
        return Deed(f"round-{self.state}", round_.step, changes([Edit(round_, after)]))


_STEPS = frozenset({("open", "closed"), ("closed", "open"), ("closed", "revealed")})


def check_not_frozen(card: Card, group: GroupSnapshot, desk: Desk) -> None:
    """Refuse to change what the group is voting on. Raises ``UserFault("round-open")``."""
    if is_voted_on(card, group, desk.script, desk.room):
        raise UserFault("round-open")
