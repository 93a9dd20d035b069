"""The commands that move a group through its steps and take records in as they come."""

from dataclasses import dataclass
from typing import Literal

import msgspec

from facilitator.domain.edits import Edit, added
from facilitator.domain.records import AnyRecord, Step
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.services.commands.command import Deed, Desk, changes


@dataclass(frozen=True)
class SetStepState:
    """Begin a step, call it finished, or put it back to waiting."""

    step: str
    state: Literal["waiting", "running", "done"]

    def carry_out(self, group: GroupSnapshot, desk: Desk) -> Deed:
        """Raises ``UserFault("step-unknown")``."""
        step = desk.script.step(self.step)
        return Deed(f"step-{self.state}", step.id, changes([_set_state(group, step.id, self.state, desk)]))


@dataclass(frozen=True)
class CloseDay:
    """End a day: its steps under way are finished. What never began stays waiting, for all to see."""

    day: int

    def carry_out(self, group: GroupSnapshot, desk: Desk) -> Deed:
        """Never raises: a day may be closed with its gaps."""
        mine = {step.id for step in desk.script.steps if step.day == self.day}
        running = [
            each.step for each in group.steps.values() if each.step in mine and each.state == "running"
        ]
        return Deed(
            "day-closed", str(self.day), tuple(_set_state(group, step, "done", desk) for step in running)
        )


@dataclass(frozen=True)
class TakeRecords:
    """Take in records that have been checked against the group and the script."""

    records: tuple[AnyRecord, ...]

    def carry_out(self, group: GroupSnapshot, desk: Desk) -> Deed:
        """Never raises: the caller has checked the records and names the line at fault."""
        return Deed("records-taken", str(len(self.records)), added(self.records))


def _set_state(
    group: GroupSnapshot, step: str, state: Literal["waiting", "running", "done"], desk: Desk
) -> Edit:
    key = f"{group.group.id}/{step}"
    before = group.steps.get(key)
    after = before or Step(id=key, group=group.group.id, step=step, state="waiting")
    now = desk.now()
    return Edit(
        before,
        msgspec.structs.replace(
            after,
            state=state,
            started=None if state == "waiting" else after.started or now,
            finished=now if state == "done" else None,
        ),
    )
