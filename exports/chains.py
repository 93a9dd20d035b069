"""Chains of cards through the kinds of a matrix step: counterparty → product → effect."""

from collections.abc import Iterator, Sequence

from facilitator.domain.records import Card
from facilitator.domain.snapshot import GroupSnapshot

Chain = tuple[Card | None, ...]


def chains(group: GroupSnapshot, kinds: Sequence[str]) -> Iterator[Chain]:
    """Yield every chain from a card of the first kind to one of the last, then the cards nothing leads to.

    A card with several before it stands after each of them, but is followed further only the first time.
    """
    followed: set[str] = set()
    for depth, kind in enumerate(kinds):
        for card in group.cards_of(kind):
            if card.id not in followed:
                yield from _follow(group, kinds, (*(None for _ in range(depth)), card), followed)


def _follow(group: GroupSnapshot, kinds: Sequence[str], begun: Chain, followed: set[str]) -> Iterator[Chain]:
    card = begun[-1]
    padding: Chain = (None,) * (len(kinds) - len(begun))
    if card is None or card.id in followed or not padding:
        children: list[Card] = []
    else:
        before = (group.cards[key] for key in {link.source for link in group.links_to(card.id)})
        linked = (each for each in before if each.kind == kinds[len(begun)])
        children = sorted(linked, key=lambda each: (each.position, each.id))
    if card is not None:
        followed.add(card.id)
    for child in children:
        yield from _follow(group, kinds, (*begun, child), followed)
    if not children:
        yield begun + padding
