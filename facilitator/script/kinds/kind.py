"""What a kind of step gives: the demands on its definition, and what is still open in a group."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from facilitator.domain.records import Card
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.script.chain import find_gaps, stands
from facilitator.script.model import Script, ScriptStep


@dataclass(frozen=True)
class OpenPoint:
    """What keeps a step from being called finished: a code, and how many it concerns."""

    code: str
    count: int


class Flaw(NamedTuple):
    """What is wrong with a step's definition: the key within the step, and the reason."""

    key: str
    reason: str


class StepKind(NamedTuple):
    """One kind of step. ``flaws`` looks at the definition, ``open_points`` at what a group has recorded."""

    id: str
    flaws: Callable[[ScriptStep], Iterator[Flaw]]
    open_points: Callable[[ScriptStep, Script, GroupSnapshot], tuple[OpenPoint, ...]]


def points(*counted: tuple[str, int]) -> tuple[OpenPoint, ...]:
    """Return the points that concern anything at all."""
    return tuple(OpenPoint(code, count) for code, count in counted if count)


def standing_cards(group: GroupSnapshot, *kinds: str) -> tuple[Card, ...]:
    """Return the cards of the given kinds that are neither parked nor rejected."""
    return tuple(card for card in group.cards_of(*kinds) if stands(card))


def count_incomplete(step: ScriptStep, script: Script, group: GroupSnapshot) -> int:
    """Count the cards with a gap that the step can close: a field, a link within it or to an earlier one."""
    own = {kind.id for kind in step.card_kinds}
    closable = {
        (requirement.kind, requirement.missing)
        for requirement in script.requirements
        if requirement.kind in own and any(_closable(need, own, script) for need in requirement.any_of)
    }
    return len({gap.card for gap in find_gaps(script, group) if (gap.kind, gap.missing) in closable})


def _closable(need: str, own: set[str], script: Script) -> bool:
    """Whether a need does not wait for cards of a later step."""
    return not need.startswith("<-") or not own.isdisjoint(script.relation(need[2:]).sources)


def without_single(step: ScriptStep) -> Iterator[Flaw]:
    """Find card kinds of which there may be one card only."""
    for index, kind in enumerate(step.card_kinds):
        if kind.single:
            yield Flaw(f"card_kinds[{index}].single", f"a {step.kind} step gathers many cards of a kind")


def without_sentences(step: ScriptStep) -> Iterator[Flaw]:
    """Find a count of sentences, which only a composed text has."""
    if step.sentences is not None:
        yield Flaw("sentences", f"a {step.kind} step has no text to count the sentences of")
