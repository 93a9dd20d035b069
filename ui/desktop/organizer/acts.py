"""What an organizer does, on the worker's thread: each slow import waits until it is needed there."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from facilitator.domain.records import timestamp
from facilitator.errors import Fault, UserFault
from facilitator.script.catalogues import Session, load_catalogues
from facilitator.script.loader import bundled_script_ids
from facilitator.services.home import Home
from ui.desktop.organizer.roster_view import (
    ExpectedGroup,
    HeldRoster,
    Holder,
    OpenRoster,
    OwnKey,
    Validity,
)
from ui.messages import PASSPHRASE_CODES

if TYPE_CHECKING:
    from facilitator.packages.keys import PublicKey, SigningKey
    from facilitator.packages.requests import Request
    from facilitator.packages.signers import Grant
    from facilitator.services.assignments import Assigned
    from facilitator.services.commands import NewPerson
    from facilitator.services.recipients import RecipientPair
    from facilitator.services.rosters import Organizer
    from facilitator.services.trust import TrustedRoster


class NotRead(NamedTuple):
    """A file that was to hold a request, and why it does not."""

    path: Path
    fault: Fault


def event_code(session: Session) -> str:
    """Return the code that the groups of a session stand under, such as ``skfo-2018``."""
    return f"{session.id}-{session.starts[:4]}"


def find_key(home: Home) -> OwnKey | None:
    """Return this installation's key, unlocked where no passphrase has to be typed; ``None`` without one.

    Raises ``UserFault`` ``key-unreadable``, ``key-not-ed25519``.
    """
    from facilitator.services.identity import own_key, unlock  # noqa: PLC0415  cryptography is slow to import

    if not home.key_path.exists():
        return None
    key = own_key(home)
    try:
        return OwnKey(key.fingerprint, key.digits, unlock(home))
    except UserFault as fault:
        if fault.code not in PASSPHRASE_CODES:
            raise
        return OwnKey(key.fingerprint, key.digits, None)


def unlock_key(home: Home, passphrase: str | None) -> "SigningKey":
    """Unlock this installation's key. Raises as ``load_key`` does."""
    from facilitator.services.identity import unlock  # noqa: PLC0415

    return unlock(home, passphrase)


def organizer_of(home: Home, key: "SigningKey") -> "Organizer":
    """Return who signs."""
    from facilitator.services.rosters import Organizer  # noqa: PLC0415

    return Organizer(key, home)


def held_rosters(home: Home) -> tuple[HeldRoster, ...]:
    """Return the rosters that are trusted here. Raises ``UserFault("trust-damaged")``."""
    from facilitator.packages.sshsig import ROSTER_NAMESPACE  # noqa: PLC0415
    from facilitator.services.identity import own_key  # noqa: PLC0415
    from facilitator.services.trust import TrustStore  # noqa: PLC0415

    own = own_key(home).raw
    paths = home.roster_files()
    return tuple(
        HeldRoster(
            principal=held.files.roster.principal,
            events=held.files.roster.events,
            version=held.files.roster.version,
            changeable=held.files.signers.covers(own, ROSTER_NAMESPACE),
            path=paths.get(held.files.roster.principal),
        )
        for held in TrustStore(home).rosters()
    )


def open_roster(home: Home, path: Path) -> OpenRoster:
    """Read a roster that the key of this installation may change; any other is not trusted for that.

    Raises ``UserFault("not-organizer")``, and as ``TrustStore.admit`` and ``read_package_file`` do.
    """
    from facilitator.packages.reader import read_package_file  # noqa: PLC0415
    from facilitator.packages.sshsig import ROSTER_NAMESPACE  # noqa: PLC0415
    from facilitator.services.identity import own_key  # noqa: PLC0415
    from facilitator.services.trust import TrustStore  # noqa: PLC0415

    data = read_package_file(path)
    store, own = TrustStore(home), own_key(home)
    trusted = store.admit(data, keep=False)
    if not trusted.files.signers.covers(own.raw, ROSTER_NAMESPACE):
        raise UserFault("not-organizer", fingerprint=own.fingerprint)
    return opened(path, store.admit(data), own)


def restore_roster(home: Home, principal: str, path: Path) -> OpenRoster:
    """Write the copy of a roster that is trusted here to ``path``, where its file is gone, and open it.

    Raises ``UserFault("file-exists")``, ``EnvironmentFault`` from the disk, and as :func:`open_roster` does.
    """
    from facilitator.files import check_replaceable, write_verified  # noqa: PLC0415
    from facilitator.packages.reader import read_package_file  # noqa: PLC0415

    data = read_package_file(home.rosters_folder / f"{principal}.fpkg")
    check_replaceable(path)
    write_verified(path, data)
    return open_roster(home, path)


def opened(path: Path, trusted: "TrustedRoster", own: "PublicKey") -> OpenRoster:
    """Return a roster as the pages see it."""
    files = trusted.files
    holders = [_holder(grant, files.signers.revoked, own) for grant in files.signers.grants]
    groups = files.roster.principals
    return OpenRoster(
        path=path,
        name=files.roster.principal,
        id=trusted.id,
        version=files.roster.version,
        events=files.roster.events,
        recipients=files.roster.recipients,
        digits=trusted.digits,
        first_use=trusted.first_use and trusted.organizer != own.fingerprint,
        groups=tuple(
            ExpectedGroup(
                principal=principal,
                number=group.number,
                theme=group.theme,
                event=files.roster.event_of(group),
                moderator=group.moderator,
                holders=tuple(holder for holder in holders if principal in holder.principals),
            )
            for principal, group in groups.items()
        ),
        others=tuple(holder for holder in holders if not set(holder.principals) <= set(groups)),
    )


def _holder(grant: "Grant", revoked: frozenset[bytes], own: "PublicKey") -> Holder:
    from facilitator.packages.keys import PublicKey  # noqa: PLC0415
    from facilitator.packages.sshsig import ROSTER_NAMESPACE  # noqa: PLC0415

    key = PublicKey(grant.key)
    return Holder(
        name=grant.comment,
        key=key,
        fingerprint=key.fingerprint,
        digits=key.digits,
        principals=tuple(grant.principals.split(",")),
        validity=Validity(_moment(grant.valid_after), _moment(grant.valid_before)),
        revoked=grant.key in revoked,
        organizer=grant.covers(ROSTER_NAMESPACE),
        own=key == own,
    )


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def start_roster(
    organizer: "Organizer",
    path: Path,
    session: Session,
    groups: Sequence[tuple[int, str]],
    recipients: Sequence[str],
) -> "TrustedRoster":
    """Write version 1 of the roster of a session; ``groups`` are numbers and themes.

    Raises as ``rosters.start_roster`` does.
    """
    from facilitator.services import rosters  # noqa: PLC0415

    plan = rosters.EventPlan(
        code=event_code(session),
        script=bundled_script_ids()[0],
        district=session.id,
        city=session.city,
        starts=session.starts,
        ends=session.ends,
        groups=tuple(rosters.PlannedGroup(number=number, theme=theme) for number, theme in groups),
    )
    return rosters.start_roster(path, [plan], organizer, recipients)


def check_recipients(recipients: Sequence[str]) -> None:
    """Check whom names are to be encrypted to; nobody need be named yet.

    Raises as ``age.check_recipients`` does.
    """
    from facilitator.packages import age  # noqa: PLC0415  pyrage is slow to import

    if recipients:
        age.check_recipients(recipients)


def make_recipient(secret: Path) -> "RecipientPair":
    """Make a pair for encryption. Raises as ``make_recipient_pair`` does."""
    from facilitator.services.recipients import make_recipient_pair  # noqa: PLC0415  pyrage is slow to import

    return make_recipient_pair(secret)


def read_requests(paths: Sequence[Path]) -> "tuple[Request | NotRead, ...]":
    """Read requests from files; a bad one does not stop the rest."""
    return tuple(_read_request(path) for path in paths)


def _read_request(path: Path) -> "Request | NotRead":
    from facilitator.packages.requests import MAX_REQUEST, read_request  # noqa: PLC0415

    try:
        with path.open("rb") as file:
            return read_request(file.read(MAX_REQUEST + 1))
    except OSError as error:
        return NotRead(path, UserFault("request-unsound", problem=error.strerror))
    except UserFault as fault:
        return NotRead(path, fault)


def read_pasted_request(text: str) -> "tuple[Request, ...]":
    """Read the one request that was pasted; a messenger may have broken it into lines.

    Raises ``UserFault("request-unsound")``.
    """
    from facilitator.packages.requests import read_request  # noqa: PLC0415

    return (read_request("".join(text.splitlines()).encode()),)


def enrol(
    organizer: "Organizer", path: Path, request: "Request", principal: str | None, validity: Validity
) -> "TrustedRoster":
    """Let a key sign for a group or, by the code of an event, for all of it; ``None`` makes an organizer.

    Raises as ``rosters.grant`` and ``rosters.grant_organizer`` do.
    """
    from facilitator.services import rosters  # noqa: PLC0415

    if principal is None:
        return rosters.grant_organizer(path, request, organizer)
    return rosters.grant(path, request, [principal], organizer, since=validity.since, until=validity.until)


def change_validity(
    organizer: "Organizer", path: Path, holder: Holder, validity: Validity
) -> "TrustedRoster":
    """Say anew from when until when a key counts. Raises as ``rosters.grant`` does."""
    from facilitator.packages.requests import Request  # noqa: PLC0415
    from facilitator.services import rosters  # noqa: PLC0415

    again = Request(holder.name, holder.key, timestamp(datetime.now(UTC)))
    return rosters.grant(
        path, again, holder.principals, organizer, since=validity.since, until=validity.until
    )


def revoke(organizer: "Organizer", path: Path, fingerprint: str) -> "TrustedRoster":
    """Refuse from now on what a key has signed. Raises as ``rosters.revoke`` does."""
    from facilitator.services import rosters  # noqa: PLC0415

    return rosters.revoke(path, fingerprint, organizer)


def set_recipients(organizer: "Organizer", path: Path, recipients: Sequence[str]) -> "TrustedRoster":
    """Name whom names are encrypted to. Raises as ``rosters.set_recipients`` does."""
    from facilitator.services import rosters  # noqa: PLC0415

    return rosters.set_recipients(path, recipients, organizer)


def read_people(path: Path) -> "tuple[NewPerson, ...]":
    """Read the participants of a group from Excel. Raises as ``read_register`` does."""
    from exports.excel.register import read_register  # noqa: PLC0415  openpyxl is slow to import

    return read_register(path, load_catalogues())


def assign(
    organizer: "Organizer",
    roster: Path,
    group: ExpectedGroup,
    path: Path,
    moderator: str | None,
    people: "Sequence[NewPerson]" = (),
) -> "Assigned":
    """Write the assignment of a group. Raises as ``assignments.assign`` does."""
    from facilitator.services import assignments  # noqa: PLC0415

    return assignments.assign(
        roster, group.number, path, organizer, event=group.event.code, moderator=moderator, people=people
    )
