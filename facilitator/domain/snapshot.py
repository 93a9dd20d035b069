"""One group at one moment: a read-only value that views, exporters and packages share."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from facilitator.domain.edits import Edit
from facilitator.domain.records import (
    AnyRecord,
    Card,
    Cluster,
    Event,
    Group,
    Link,
    Participant,
    Person,
    Record,
    Round,
    Step,
    Vote,
)
from facilitator.errors import UserFault

_MAPPINGS: Mapping[type[Record], str] = {
    Participant: "participants",
    Person: "persons",
    Card: "cards",
    Cluster: "clusters",
    Link: "links",
    Round: "rounds",
    Vote: "votes",
    Step: "steps",
}


@dataclass(frozen=True)
class GroupSnapshot:
    """All records of one group by id. ``apply`` gives the next snapshot and leaves this one as it is."""

    event: Event
    group: Group
    participants: Mapping[str, Participant] = field(default_factory=dict)
    persons: Mapping[str, Person] = field(default_factory=dict)
    cards: Mapping[str, Card] = field(default_factory=dict)
    clusters: Mapping[str, Cluster] = field(default_factory=dict)
    links: Mapping[str, Link] = field(default_factory=dict)
    rounds: Mapping[str, Round] = field(default_factory=dict)
    votes: Mapping[str, Vote] = field(default_factory=dict)
    steps: Mapping[str, Step] = field(default_factory=dict)

    @classmethod
    def of(cls, records: Iterable[AnyRecord]) -> "GroupSnapshot":
        """Build a snapshot from records in any order.

        Raises ``UserFault("group-incomplete")`` unless there is exactly one event and one group.
        """
        events: list[Event] = []
        groups: list[Group] = []
        others: list[AnyRecord] = []
        for record in records:
            if isinstance(record, Event):
                events.append(record)
            elif isinstance(record, Group):
                groups.append(record)
            else:
                others.append(record)
        if len(events) != 1 or len(groups) != 1:
            raise UserFault("group-incomplete", events=len(events), groups=len(groups))
        return cls(events[0], groups[0]).apply(Edit(None, record) for record in others)

    @property
    def principal(self) -> str:
        """The name under which the group's packages stand in a roster, such as ``skfo-2018.g3``."""
        return f"{self.event.code}.g{self.group.number}"

    def apply(self, edits: Iterable[Edit]) -> "GroupSnapshot":
        """Return the snapshot after ``edits``."""
        changed: dict[str, Any] = {}
        for edit in edits:
            record = edit.record
            if isinstance(record, Event):
                changed["event"] = record
            elif isinstance(record, Group):
                changed["group"] = record
            else:
                name = _MAPPINGS[type(record)]
                mapping = changed.setdefault(name, dict(getattr(self, name)))
                if edit.after is None:
                    mapping.pop(record.id, None)
                else:
                    mapping[record.id] = record
        return replace(self, **changed)

    def records(self) -> Iterator[AnyRecord]:
        """Yield every record, type by type in the order of the contract, by id within a type."""
        yield self.event
        yield self.group
        for name in _MAPPINGS.values():
            mapping = getattr(self, name)
            for key in sorted(mapping):
                yield mapping[key]

    def find(self, kind: type[Record], key: str) -> AnyRecord | None:
        """Return the record of a type and id, or ``None``."""
        if kind is Event:
            return self.event if self.event.id == key else None
        if kind is Group:
            return self.group if self.group.id == key else None
        record: AnyRecord | None = getattr(self, _MAPPINGS[kind]).get(key)
        return record

    @cached_property
    def _cards_by_kind(self) -> Mapping[str, tuple[Card, ...]]:
        by_kind: defaultdict[str, list[Card]] = defaultdict(list)
        for card in sorted(self.cards.values(), key=lambda card: (card.position, card.id)):
            by_kind[card.kind].append(card)
        return {kind: tuple(cards) for kind, cards in by_kind.items()}

    def cards_of(self, *kinds: str) -> tuple[Card, ...]:
        """Return the cards of the given kinds, kind by kind, in the order the group put them."""
        return tuple(card for kind in kinds for card in self._cards_by_kind.get(kind, ()))

    def clusters_of(self, step: str) -> tuple[Cluster, ...]:
        """Return the clusters of a step in the order the group put them."""
        mine = (cluster for cluster in self.clusters.values() if cluster.step == step)
        return tuple(sorted(mine, key=lambda cluster: (cluster.position, cluster.id)))

    @cached_property
    def _links_by_source(self) -> Mapping[str, tuple[Link, ...]]:
        return _grouped(self.links.values(), "source")

    @cached_property
    def _links_by_target(self) -> Mapping[str, tuple[Link, ...]]:
        return _grouped(self.links.values(), "target")

    def links_from(self, card: str, relation: str | None = None) -> tuple[Link, ...]:
        """Return the links that leave a card, all or of one relation."""
        links = self._links_by_source.get(card, ())
        return tuple(link for link in links if relation in (None, link.relation))

    def links_to(self, card: str, relation: str | None = None) -> tuple[Link, ...]:
        """Return the links that arrive at a card, all or of one relation."""
        links = self._links_by_target.get(card, ())
        return tuple(link for link in links if relation in (None, link.relation))

    @cached_property
    def dots(self) -> Mapping[str, int]:
        """The dots each card has been given, by card id."""
        totals: defaultdict[str, int] = defaultdict(int)
        for vote in self.votes.values():
            if self.rounds[vote.round].method == "dots":
                totals[vote.card] += vote.value
        return totals


def _grouped(links: Iterable[Link], side: str) -> dict[str, tuple[Link, ...]]:
    grouped: defaultdict[str, list[Link]] = defaultdict(list)
    for link in sorted(links, key=lambda link: link.id):
        grouped[getattr(link, side)].append(link)
    return {card: tuple(members) for card, members in grouped.items()}
