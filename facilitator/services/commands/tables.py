"""The commands on a block of cells of a table: what is pasted, and what is cleared."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from facilitator.domain.edits import Edit, added
from facilitator.domain.records import Card, FieldValue, Link
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.script.rules import check_link
from facilitator.services.commands.cards import AddCards, ChangeCards, RemoveCards
from facilitator.services.commands.command import Command, Deed, Desk, present, words_of
from facilitator.services.commands.links import SetLinks

End = str | int
"""One end of a link: a card that is there by its id, or a new one by its place among the new ones."""


@dataclass(frozen=True)
class NewCard:
    """A card to be recorded."""

    kind: str
    text: str
    fields: Mapping[str, FieldValue] = field(default_factory=dict)


@dataclass(frozen=True)
class EnterTable:
    """Change cards, record new ones and link any of them, all in one act.

    ``changes`` are new values by card id, as in :class:`ChangeCards`; ``links`` are (source, relation,
    target).
    """

    changes: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    cards: tuple[NewCard, ...] = ()
    links: tuple[tuple[End, str, End], ...] = ()

    def carry_out(self, group: GroupSnapshot, desk: Desk) -> Deed:
        """Raises what :class:`ChangeCards`, :class:`AddCards` and :class:`SetLinks` raise."""
        edits: list[Edit] = []
        for key, values in self.changes.items():
            edits += ChangeCards((key,), values).carry_out(group, desk).edits
        made: list[str] = []
        for card in self.cards:
            new = AddCards(card.kind, (card.text,), fields=card.fields).carry_out(group, desk).edits
            made.append(new[0].record.id)
            edits += new
            group = group.apply(new)
        edits += added(self._links(made, group, desk))
        reached = (edit.record for edit in edits)
        first = next((record for record in reached if isinstance(record, Card)), None)
        return Deed("table-entered", words_of(first, group) if first else "", tuple(edits))

    def _links(self, made: list[str], group: GroupSnapshot, desk: Desk) -> list[Link]:
        links = []
        for one, relation, other in self.links:
            source, target = (
                present(Card, end if isinstance(end, str) else made[end], group) for end in (one, other)
            )
            link = Link(
                id=desk.new_id(),
                group=group.group.id,
                source=source.id,
                target=target.id,
                relation=relation,
            )
            check_link(link, source, target, desk.script)
            if all(there.target != target.id for there in group.links_from(source.id, relation)):
                links.append(link)
        return links


@dataclass(frozen=True)
class ClearTable:
    """Take away cards, the links of a relation that leave a card, and values of fields, all in one act.

    ``links`` are (card, relation), ``fields`` the names of fields by card id. What comes to one kind of act
    only is called as that is.
    """

    cards: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def carry_out(self, group: GroupSnapshot, desk: Desk) -> Deed:
        """Raises what :class:`RemoveCards`, :class:`SetLinks` and :class:`ChangeCards` raise."""
        deeds = []
        for command in self._parts(group):
            deed = command.carry_out(group, desk)
            group = group.apply(deed.edits)
            deeds.append(deed)
        edits = tuple(edit for deed in deeds for edit in deed.edits)
        codes = {deed.code for deed in deeds}
        cleared = Deed("table-cleared", deeds[0].subject if deeds else "", edits)
        return cleared._replace(code=codes.pop()) if len(codes) == 1 else cleared

    def _parts(self, group: GroupSnapshot) -> Iterator[Command]:
        """Yield the acts it is made of; what belongs to a card goes with it."""
        if self.cards:
            yield RemoveCards(self.cards)
        for card, relation in self.links:
            if card not in self.cards:
                yield SetLinks(card, relation, ())
        for key, names in self.fields.items():
            if key not in self.cards:
                fields = present(Card, key, group).fields
                left = {name: value for name, value in fields.items() if name not in names}
                yield ChangeCards((key,), {"fields": left})
