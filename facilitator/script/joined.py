"""Near duplicates that were joined: each keeps its words and author, and one card speaks for them."""

from facilitator.domain.records import Card
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.script.model import Script


def speaker_for(script: Script, group: GroupSnapshot, card: str) -> Card | None:
    """Return the card that a card was joined into, ``None`` for one that speaks for itself."""
    if script.joining is None:
        return None
    links = group.links_from(card, script.joining.id)
    return group.cards.get(links[0].target) if links else None


def last_speaker_for(script: Script, group: GroupSnapshot, card: str) -> str:
    """Return the card that speaks for a card in the end: the card itself when it is joined into none."""
    seen = [card]
    while (speaker := speaker_for(script, group, seen[-1])) is not None and speaker.id not in seen:
        seen.append(speaker.id)
    return seen[-1]


def joined_into(script: Script, group: GroupSnapshot, card: str) -> tuple[Card, ...]:
    """Return the cards a card speaks for, those joined into them included, in the order they were joined."""
    if script.joining is None:
        return ()
    found: dict[str, Card] = {}
    waiting = [card]
    while waiting:
        links = group.links_to(waiting.pop(0), script.joining.id)
        new = [link.source for link in links if link.source in group.cards and link.source not in found]
        found.update({key: group.cards[key] for key in new})
        waiting += new
    found.pop(card, None)
    return tuple(found.values())


def folded(script: Script, group: GroupSnapshot) -> frozenset[str]:
    """Return the cards for which another speaks."""
    if script.joining is None:
        return frozenset()
    relation = script.joining.id
    return frozenset(link.source for link in group.links.values() if link.relation == relation)
