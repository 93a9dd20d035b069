"""The command that links cards along the chain."""

from dataclasses import dataclass

from facilitator.domain.edits import added, removed
from facilitator.domain.records import Card, Link
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.script.rules import check_link
from facilitator.services.commands.command import Deed, Desk, present, shortened


@dataclass(frozen=True)
class SetLinks:
    """Make the links of one relation that leave a card lead to exactly these targets."""

    source: str
    relation: str
    targets: tuple[str, ...]

    def carry_out(self, group: GroupSnapshot, desk: Desk) -> Deed:
        """Raises ``UserFault`` ``record-missing``, ``relation-unknown``, ``relation-mismatch``."""
        source = present(Card, self.source, group)
        old = group.links_from(source.id, self.relation)
        linked = {link.target for link in old}
        new = []
        for key in dict.fromkeys(self.targets):
            target = present(Card, key, group)
            link = Link(
                id=desk.new_id(), group=group.group.id, source=source.id, target=key, relation=self.relation
            )
            check_link(link, source, target, desk.script)
            if key not in linked:
                new.append(link)
        gone = [link for link in old if link.target not in self.targets]
        return Deed("links-set", shortened(source.text), removed(gone) + added(new))
