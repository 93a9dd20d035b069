"""The command that takes in a block of cells, as pasted into a table."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from facilitator.domain.edits import Edit, added
from facilitator.domain.records import Card, FieldValue, Link
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.script.rules import check_link
from facilitator.services.commands.cards import AddCards, ChangeCards
from facilitator.services.commands.command import Deed, Desk, present, words_of

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
