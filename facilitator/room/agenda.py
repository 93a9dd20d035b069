"""The plan of a day against the clock: when each step should begin, when it will, and the difference."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import msgspec

from facilitator.domain.records import Step
from facilitator.script.model import ScriptStep

USUAL_START = "10:00"


class Agenda(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag="agenda"):
    """The plan of a day. All but ``starts`` (``HH:MM``, local) is in minutes by step: how long it takes, the
    break before it, and by how much it and all after it have been shifted."""

    day: int
    starts: str = USUAL_START
    minutes: dict[str, int] = {}
    breaks: dict[str, int] = {}
    shifts: dict[str, int] = {}

    @property
    def key(self) -> str:
        """Under which name the note is kept."""
        return f"agenda/{self.day}"

    def minutes_of(self, step: ScriptStep) -> int:
        """Return how long a step takes: as the group has planned it, else as the script says."""
        return self.minutes.get(step.id, step.minutes)

    def changed(self, **values: object) -> "Agenda":
        """Return the plan with other values of its fields."""
        return msgspec.structs.replace(self, **values)

    def shift(self, step: str, minutes: int) -> "Agenda":
        """Move a step and all after it by ``minutes``; below zero is earlier."""
        return msgspec.structs.replace(self, shifts={**self.shifts, step: self.shifts.get(step, 0) + minutes})


@dataclass(frozen=True)
class Slot:
    """A step in the day. ``begins`` and ``ends`` are expected, or as they were once it has begun or ended."""

    step: ScriptStep
    planned: datetime
    minutes: int
    begins: datetime
    ends: datetime
    state: str

    @property
    def planned_end(self) -> datetime:
        """When it should end."""
        return self.planned + timedelta(minutes=self.minutes)


def day_plan(
    steps: Sequence[ScriptStep], agenda: Agenda, done: Sequence[Step], now: datetime
) -> tuple[Slot, ...]:
    """Return the slots of a day's ``steps``; ``done`` says what has begun and ended, ``now`` is local, aware.

    What has not begun follows what is under way; a step under way ends when its minutes are over, or now.
    """
    records = {record.step: record for record in done}
    started = [
        _local(record.started, now) for step in steps if (record := records.get(step.id)) and record.started
    ]
    day = min(started, default=now).date()
    planned = datetime.combine(day, time.fromisoformat(agenda.starts), now.tzinfo)
    free = planned  # from when on the room is free for the next step
    slots = []
    for step in steps:
        pause = timedelta(minutes=agenda.breaks.get(step.id, 0))
        planned += pause + timedelta(minutes=agenda.shifts.get(step.id, 0))
        minutes = agenda.minutes_of(step)
        record = records.get(step.id)
        slot = _slot(step, planned, minutes, record, max(planned, free + pause), now)
        slots.append(slot)
        planned, free = slot.planned_end, slot.ends
    return tuple(slots)


def drift(slots: Sequence[Slot]) -> int:
    """Return by how many whole minutes the day will end later than planned; below zero is earlier."""
    return int((slots[-1].ends - slots[-1].planned_end) / timedelta(minutes=1)) if slots else 0


def _slot(
    step: ScriptStep, planned: datetime, minutes: int, record: Step | None, free: datetime, now: datetime
) -> Slot:
    length = timedelta(minutes=minutes)
    state = record.state if record else "waiting"
    begins = _local(record.started, now) if record and record.started else max(free, _late(free, now))
    ends = begins + length
    if state == "done" and record and record.finished:
        ends = _local(record.finished, now)
    elif state == "running":
        ends = max(ends, now)
    return Slot(step, planned, minutes, begins, ends, state)


def _late(free: datetime, now: datetime) -> datetime:
    """A step that should have begun today and has not begins now at the earliest."""
    return now if now.date() == free.date() else free


def _local(moment: str, now: datetime) -> datetime:
    return datetime.fromisoformat(moment).astimezone(now.tzinfo)
