"""Commands that split a statement or join near duplicates; authors, links and votes stay whose they are."""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from facilitator.domain.edits import Edit, added, removed
from facilitator.domain.records import Card, Link
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.errors import UserFault
from facilitator.script.model import Relation
from facilitator.script.rules import check_card
from facilitator.services.commands.command import Deed, Desk, changes, present, words_of
from facilitator.services.commands.rounds import check_not_frozen


@dataclass(frozen=True)
class SplitCard:
    """Make several statements of one. The first part keeps the card; the others get its author, cluster,
    marks, fields and links, and stand right after it. The parts of a personal text are private."""

    card: str
    parts: tuple[str, ...]

    def carry_out(self, group: GroupSnapshot, desk: Desk) -> Deed:
        """Raises ``UserFault`` ``record-missing``, ``card-single``, ``round-open``, ``parts-too-few`` and
        what :func:`check_card` raises."""
        card = present(Card, self.card, group)
        parts = tuple(part.strip() for part in self.parts if part.strip())
        if len(parts) < 2:
            raise UserFault("parts-too-few")
        if desk.script.card_kind(card.kind).single:
            raise UserFault("card-single", field="kind", kind=card.kind)
        check_not_frozen(card, group, desk)
        now = desk.now()
        private = card.private or desk.script.card_kind(card.kind).private
        first = msgspec.structs.replace(card, text=parts[0], modified=now, private=private)
        # The same position: ids grow with time, so the parts come right after the first; those made within
        # one millisecond are put in order.
        ids = sorted(desk.new_id() for _part in parts[1:])
        others = [
            msgspec.structs.replace(first, id=key, text=part, created=now, modified=None)
            for key, part in zip(ids, parts[1:], strict=True)
        ]
        for each in (first, *others):
            check_card(each, desk.script, desk.catalogues)
        links = [link for other in others for link in _copied(group, card.id, other.id, desk)]
        edits = changes([Edit(card, first)]) + added([*others, *links])
        return Deed("card-split", words_of(card, group), edits)


@dataclass(frozen=True)
class JoinCards:
    """Let one card speak for its near duplicates. These stay, with their words and authors, put off and
    linked to it; it gets their links and marks. With ``text``, a wording for all that nobody has said so, a
    new card speaks for all of them and stands where ``into`` stands."""

    into: str
    cards: tuple[str, ...]
    text: str = ""

    def carry_out(self, group: GroupSnapshot, desk: Desk) -> Deed:
        """Raises ``UserFault`` ``record-missing``, ``round-open``, ``joining-unknown`` for a script that has
        no such relation, ``join-mismatch`` for cards of several kinds or for which another speaks already."""
        into = present(Card, self.into, group)
        cards = [present(Card, key, group) for key in dict.fromkeys(self.cards) if key != self.into]
        relation = _joining(desk)
        if not cards or any(card.kind != into.kind for card in cards) or into.kind not in relation.sources:
            raise UserFault("join-mismatch")
        for card in (into, *cards):
            if group.links_from(card.id, relation.id):
                raise UserFault("join-mismatch")
            check_not_frozen(card, group, desk)
        now = desk.now()
        marks = tuple(dict.fromkeys(mark for card in (into, *cards) for mark in card.marks))
        after = msgspec.structs.replace(into, marks=marks)
        if self.text.strip() not in ("", into.text):
            cards = [into, *cards]
            text = self.text.strip()
            after = msgspec.structs.replace(
                after, id=desk.new_id(), text=text, author=None, created=now, modified=None
            )
            edits = added([after])
        else:
            edits = changes([Edit(into, after)])
            if edits:
                edits = (Edit(into, msgspec.structs.replace(after, modified=now)),)
        check_card(after, desk.script, desk.catalogues)
        parked = tuple(
            Edit(card, msgspec.structs.replace(card, status="parked", modified=now)) for card in cards
        )
        joined = [_link(group, card.id, after.id, relation.id, desk) for card in cards]
        links = [link for card in cards for link in _copied(group, card.id, after.id, desk)]
        copied = _unlike(group, links, {after.id, into.id, *self.cards})
        return Deed("cards-joined", words_of(after, group), edits + parked + added([*joined, *copied]))


@dataclass(frozen=True)
class SeparateCard:
    """Let a card that was joined into another speak for itself again."""

    card: str

    def carry_out(self, group: GroupSnapshot, desk: Desk) -> Deed:
        """Raises ``UserFault`` ``record-missing``, ``round-open``, ``joining-unknown``."""
        card = present(Card, self.card, group)
        check_not_frozen(card, group, desk)
        links = group.links_from(card.id, _joining(desk).id)
        after = msgspec.structs.replace(card, status="open", modified=desk.now())
        return Deed("card-separated", words_of(card, group), (Edit(card, after), *removed(links)))


def _joining(desk: Desk) -> Relation:
    if desk.script.joining is None:
        raise UserFault("joining-unknown")
    return desk.script.joining


def _link(group: GroupSnapshot, source: str, target: str, relation: str, desk: Desk) -> Link:
    return Link(id=desk.new_id(), group=group.group.id, source=source, target=target, relation=relation)


def _copied(group: GroupSnapshot, card: str, other: str, desk: Desk) -> list[Link]:
    """Return the links of the chain that a card has, once more for another."""
    joining = desk.script.joining
    ends = [(other, link.target, link.relation) for link in group.links_from(card)]
    ends += [(link.source, other, link.relation) for link in group.links_to(card)]
    return [_link(group, *each, desk) for each in ends if joining is None or each[2] != joining.id]


def _unlike(group: GroupSnapshot, links: Iterable[Link], among: set[str]) -> list[Link]:
    """Return the links that are not there yet and do not lead from one of ``among`` to another."""
    there = {(link.source, link.target, link.relation) for link in group.links.values()}
    new = []
    for link in links:
        way = (link.source, link.target, link.relation)
        if way not in there and not {link.source, link.target} <= among:
            there.add(way)
            new.append(link)
    return new
