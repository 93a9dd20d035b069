"""What the room may see of a step: its question and the group's words; no names, nothing private."""

from collections import Counter
from dataclasses import dataclass
from heapq import nlargest

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
class Band:
    """A line at the foot: whose turn it is, how many have voted. ``counted`` stands at its end."""

    text: str
    counted: str = ""
    over: bool = False


@dataclass(frozen=True)
class Slide:
    """One picture: where the group is, what it is asked and what it has said, most important first.

    ``clock`` is empty while no time is taken; ``note`` says how it stands, ``over`` that the time is up. A
    ``spotlight`` is one statement that stands alone, ``reading`` one text that is read aloud.
    """

    where: str
    question: str
    lines: tuple[Line, ...] = ()
    clock: str = ""
    note: str = ""
    over: bool = False
    bands: tuple[Band, ...] = ()
    spotlight: str = ""
    reading: str = ""
    blank: bool = False

    @property
    def words(self) -> str:
        """What the room reads of the group's work, line by line; nothing while the picture is dark."""
        if self.blank:
            return ""
        if self.reading:
            return self.reading
        said = (self.spotlight,) if self.spotlight else (self.question, *(line.text for line in self.lines))
        return "\n".join((*said, *(band.text for band in self.bands)))


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
        return _last(group, step, cards)
    loose = _last(group, step, [card for card in cards if card.cluster is None])
    return (*loose[:MOST_LOOSE], *clusters)[:MOST_LINES]


def _clusters(group: GroupSnapshot, step: ScriptStep, cards: list[Card]) -> tuple[Line, ...]:
    counts, dots = Counter[str](), Counter[str]()
    for card in cards:
        if card.cluster is not None:
            counts[card.cluster] += 1
            dots[card.cluster] += group.dots.get(card.id, 0)
    clusters = group.clusters_of(step.id)
    return tuple(Line(each.title, counts[each.id], dots[each.id]) for each in clusters if counts[each.id])


def _last(group: GroupSnapshot, step: ScriptStep, cards: list[Card]) -> tuple[Line, ...]:
    """The one agreed text first, if the step has one; then what was said last."""
    single = {kind.id for kind in step.card_kinds if kind.single}
    newest = nlargest(MOST_LINES, cards, key=lambda card: (card.kind in single, card.id))
    return tuple(Line(card.text, dots=group.dots.get(card.id, 0)) for card in newest)
