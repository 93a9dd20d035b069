"""The roster: who may sign for which group of which event, as a signed package that anyone can read.

``allowed_signers`` and ``revoked_keys`` are OpenSSH's files; ``roster.json`` names the version, the roster it
follows, the events and groups, and whom to encrypt to. An organizer is a key that the roster itself grants
the namespace of rosters; the next version is made by one of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import msgspec

from facilitator.domain.records import Event, Id, Line, Name, check_sense, normalize
from facilitator.errors import UserFault
from facilitator.packages import canonical
from facilitator.packages.bag import ALLOWED_SIGNERS, REVOKED_KEYS, ROSTER, Bag
from facilitator.packages.envelope import PackageId, Recipient
from facilitator.packages.signer_files import within
from facilitator.packages.signers import Signers, parse_signers
from facilitator.packages.verdicts import Refused


class RosterGroup(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A group that an event expects; its id and its event's are handed out with the assignment."""

    id: Id
    event: Id
    number: Annotated[int, msgspec.Meta(ge=1, le=99)]
    theme: Name
    moderator: Line | None = None
    room: Line | None = None


class Roster(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What ``roster.json`` says. ``version`` counts from 1, ``previous`` is the id of the one before."""

    version: Annotated[int, msgspec.Meta(ge=1, lt=2**53)]
    events: Annotated[tuple[Event, ...], msgspec.Meta(min_length=1)]
    groups: tuple[RosterGroup, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    previous: PackageId | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the events."""
        return tuple(event.code for event in self.events)

    @property
    def principal(self) -> str:
        """The name the roster itself stands under: ``<code of its first event>.roster``."""
        return f"{self.events[0].code}.roster"

    def event_of(self, group: RosterGroup) -> Event:
        """Return the event a group belongs to."""
        return next(event for event in self.events if event.id == group.event)

    @property
    def principals(self) -> Mapping[str, RosterGroup]:
        """The expected groups by the name their packages stand under, such as ``skfo-2018.g3``."""
        return {f"{self.event_of(group).code}.g{group.number}": group for group in self.groups}


@dataclass(frozen=True)
class RosterFiles:
    """The three files of a roster: what they say, and the two of OpenSSH as they stand."""

    roster: Roster
    signers: Signers
    allowed_signers: bytes
    revoked_keys: bytes

    def payload(self) -> dict[str, bytes]:
        """Return the files by their names in the bag."""
        return {
            ALLOWED_SIGNERS: self.allowed_signers,
            REVOKED_KEYS: self.revoked_keys,
            ROSTER: canonical.encode_lines([msgspec.to_builtins(self.roster)]),
        }


def roster_files(roster: Roster, allowed_signers: str, revoked_keys: str) -> RosterFiles:
    """Put a roster together. Raises ``ValueError`` for lines OpenSSH would not read."""
    allowed, revoked = allowed_signers.encode(), revoked_keys.encode()
    return _files(roster, allowed, revoked)


def _files(roster: Roster, allowed: bytes, revoked: bytes) -> RosterFiles:
    signers = within(parse_signers(allowed, revoked), frozenset(roster.codes))
    return RosterFiles(roster, signers, allowed, revoked)


def read_roster_files(bag: Bag) -> RosterFiles:
    """Read the files of a roster package whose hashes have been checked.

    Raises ``Refused`` as ``canonical.decode_lines`` does, and ``roster-invalid`` with the ``problem``.
    """
    allowed, revoked = bag.read(ALLOWED_SIGNERS), bag.read(REVOKED_KEYS)
    lines = list(canonical.decode_lines(bag.read(ROSTER)))
    if len(lines) != 1:
        raise Refused("roster-invalid", problem="not one line")
    try:
        roster = msgspec.convert(normalize(lines[0]), Roster)
        check_roster(roster)
        return _files(roster, allowed, revoked)
    except (ValueError, UserFault) as error:
        problem = error.facts.get("problem") if isinstance(error, UserFault) else str(error)
        raise Refused("roster-invalid", problem=problem) from None


def check_roster(roster: Roster) -> None:
    """Check that events and groups belong together.

    Raises ``ValueError`` with the problem, ``UserFault`` as ``check_sense`` does.
    """
    for event in roster.events:
        check_sense(event)
    ids = [event.id for event in roster.events] + [group.id for group in roster.groups]
    if not {group.event for group in roster.groups} <= {event.id for event in roster.events}:
        raise ValueError("a group belongs to no event")
    repeated = any(len(set(keys)) != len(keys) for keys in (roster.codes, ids))
    if repeated or len(roster.principals) != len(roster.groups):
        raise ValueError("an event or a group stands twice")
