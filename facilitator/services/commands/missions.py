"""The command on what people write for themselves: its author agrees to publish it, or takes that back."""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from facilitator.domain.edits import Edit
from facilitator.domain.records import Card, Participant
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.errors import UserFault
from facilitator.services.commands.command import Deed, Desk, present

_ACTS: Mapping[bool, str] = {True: "publishing-agreed", False: "publishing-withdrawn"}


@dataclass(frozen=True)
class AgreeToPublish:
    """Record that the author of a personal text agrees to its publication, or no longer does.

    The act is named by the author alone, as it stands in the log of acts.
    """

    card: str
    agreed: bool = True

    def carry_out(self, group: GroupSnapshot, desk: Desk) -> Deed:
        """Raises ``UserFault`` ``record-missing``, ``not-personal``, and ``author-missing`` where nobody has
        been named who could agree."""
        card = present(Card, self.card, group)
        if not desk.script.card_kind(card.kind).private:
            raise UserFault("not-personal")
        if card.author is None:
            raise UserFault("author-missing")
        author = present(Participant, card.author, group)
        after = msgspec.structs.replace(card, private=not self.agreed, modified=desk.now())
        edits = (Edit(card, after),) if card.private == self.agreed else ()
        return Deed(_ACTS[self.agreed], author.label, edits)
