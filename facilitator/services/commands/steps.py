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
        key = f"{group.group.id}/{step.id}"
        before = group.steps.get(key)
        after = before or Step(id=key, group=group.group.id, step=step.id, state="waiting")
        now = desk.now()
        after = msgspec.structs.replace(
            after,
            state=self.state,
            started=None if self.state == "waiting" else after.started or now,
            finished=now if self.state == "done" else None,
        )
        return Deed(f"step-{self.state}", step.id, changes([Edit(before, after)]))


@dataclass(frozen=True)
class TakeRecords:
    """Take in records that have been checked against the group and the script."""

    records: tuple[AnyRecord, ...]

    def carry_out(self, group: GroupSnapshot, desk: Desk) -> Deed:
        """Never raises: the caller has checked the records and names the line at fault."""
        return Deed("records-taken", str(len(self.records)), added(self.records))
