"""Matrix: several kinds side by side, each card linked to one of the kind before it."""

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
    """Find what a matrix step lacks or cannot have: at least two kinds, all of many cards."""
    if len(step.card_kinds) < 2:
        yield Flaw("card_kinds", "a matrix step needs two kinds at least")
    yield from without_single(step)
    yield from without_sentences(step)


def open_points(step: ScriptStep, script: Script, group: GroupSnapshot) -> tuple[OpenPoint, ...]:
    """Return ``columns-empty`` (kinds without a card) and ``cells-unlinked`` (cards with a gap)."""
    return points(
        ("columns-empty", sum(not standing_cards(group, kind.id) for kind in step.card_kinds)),
        ("cells-unlinked", count_incomplete(step, script, group)),
    )


MATRIX = StepKind("matrix", flaws, open_points)
