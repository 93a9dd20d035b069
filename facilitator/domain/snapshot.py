"""One group at one moment: a read-only value that views, exporters and packages share."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from typing import Any

from facilitator.domain.edits import Edit
from facilitator.domain.grouping import Grouping, Groups
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


def _by_id(record: Record) -> str:
    return record.id


def _by_position(card: Card) -> tuple[int, str]:
    return card.position, card.id


_CARDS_BY_KIND = Grouping(Card, "kind", _by_position)
_LINKS_BY_SOURCE = Grouping(Link, "source", _by_id)
_LINKS_BY_TARGET = Grouping(Link, "target", _by_id)
_VOTES_BY_ROUND = Grouping(Vote, "round", _by_id)
_GROUPINGS = {
    "_cards_by_kind": _CARDS_BY_KIND,
    "_links_by_source": _LINKS_BY_SOURCE,
    "_links_by_target": _LINKS_BY_TARGET,
    "_votes_by_round": _VOTES_BY_ROUND,
}
"""What a snapshot groups when it is first asked. The snapshots after it follow, instead of sorting anew."""


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
        kinds: tuple[type[Record], ...] = (Event, Group, *_MAPPINGS)
        found: dict[type[Record], dict[str, Any]] = {kind: {} for kind in kinds}
        events = groups = 0
        for record in records:
            kind = type(record)
            found[kind][record.id] = record
            events += kind is Event
            groups += kind is Group
        if events != 1 or groups != 1:
            raise UserFault("group-incomplete", events=events, groups=groups)
        (event,), (group,) = found.pop(Event).values(), found.pop(Group).values()
        return cls(event, group, **{name: found[kind] for kind, name in _MAPPINGS.items()})

    @property
    def principal(self) -> str:
        """The name under which the group's packages stand in a roster, such as ``skfo-2018.g3``."""
        return f"{self.event.code}.g{self.group.number}"

    def apply(self, edits: Iterable[Edit]) -> "GroupSnapshot":
        """Return the snapshot after ``edits``."""
        changed: dict[str, Any] = {}
        touched: dict[type[Record], set[str]] = {}
        for edit in edits:
            record = edit.record
            touched.setdefault(type(record), set()).add(record.id)
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
        after = replace(self, **changed)
        self._hand_on(after, touched)
        return after

    def _hand_on(self, after: "GroupSnapshot", touched: Mapping[type[Record], set[str]]) -> None:
        """Give the next snapshot what this one knows of its records, brought up to date."""
        for name, grouping in _GROUPINGS.items():
            groups: Groups | None = self.__dict__.get(name)
            if groups is None:
                continue
            if grouping.kind in touched:
                one, other = (getattr(each, _MAPPINGS[grouping.kind]) for each in (self, after))
                changed = ((one.get(key), other.get(key)) for key in touched[grouping.kind])
                groups = grouping.after(groups, changed)
            after.__dict__[name] = groups
        if "dots" in self.__dict__ and touched.keys().isdisjoint((Round, Vote)):
            after.__dict__["dots"] = self.dots

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
    def _cards_by_kind(self) -> Groups:
        return _CARDS_BY_KIND.of(self.cards.values())

    def cards_of(self, *kinds: str) -> tuple[Card, ...]:
        """Return the cards of the given kinds, kind by kind, in the order the group put them."""
        found = [self._cards_by_kind.get(kind, ()) for kind in kinds]
        return found[0] if len(found) == 1 else tuple(chain.from_iterable(found))

    def has_cards(self, *kinds: str) -> bool:
        """Whether there is any card of the given kinds."""
        return any(self._cards_by_kind.get(kind) for kind in kinds)

    def clusters_of(self, step: str) -> tuple[Cluster, ...]:
        """Return the clusters of a step in the order the group put them."""
        mine = (cluster for cluster in self.clusters.values() if cluster.step == step)
        return tuple(sorted(mine, key=lambda cluster: (cluster.position, cluster.id)))

    @cached_property
    def _links_by_source(self) -> Groups:
        return _LINKS_BY_SOURCE.of(self.links.values())

    @cached_property
    def _links_by_target(self) -> Groups:
        return _LINKS_BY_TARGET.of(self.links.values())

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
        """The dots each card was given in its step's last round of dots, by card id.

        While that round is not revealed there are none, those of the round before neither: nobody is led by
        them. A revealed round in which nothing was given leaves the one before in its place.
        """
        last: dict[str, Round] = {}
        for round_ in sorted(self.rounds.values(), key=_by_id):
            if round_.method == "dots" and (round_.state != "revealed" or self.votes_in(round_.id)):
                last[round_.step] = round_
        totals: defaultdict[str, int] = defaultdict(int)
        for round_ in last.values():
            if round_.state == "revealed":
                for vote in self.votes_in(round_.id):
                    totals[vote.card] += vote.value
        return totals

    def rounds_of(self, step: str, method: str) -> tuple[Round, ...]:
        """Return the rounds of a step by one method, oldest first."""
        mine = (each for each in self.rounds.values() if each.step == step and each.method == method)
        return tuple(sorted(mine, key=lambda each: each.id))

    @cached_property
    def _votes_by_round(self) -> Groups:
        return _VOTES_BY_ROUND.of(self.votes.values())

    def votes_in(self, round_: str) -> tuple[Vote, ...]:
        """Return the votes of a round in the order they were given."""
        return self._votes_by_round.get(round_, ())
