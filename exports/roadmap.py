"""The rows of the roadmap, in the form that executive authorities use."""

from typing import NamedTuple

from exports.reading import GroupReading
from facilitator.domain.records import Card

_RESPONSIBLE = "responsible"
_CITED = 30


class RoadmapRow(NamedTuple):
    """An action in words, nothing where nothing was said; ``links`` stand line by line."""

    number: str
    action: str
    start: str
    end: str
    responsible: str
    coexecutors: str
    level: str
    document: str
    result: str
    indicator: str
    base: str
    target: str
    funding: str
    links: str


def roadmap_row(reading: GroupReading, card: Card) -> RoadmapRow:
    """Return the row of an action."""
    owners = dict(reading.links(card)).get(_RESPONSIBLE, ())
    return RoadmapRow(
        number=reading.numbers[card.id],
        action=card.text,
        start=reading.field(card, "start"),
        end=reading.field(card, "end"),
        responsible="; ".join(owner.text for owner in owners),
        coexecutors=reading.field(card, "coexecutors"),
        level=reading.field(card, "level"),
        document=reading.field(card, "document"),
        result=reading.field(card, "result"),
        indicator=reading.field(card, "indicator"),
        base=reading.field(card, "base"),
        target=reading.field(card, "target"),
        funding=reading.field(card, "funding"),
        links="\n".join(reading.link_words(card, without=_RESPONSIBLE, limit=_CITED)),
    )
