"""What an organizer hands out to a moderator: the group ready to be opened, its roster and its script."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from facilitator.domain.ids import new_id
from facilitator.domain.records import AnyRecord, Event, Group, Participant, Person, timestamp
from facilitator.errors import EnvironmentFault, UserFault
from facilitator.files import check_replaceable, write_verified
from facilitator.packages import age
from facilitator.packages.bag import ROSTER_PACKAGE, SCRIPT
from facilitator.packages.envelope import SCHEMA, Envelope
from facilitator.packages.keys import PublicKey, SigningKey
from facilitator.packages.reader import (
    Package,
    claimed_id,
    read_assignment,
    read_decrypted,
    read_encrypted,
    read_package,
    read_package_file,
)
from facilitator.packages.roster import RosterFiles, RosterGroup
from facilitator.packages.signers import Grant
from facilitator.packages.verdicts import Quarantined, Refused
from facilitator.packages.writer import BuiltPackage, build_package
from facilitator.script.catalogues import load_catalogues
from facilitator.script.loader import bundled_script_source
from facilitator.services.commands import NewPerson
from facilitator.services.commands.people import register
from facilitator.services.delivery import base_name, only, verified
from facilitator.services.group_service import RosterNote
from facilitator.services.groups import create_group, open_group
from facilitator.services.home import Home
from facilitator.services.rosters import Organizer, group_record, load_roster
from facilitator.services.trust import TrustedRoster, TrustStore


@dataclass(frozen=True)
class Assigned:
    """What was handed out for a group; ``names`` is ``None`` when those stay with the organizer."""

    id: str
    principal: str
    path: Path
    participants: int
    names: Path | None


@dataclass(frozen=True)
class Assignment:
    """An assignment that holds together, and the roster it came with as this installation trusts it.

    ``names`` is the file of names beside it, ``persons`` what could be read of it.
    """

    package: Package
    files: RosterFiles
    trusted: TrustedRoster
    names: Path | None
    persons: tuple[Person, ...] = ()

    @property
    def event(self) -> Event:
        """The event the group meets at."""
        return next(each for each in self.package.records if isinstance(each, Event))

    @property
    def group(self) -> Group:
        """The group that is handed out."""
        return next(each for each in self.package.records if isinstance(each, Group))

    @property
    def participants(self) -> int:
        """How many participants are known already."""
        return sum(isinstance(each, Participant) for each in self.package.records)


def assign(
    roster: Path,
    number: int,
    path: Path,
    organizer: Organizer,
    *,
    event: str | None = None,
    moderator: str | None = None,
    people: Sequence[NewPerson] = (),
) -> Assigned:
    """Write the assignment of one group of a roster to ``path``, and its people's names beside it.

    The names go into a package of their own, for the roster's recipients and the group's moderators; where
    the roster names no recipients, they stay with the organizer. ``event`` is a code, needed where the roster
    has several events. Raises ``UserFault`` ``group-not-expected``, ``moderator-unknown``,
    ``region-unknown``, ``category-unknown``, ``file-exists``, and as :func:`load_roster` does;
    ``EnvironmentFault`` from the disk.
    """
    trusted = load_roster(roster, organizer)
    principal, expected = _expected(trusted.files, number, event)
    check_replaceable(path, roster)
    moderators = _moderators(trusted.files, principal)
    enrolled = next((grant.comment for grant in moderators if grant.comment), None)
    name = moderator or expected.moderator or enrolled
    if name is None:
        raise UserFault("moderator-unknown", principal=principal)
    group = group_record(expected, name)
    held_at = trusted.files.roster.event_of(expected)
    participants, persons = _people(people, group)
    files = {ROSTER_PACKAGE: read_package_file(roster), SCRIPT: bundled_script_source(held_at.script)}
    built = _build("assignment", principal, trusted, organizer, (held_at, group, *participants), files)
    names = None
    if persons and trusted.files.roster.recipients:
        names = names_path(path)
        check_replaceable(names)
        sealed = _build("persons", principal, trusted, organizer, persons, {})
        readers = [PublicKey(grant.key) for grant in moderators]
        write_verified(names, age.encrypt(sealed.data, trusted.files.roster.recipients, readers))
    try:
        write_verified(path, built.data)
    except EnvironmentFault:
        if names:
            names.unlink(missing_ok=True)  # they belong to an assignment that was not handed out
        raise
    return Assigned(built.id, principal, path, len(participants), names)


def _moderators(files: RosterFiles, principal: str) -> list[Grant]:
    """Return what is granted for this very group to keys that are not revoked."""
    signers = files.signers
    return [
        grant
        for grant in signers.grants
        if principal in grant.principals.split(",") and grant.key not in signers.revoked
    ]


def names_path(assignment: Path) -> Path:
    """Return where the names that go with an assignment lie."""
    return assignment.with_name(f"{assignment.name.removesuffix('.fpkg')}.persons.fpkg.age")


def inspect_assignment(path: Path, home: Home, *, digits: str | None = None) -> Assignment:
    """Verify an assignment against the roster trusted here, or else against the one it brings; keep nothing.

    ``digits`` are those of ``TrustStore.admit``. Raises ``Refused``, ``Quarantined``, and ``UserFault`` as
    ``TrustStore.admit`` does.
    """
    data = read_package_file(path)
    store = TrustStore(home)
    package = read_assignment(data, store.at)
    roster = package.bag.read(ROSTER_PACKAGE)
    trusted = store.admit_known(roster, digits=digits, keep=False)
    if trusted.id != claimed_id(io.BytesIO(roster)):  # a later version may have revoked who signed this
        package = read_package(data, trusted.files.signers, store.at)
    if package.roster is None:
        raise TypeError("an assignment brings its roster")
    names = names_path(path)
    return Assignment(package, package.roster, trusted, names if names.exists() else None)


def open_assignment(
    path: Path,
    out: Path,
    home: Home,
    *,
    digits: str | None = None,
    unlock: Callable[[], SigningKey] | None = None,
) -> Assignment:
    """Make the group's file at ``out`` from an assignment, and trust the roster it brings.

    Names beside the assignment are entered into the register where the key that ``unlock`` gives opens them.
    Raises as :func:`inspect_assignment` does, as ``unlock`` does, and ``UserFault("file-exists")``.
    """
    if out.exists():
        raise UserFault("file-exists", path=out)
    assignment = inspect_assignment(path, home, digits=digits)
    persons = _read_names(assignment, unlock()) if unlock and assignment.names else ()
    roster = assignment.trusted.files.roster
    note = RosterNote(
        organizer=assignment.trusted.organizer, version=roster.version, recipients=roster.recipients
    )
    if assignment.package.script is None:
        raise TypeError("an assignment brings its script")
    create_group(out, (*assignment.package.records, *persons), assignment.package.script, note)
    TrustStore(home).admit_known(assignment.package.bag.read(ROSTER_PACKAGE), digits=digits)
    with open_group(out) as service:
        service.back_up()
    return replace(assignment, persons=persons)


def _read_names(assignment: Assignment, key: SigningKey) -> tuple[Person, ...]:
    """Return the names beside an assignment; none where they are for others, of another group, or damaged."""
    if assignment.names is None:
        return ()
    signers = assignment.trusted.files.signers
    try:
        data = read_package_file(assignment.names)
        package = read_encrypted(data, [age.identity_of(key)], signers, datetime.now(UTC))
    except (Refused, Quarantined):
        return ()
    if package.envelope.principal != assignment.package.envelope.principal:
        return ()
    known = {each.id for each in assignment.package.records if isinstance(each, Participant)}
    return tuple(each for each in package.records if isinstance(each, Person) and each.id in known)


def _expected(files: RosterFiles, number: int, event: str | None) -> tuple[str, RosterGroup]:
    codes = [each.code for each in files.roster.events if event in (None, each.code)]
    found = [(f"{code}.g{number}", files.roster.principals.get(f"{code}.g{number}")) for code in codes]
    there = [(principal, group) for principal, group in found if group is not None]
    if len(there) != 1:
        allowed = ", ".join(files.roster.principals)
        raise UserFault("group-not-expected", number=number, allowed=allowed)
    return there[0]


def _people(people: Sequence[NewPerson], group: Group) -> tuple[tuple[Participant, ...], tuple[Person, ...]]:
    ids = iter(sorted(new_id() for _ in people))  # packages sort by id, and people keep their order
    records = register(people, group.id, load_catalogues(), lambda: next(ids))
    return (
        tuple(each for each in records if isinstance(each, Participant)),
        tuple(each for each in records if isinstance(each, Person)),
    )


def _build(
    kind: Literal["assignment", "persons"],
    principal: str,
    trusted: TrustedRoster,
    organizer: Organizer,
    records: Sequence[AnyRecord],
    files: Mapping[str, bytes],
) -> BuiltPackage:
    """Sign a package in the organizer's name and see that a reader accepts it."""
    roster, key = trusted.files.roster, organizer.key
    moment = datetime.now(UTC)
    rev = organizer.home.next_revision()
    envelope = Envelope(
        schema=SCHEMA,
        kind=kind,
        principal=principal,
        origin=organizer.origin,
        rev=rev,
        parents=(),
        clock={},
        created=timestamp(moment),
        roster_version=roster.version,
        recipients=roster.recipients if kind == "persons" else (),
    )
    built = build_package(envelope, records, key, base=base_name(f"{principal}.{kind}{rev}"), files=files)
    verified(organizer.home.folder, lambda: read_decrypted(built.data, only(key, principal), moment))
    return built
