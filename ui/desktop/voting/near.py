"""Statements of a step that may say the same, by their words."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from facilitator.domain.records import Card
from ui.desktop.context import Context

if TYPE_CHECKING:
    from facilitator.similarity.word_index import Near

Pair = tuple[str, str]


def find_pairs(
    context: Context, asker: QWidget, cards: Iterable[Card], then: Callable[[list[Pair]], None]
) -> None:
    """Look for pairs of cards that may be the same; ``then`` gets their ids, likest first.

    Nothing is told to an ``asker`` that is gone by then.
    """
    texts = {card.id: card.text for card in cards}

    def tell(found: "tuple[tuple[str, Near], ...]") -> None:
        if isValid(asker):
            then([(key, near.key) for key, near in found])

    context.aids.find_pairs(texts, tell)


def together(pairs: Iterable[Pair]) -> list[tuple[str, ...]]:
    """Return the groups that pairs make: who is like one of a group is of it; in the order of the pairs."""
    groups: list[list[str]] = []
    for pair in pairs:
        touched = [group for group in groups if not set(pair).isdisjoint(group)]
        merged = list(dict.fromkeys(key for group in (*touched, pair) for key in group))
        place = groups.index(touched[0]) if touched else len(groups)
        groups = [group for group in groups if group not in touched]
        groups.insert(place, merged)
    return [tuple(group) for group in groups]
