"""The command that links cards along the chain."""

from dataclasses import dataclass

from facilitator.domain.edits import added, removed
from facilitator.domain.records import Card, Link
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.script.rules import check_link
from facilitator.services.commands.cards import AddCards
from facilitator.services.commands.command import Deed, Desk, present, words_of


@dataclass(frozen=True)
class SetLinks:
    """Make the links of one relation that leave a card lead to exactly these targets.

    ``made`` are the texts of targets that are not there yet: they are recorded in the same act, as cards of
    the first kind that the relation leads to.
    """

    source: str
    relation: str
    targets: tuple[str, ...]
    made: tuple[str, ...] = ()

    def carry_out(self, group: GroupSnapshot, desk: Desk) -> Deed:
        """Raises ``UserFault`` ``record-missing``, ``relation-unknown``, ``relation-mismatch``, and what
        :class:`AddCards` raises of what is made."""
        source = present(Card, self.source, group)
        kind = desk.script.relation(self.relation).targets[0]
        made = AddCards(kind, self.made).carry_out(group, desk)
        group = group.apply(made.edits)
        old = group.links_from(source.id, self.relation)
        linked = {link.target for link in old}
        new = []
        for key in dict.fromkeys((*self.targets, *(edit.record.id for edit in made.edits))):
            target = present(Card, key, group)
            link = Link(
                id=desk.new_id(), group=group.group.id, source=source.id, target=key, relation=self.relation
            )
            check_link(link, source, target, desk.script)
            if key not in linked:
                new.append(link)
        gone = [link for link in old if link.target not in self.targets]
        if made.edits:
            return Deed("target-added", made.subject, made.edits + removed(gone) + added(new))
        return Deed("links-set", words_of(source, group), removed(gone) + added(new))
