"""Compose: one text of a few sentences, drawn from the cards of earlier steps."""

from collections.abc import Iterator

from facilitator.domain.snapshot import GroupSnapshot
from facilitator.script.kinds.kind import Flaw, OpenPoint, StepKind, count_incomplete, points, standing_cards
from facilitator.script.model import Script, ScriptStep
from facilitator.script.sentences import count_sentences


def flaws(step: ScriptStep) -> Iterator[Flaw]:
    """Find what a compose step lacks: exactly one kind of text, and how many sentences it may have."""
    if len(step.card_kinds) != 1 or not step.card_kinds[0].single:
        yield Flaw("card_kinds", "a compose step has one kind, with single = true")
    if step.sentences is None:
        yield Flaw("sentences", "a compose step says how many sentences its text may have")
    elif step.sentences.least > step.sentences.most:
        yield Flaw("sentences", "least is more than most")


def open_points(step: ScriptStep, script: Script, group: GroupSnapshot) -> tuple[OpenPoint, ...]:
    """Return ``text-missing``, ``text-repeated``, ``sources-missing``, ``too-few-sentences``,
    ``too-many-sentences``.

    The last two carry how many sentences are lacking or too many.
    """
    texts = standing_cards(group, step.card_kinds[0].id)
    if not texts or step.sentences is None:
        return points(("text-missing", not texts))
    sentences = count_sentences(texts[0].text)
    return points(
        ("text-repeated", len(texts) > 1),
        ("too-few-sentences", max(0, step.sentences.least - sentences)),
        ("too-many-sentences", max(0, sentences - step.sentences.most)),
        ("sources-missing", count_incomplete(step, script, group)),
    )


COMPOSE = StepKind("compose", flaws, open_points)
