"""The chain from present norm to action: which cards lack a link or a field that it needs."""

from collections.abc import Iterator
from typing import NamedTuple

from facilitator.domain.records import Card
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.script.model import Script


class Gap(NamedTuple):
    """What a card lacks: relations or a field without arrows, alternatives joined by ``|``."""

    card: str
    kind: str
    missing: str


def stands(card: Card) -> bool:
    """Whether a card takes part in the chain: it is neither parked nor rejected."""
    return card.status not in ("parked", "rejected")


def find_gaps(script: Script, group: GroupSnapshot) -> tuple[Gap, ...]:
    """Return every gap of the standing cards, in the order of the script's steps and kinds, then of cards."""
    return tuple(_gaps(script, group))


def _gaps(script: Script, group: GroupSnapshot) -> Iterator[Gap]:
    for kind in (kind.id for step in script.steps for kind in step.card_kinds):
        requirements = [requirement for requirement in script.requirements if requirement.kind == kind]
        for card in group.cards_of(kind):
            if not stands(card):
                continue
            for requirement in requirements:
                if not any(_is_met(need, card, group) for need in requirement.any_of):
                    yield Gap(card.id, kind, requirement.missing)


def _is_met(need: str, card: Card, group: GroupSnapshot) -> bool:
    if need.startswith("->"):
        others = (link.target for link in group.links_from(card.id, need[2:]))
    elif need.startswith("<-"):
        others = (link.source for link in group.links_to(card.id, need[2:]))
    else:
        return _is_filled(card, need[1:])
    return any(stands(group.cards[other]) for other in others if other in group.cards)


def _is_filled(card: Card, name: str) -> bool:
    value = card.fields.get(name, "")
    texts = value if isinstance(value, list) else [str(value)]
    return any(text.strip() for text in texts)
