"""What of a group may leave its file: no names, no private cards, nothing that hangs on either."""

from collections import Counter
from dataclasses import replace

from facilitator.domain.records import Person
from facilitator.domain.snapshot import GroupSnapshot


def published(group: GroupSnapshot) -> GroupSnapshot:
    """Return the group without its people's names, its private cards, and the links and votes of those."""
    cards = {key: card for key, card in group.cards.items() if not card.private}
    return replace(
        group,
        persons={},
        cards=cards,
        links={
            key: link for key, link in group.links.items() if link.source in cards and link.target in cards
        },
        votes={key: vote for key, vote in group.votes.items() if vote.card in cards},
    )


def contactable(group: GroupSnapshot) -> tuple[Person, ...]:
    """Return the people who agreed that their names and contacts are passed on, by id."""
    return tuple(group.persons[key] for key in sorted(group.persons) if group.persons[key].consent)


def count_private(group: GroupSnapshot) -> Counter[str]:
    """Count the private cards of each kind."""
    return Counter(card.kind for card in group.cards.values() if card.private)
