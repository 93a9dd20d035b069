"""Commands on the group's people: the register of names and the participants shown by label."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import msgspec

from facilitator.domain.edits import Edit, added, removed
from facilitator.domain.records import Participant, Person
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.errors import UserFault
from facilitator.script.catalogues import Catalogues
from facilitator.script.rules import check_group, check_participant
from facilitator.services.commands.command import Deed, Desk, changes, present

LABEL = "Участник {number}"
"""The label of a participant everywhere but in the register; a contract of the records, not a translated
text."""


@dataclass(frozen=True)
class NewPerson:
    """One line of the register; every part may be missing."""

    name: str = ""
    organization: str = ""
    contact: str = ""
    region: str | None = None
    category: str | None = None


def register(
    people: Iterable[NewPerson], group: str, catalogues: Catalogues, new_id: Callable[[], str], last: int = 0
) -> tuple[Participant | Person, ...]:
    """Return the records of new people, «Участник N» from ``last`` + 1 on; who has no name is a label only.

    Raises ``UserFault`` ``region-unknown``, ``category-unknown``.
    """
    records: list[Participant | Person] = []
    for number, person in enumerate(people, last + 1):
        participant = Participant(
            id=new_id(),
            group=group,
            label=LABEL.format(number=number),
            region=person.region,
            category=person.category,
        )
        check_participant(participant, catalogues)
        records.append(participant)
        if person.name.strip():
            records.append(_person(participant.id, person))
    return tuple(records)


@dataclass(frozen=True)
class AddPeople:
    """Enter people into the register; each becomes the next «Участник N»."""

    people: tuple[NewPerson, ...]

    def carry_out(self, group: GroupSnapshot, desk: Desk) -> Deed:
        """Raises ``UserFault`` ``region-unknown``, ``category-unknown``."""
        last = _last_number(group)
        records = register(self.people, group.group.id, desk.catalogues, desk.new_id, last)
        return Deed("people-added", str(len(self.people)), added(records))


@dataclass(frozen=True)
class ChangePerson:
    """Change a participant's region and category, and the name and contacts behind the label."""

    participant: str
    details: NewPerson
    consent: bool = False

    def carry_out(self, group: GroupSnapshot, desk: Desk) -> Deed:
        """Raises ``UserFault`` ``record-missing``, ``region-unknown``, ``category-unknown``."""
        participant = present(Participant, self.participant, group)
        after = msgspec.structs.replace(
            participant, region=self.details.region, category=self.details.category
        )
        check_participant(after, desk.catalogues)
        before = group.persons.get(participant.id)
        person = None
        if self.details.name.strip():
            person = msgspec.structs.replace(
                _person(participant.id, self.details),
                position=before and before.position,
                consent=self.consent,
            )
        edits = [Edit(participant, after)] + ([Edit(before, person)] if before or person else [])
        return Deed("person-changed", participant.label, changes(edits))


@dataclass(frozen=True)
class RemovePerson:
    """Take a participant out of the register. Their statements stay, without an author."""

    participant: str

    def carry_out(self, group: GroupSnapshot, desk: Desk) -> Deed:
        """Raises ``UserFault`` ``record-missing``, ``person-has-voted``."""
        participant = present(Participant, self.participant, group)
        if any(vote.participant == participant.id for vote in group.votes.values()):
            raise UserFault("person-has-voted", label=participant.label)
        cards = tuple(
            Edit(card, msgspec.structs.replace(card, author=None))
            for card in group.cards.values()
            if card.author == participant.id
        )
        person = group.persons.get(participant.id)
        gone = removed([person, participant] if person else [participant])
        return Deed("person-removed", participant.label, cards + gone)


@dataclass(frozen=True)
class WithdrawConsent:
    """Take the name and contacts of a participant out of the register; what they said stays, under the label.

    Packages that were made before stay as they are: none of them holds names but those for persons, and the
    next of those is without this one.
    """

    participant: str

    def carry_out(self, group: GroupSnapshot, desk: Desk) -> Deed:
        """Raises ``UserFault("record-missing")`` also where there is no name to take out."""
        participant = present(Participant, self.participant, group)
        return Deed("consent-withdrawn", participant.label, removed([present(Person, participant.id, group)]))


@dataclass(frozen=True)
class ChangeGroup:
    """Change the group's own details: moderator, room, theme, number."""

    values: Mapping[str, object]

    def carry_out(self, group: GroupSnapshot, desk: Desk) -> Deed:
        """Raises ``UserFault("theme-unknown")``."""
        after = msgspec.structs.replace(group.group, **self.values)
        check_group(after, desk.catalogues)
        return Deed("group-changed", "", changes([Edit(group.group, after)]))


def _person(key: str, details: NewPerson) -> Person:
    return Person(
        id=key,
        name=details.name.strip(),
        organization=details.organization.strip() or None,
        contact=details.contact.strip() or None,
    )


def _last_number(group: GroupSnapshot) -> int:
    numbers = (each.label.rsplit(" ", 1)[-1] for each in group.participants.values())
    return max((int(number) for number in numbers if number.isdecimal()), default=0)
