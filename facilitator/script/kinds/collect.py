"""Collect: statements of the group, one after another, linked to those of an earlier step."""

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
    """Find what a collect step cannot have: single cards, a count of sentences."""
    yield from without_single(step)
    yield from without_sentences(step)


def open_points(step: ScriptStep, script: Script, group: GroupSnapshot) -> tuple[OpenPoint, ...]:
    """Return ``no-statements`` (kinds without a card) and ``statements-unlinked`` (cards with a gap)."""
    return points(
        ("no-statements", sum(not standing_cards(group, kind.id) for kind in step.card_kinds)),
        ("statements-unlinked", count_incomplete(step, script, group)),
    )


COLLECT = StepKind("collect", flaws, open_points)
