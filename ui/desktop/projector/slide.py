"""What the room may see of a step: its question and the group's words; no names, nothing private."""

from dataclasses import dataclass

from facilitator.domain.records import Card
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.script.chain import stands
from facilitator.script.model import Script, ScriptStep

MOST_LINES = 12
MOST_LOOSE = 2
"""How many statements that are in no cluster yet stand before the clusters."""


@dataclass(frozen=True)
class Line:
    """One statement, or a cluster and how many statements it holds. ``dots`` are shown when there are any."""

    text: str
    count: int = 0
    dots: int = 0


@dataclass(frozen=True)
class Slide:
    """One picture: where the group is, what it is asked and what it has said, most important first."""

    where: str
    question: str
    lines: tuple[Line, ...]


def slide_of(script: Script, group: GroupSnapshot, step: ScriptStep, language: str) -> Slide:
    """Return what is shown of a step: what was said last and, once the group has sorted, its clusters."""
    cards = [
        card
        for card in group.cards_of(*(kind.id for kind in step.card_kinds))
        if stands(card) and not card.private
    ]
    number = script.steps.index(step) + 1
    return Slide(
        where=f"{number} · {step.title.in_language(language)}",
        question=step.question.in_language(language),
        lines=_lines(group, step, cards),
    )


def _lines(group: GroupSnapshot, step: ScriptStep, cards: list[Card]) -> tuple[Line, ...]:
    clusters = _clusters(group, step, cards)
    if not clusters:
        return _last(group, step, cards)[:MOST_LINES]
    loose = _last(group, step, [card for card in cards if card.cluster is None])
    return (*loose[:MOST_LOOSE], *clusters)[:MOST_LINES]


def _clusters(group: GroupSnapshot, step: ScriptStep, cards: list[Card]) -> tuple[Line, ...]:
    lines = []
    for cluster in group.clusters_of(step.id):
        members = [card for card in cards if card.cluster == cluster.id]
        if members:
            dots = sum(group.dots.get(card.id, 0) for card in members)
            lines.append(Line(cluster.title, len(members), dots))
    return tuple(lines)


def _last(group: GroupSnapshot, step: ScriptStep, cards: list[Card]) -> tuple[Line, ...]:
    """The one agreed text first, if the step has one; then what was said last."""
    single = {kind.id for kind in step.card_kinds if kind.single}
    newest = sorted(cards, key=lambda card: (card.kind in single, card.id), reverse=True)
    return tuple(Line(card.text, dots=group.dots.get(card.id, 0)) for card in newest)
