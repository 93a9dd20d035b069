"""Plan: a table of actions with dates, and the same as a Gantt picture."""

from collections.abc import Iterator

from facilitator.domain.snapshot import GroupSnapshot
from facilitator.script.kinds.kind import (
    Flaw,
    OpenPoint,
    StepKind,
    count_incomplete,
    points,
    standing_cards,
    without_sentences,
    without_single,
)
from facilitator.script.model import Script, ScriptStep


def flaws(step: ScriptStep) -> Iterator[Flaw]:
    """Find what a plan step lacks or cannot have: one kind of action, dated by ``start`` and ``end``."""
    if len(step.card_kinds) != 1:
        yield Flaw("card_kinds", "a plan step has one kind, its actions")
    for name in ("start", "end"):
        field = step.card_kinds[0].field(name)
        if field is None or field.type != "date":
            yield Flaw("card_kinds[0].fields", f"a plan step needs the field {name}, a date")
    yield from without_single(step)
    yield from without_sentences(step)


def open_points(step: ScriptStep, script: Script, group: GroupSnapshot) -> tuple[OpenPoint, ...]:
    """Return ``no-actions`` and ``rows-open`` (actions whose row cannot be closed)."""
    return points(
        ("no-actions", not standing_cards(group, step.card_kinds[0].id)),
        ("rows-open", count_incomplete(step, script, group)),
    )


PLAN = StepKind("plan", flaws, open_points)
