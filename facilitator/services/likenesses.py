"""Which statements of a centre's groups are alike, or sound alike and contradict each other."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from facilitator.domain.records import Card
from facilitator.merge.projection import Projection
from facilitator.script.chain import stands
from facilitator.similarity.contrasts import Contrast
from facilitator.similarity.pairs import likenesses


@dataclass(frozen=True)
class Said:
    """A statement and the group it was said in, by its principal."""

    principal: str
    card: Card


@dataclass(frozen=True)
class Alike:
    """Two statements of one kind and how likely a lead would join them: see ``Likeness``."""

    one: Said
    other: Said
    score: float
    by_words: bool
    contrasts: tuple[Contrast, ...]


def find_alike(projection: Projection, *, theme: str | None, threshold: float) -> Iterator[Alike]:
    """Yield the likenesses among the standing statements of all groups, kind by kind, most alike first.

    ``theme`` takes the groups of one theme only.
    """
    kinds: defaultdict[str, list[Said]] = defaultdict(list)
    for group in projection.groups:
        for head in group.heads:
            if theme in (None, head.group.group.theme):
                for card in head.group.cards.values():
                    if stands(card) and not card.private:
                        kinds[card.kind].append(Said(group.principal, card))
    for kind in sorted(kinds):
        said = kinds[kind]
        found = likenesses([each.card.text for each in said], threshold=threshold)
        for each in sorted(found, key=lambda likeness: (-likeness.score, likeness.one, likeness.other)):
            yield Alike(said[each.one], said[each.other], each.score, each.by_words, each.contrasts)
