"""Commands on cards: record, change, remove."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import msgspec

from facilitator.domain.edits import Edit, added, removed
from facilitator.domain.records import Card, FieldValue, Link
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.errors import UserFault
from facilitator.script.rules import check_card, check_link
from facilitator.services.commands.command import Deed, Desk, changes, present, shortened, words_of
from facilitator.services.commands.rounds import check_not_frozen

_CODES: Mapping[str, str] = {
    "text": "card-edited",
    "status": "card-status-set",
    "private": "card-privacy-set",
    "cluster": "card-clustered",
    "marks": "card-marked",
    "author": "card-author-set",
    "fields": "card-details-set",
    "position": "card-moved",
}
_FROZEN = frozenset({"text", "status"})
"""What of a card may not change while the group votes on it."""


@dataclass(frozen=True)
class AddCards:
    """Record statements of one kind, in the order given; ``links`` are (relation, target card id) of each."""

    kind: str
    texts: tuple[str, ...]
    author: str | None = None
    cluster: str | None = None
    fields: Mapping[str, FieldValue] = field(default_factory=dict)
    marks: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    private: bool | None = None

    def carry_out(self, group: GroupSnapshot, desk: Desk) -> Deed:
        """Raises ``UserFault`` ``kind-unknown``, ``text-empty``, ``text-too-long``, ``card-single``."""
        kind = desk.script.card_kind(self.kind)
        there = group.cards_of(self.kind)
        if kind.single and len(there) + len(self.texts) > 1:
            raise UserFault("card-single", field="kind", kind=self.kind)
        position = there[-1].position + 1 if there else 0
        cards = []
        for place, text in enumerate(self.texts):
            card = Card(
                id=desk.new_id(),
                group=group.group.id,
                kind=self.kind,
                text=text.strip(),
                author=self.author,
                cluster=self.cluster,
                fields=dict(self.fields),
                marks=self.marks,
                position=position + place,
                created=desk.now(),
                private=kind.private if self.private is None else self.private,
            )
            check_card(card, desk.script, desk.catalogues)
            cards.append(card)
        links = [link for card in cards for link in links_of(card, self.links, group, desk)]
        return Deed("card-added", words_of(cards[0], group) if cards else "", added([*cards, *links]))


@dataclass(frozen=True)
class ChangeCards:
    """Give the same new values to one or more cards; ``values`` are fields of :class:`Card`.

    A personal text that was published is private again once its words or its author change: what was agreed
    to is something else, or somebody else agreed.
    """

    cards: tuple[str, ...]
    values: Mapping[str, object]

    def carry_out(self, group: GroupSnapshot, desk: Desk) -> Deed:
        """Raises ``UserFault`` ``record-missing``, ``round-open`` and what :func:`check_card` raises."""
        values = dict(self.values)
        if isinstance(values.get("text"), str):
            values["text"] = str(values["text"]).strip()
        edits = []
        subject = ""
        for key in self.cards:
            card = present(Card, key, group)
            if not values.keys().isdisjoint(_FROZEN):
                check_not_frozen(card, group, desk)
            after = msgspec.structs.replace(card, **values)
            reworded = (after.text, after.author) != (card.text, card.author)
            if reworded and desk.script.card_kind(card.kind).private:
                after = msgspec.structs.replace(after, private=True)
            check_card(after, desk.script, desk.catalogues)
            if after != card:
                edits.append(Edit(card, msgspec.structs.replace(after, modified=desk.now())))
            subject = subject or words_of(card, group)
        return Deed(_CODES[next(iter(self.values))], subject, tuple(edits))


@dataclass(frozen=True)
class RemoveCards:
    """Take cards away, with their links and votes."""

    cards: tuple[str, ...]

    def carry_out(self, group: GroupSnapshot, desk: Desk) -> Deed:
        """Raises ``UserFault`` ``record-missing``, ``round-open``."""
        cards = [present(Card, key, group) for key in self.cards]
        for card in cards:
            check_not_frozen(card, group, desk)
        gone = set(self.cards)
        links = [link for link in group.links.values() if {link.source, link.target} & gone]
        votes = [vote for vote in group.votes.values() if vote.card in gone]
        return Deed(
            "card-removed", words_of(cards[0], group) if cards else "", removed([*links, *votes, *cards])
        )


@dataclass(frozen=True)
class WriteText:
    """Write the one card of a kind, such as the mission or the image: made at first, changed later.

    ``links`` are (relation, target card id) that the text has from now on besides those it has: the sources
    whose words were just inserted.
    """

    kind: str
    text: str
    links: tuple[tuple[str, str], ...] = ()

    def carry_out(self, group: GroupSnapshot, desk: Desk) -> Deed:
        """Raises what :class:`AddCards` and :class:`ChangeCards` raise; an empty text removes the card."""
        there = group.cards_of(self.kind)
        if not there and not self.text.strip():
            return Deed("text-written", "", ())
        if not there:
            deed = AddCards(self.kind, (self.text,), links=self.links).carry_out(group, desk)
        elif not self.text.strip():
            deed = RemoveCards((there[0].id,)).carry_out(group, desk)
        else:
            deed = ChangeCards((there[0].id,), {"text": self.text}).carry_out(group, desk)
            deed = deed._replace(edits=deed.edits + self._new_links(there[0], group, desk))
        if self.links:
            source = words_of(present(Card, self.links[0][1], group), group)
            return Deed("source-inserted", source, changes(deed.edits))
        return Deed("text-written", shortened(self.text), changes(deed.edits))

    def _new_links(self, card: Card, group: GroupSnapshot, desk: Desk) -> tuple[Edit, ...]:
        there = {(link.relation, link.target) for link in group.links_from(card.id)}
        new = tuple(link for link in self.links if link not in there)
        return added(links_of(card, new, group, desk))


def links_of(card: Card, links: Iterable[tuple[str, str]], group: GroupSnapshot, desk: Desk) -> list[Link]:
    """Return new links of a card, from (relation, target card id).

    Raises ``UserFault`` ``record-missing``, ``relation-unknown``, ``relation-mismatch``.
    """
    made = []
    for relation, target_id in links:
        target = present(Card, target_id, group)
        link = Link(
            id=desk.new_id(), group=group.group.id, source=card.id, target=target.id, relation=relation
        )
        check_link(link, card, target, desk.script)
        made.append(link)
    return made
