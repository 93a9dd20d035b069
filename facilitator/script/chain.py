"""The chain from present norm to action: which cards lack a link or a field that it needs."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from facilitator.domain.edits import Edit
from facilitator.domain.records import Card, Link
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
    kinds = (kind.id for step in script.steps for kind in step.card_kinds)
    gaps = Gaps(script, group)
    return tuple(gap for kind in kinds for card in group.cards_of(kind) for gap in gaps.of(card.id))


class Gaps:
    """The gaps of a group, card by card, as it changes: an act costs a look at the cards it has reached."""

    def __init__(self, script: Script, group: GroupSnapshot) -> None:
        self._needs: defaultdict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for requirement in script.requirements:
            self._needs[requirement.kind].append((requirement.any_of, requirement.missing))
        self._by_card: dict[str, tuple[Gap, ...]] = {}
        self._lacking: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._look_at(group.cards, group)

    def follow(self, edits: Iterable[Edit], group: GroupSnapshot) -> None:
        """Come to the gaps of ``group``, which ``edits`` have brought about."""
        self._look_at(reached_cards(edits, group), group)

    def of(self, card: str) -> tuple[Gap, ...]:
        """Return the gaps of a card, in the order of the script's requirements."""
        return self._by_card.get(card, ())

    def lacking(self, kind: str, missing: str) -> Collection[str]:
        """Return the cards of a kind that lack something, named as in :class:`Gap`; in no order."""
        return self._lacking.get((kind, missing), frozenset())

    def count(self, kind: str, missing: str) -> int:
        """Return how many cards of a kind lack something."""
        return len(self.lacking(kind, missing))

    @property
    def cards(self) -> Iterable[str]:
        """The ids of the cards that have gaps."""
        return self._by_card.keys()

    @property
    def total(self) -> int:
        """How many gaps there are."""
        return sum(map(len, self._lacking.values()))

    def _look_at(self, cards: Iterable[str], group: GroupSnapshot) -> None:
        for key in cards:
            card = group.cards.get(key)
            found = () if card is None else tuple(self._gaps(card, group))
            for gap in self.of(key):
                self._lacking[gap.kind, gap.missing].remove(key)
            for gap in found:
                self._lacking[gap.kind, gap.missing].add(key)
            if found:
                self._by_card[key] = found
            else:
                self._by_card.pop(key, None)

    def _gaps(self, card: Card, group: GroupSnapshot) -> Iterator[Gap]:
        if stands(card):
            for any_of, missing in self._needs.get(card.kind, ()):
                if not any(_is_met(need, card, group) for need in any_of):
                    yield Gap(card.id, card.kind, missing)


def reached_cards(edits: Iterable[Edit], group: GroupSnapshot) -> set[str]:
    """Return the cards that ``edits`` have changed or linked otherwise, and those linked to a changed one.

    ``group`` is the group after the edits; cards that are gone are among the ids.
    """
    reached: set[str] = set()
    for edit in edits:
        record = edit.record
        if isinstance(record, Card):
            reached.add(record.id)
            reached.update(link.target for link in group.links_from(record.id))
            reached.update(link.source for link in group.links_to(record.id))
        elif isinstance(record, Link):
            for side in edit:
                if isinstance(side, Link):
                    reached.update((side.source, side.target))
    return reached


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
