"""Texts: one agreed text of the group, and what each person writes for themselves."""

from collections.abc import Iterator

from facilitator.domain.snapshot import GroupSnapshot
from facilitator.script.kinds.kind import Flaw, OpenPoint, StepKind, points, standing_cards, without_sentences
from facilitator.script.model import Script, ScriptStep


def flaws(step: ScriptStep) -> Iterator[Flaw]:
    """Find what a texts step lacks: a text that the whole group agrees on."""
    if not any(kind.single for kind in step.card_kinds):
        yield Flaw("card_kinds", "a texts step needs a kind with single = true, the text agreed by the group")
    yield from without_sentences(step)


def open_points(step: ScriptStep, script: Script, group: GroupSnapshot) -> tuple[OpenPoint, ...]:
    """Return ``text-missing`` and ``text-repeated``: kinds of agreed text with no card, or with several."""
    written = [len(standing_cards(group, kind.id)) for kind in step.card_kinds if kind.single]
    return points(
        ("text-missing", sum(count == 0 for count in written)),
        ("text-repeated", sum(count > 1 for count in written)),
    )


TEXTS = StepKind("texts", flaws, open_points)
