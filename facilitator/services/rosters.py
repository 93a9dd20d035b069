"""An organizer's acts on a roster. Each is signed and makes the next version; the one before stays named."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from facilitator.domain.ids import new_id
from facilitator.domain.records import (
    AnyRecord,
    Event,
    Group,
    Id,
    Line,
    Name,
    decode_record,
    encode_record,
    timestamp,
)
from facilitator.errors import EnvironmentFault, UserFault
from facilitator.files import check_replaceable, write_verified
from facilitator.packages import age
from facilitator.packages.envelope import SCHEMA, Envelope, Origin
from facilitator.packages.keys import PublicKey, SigningKey
from facilitator.packages.reader import read_package_file, read_roster
from facilitator.packages.requests import Request
from facilitator.packages.roster import Roster, RosterGroup, check_roster, roster_files
from facilitator.packages.signer_files import grant_line
from facilitator.packages.signers import Grant, matches, parse_grant
from facilitator.packages.sshsig import PACKAGE_NAMESPACE, ROSTER_NAMESPACE, fingerprint
from facilitator.packages.writer import build_package
from facilitator.script.catalogues import Catalogues, load_catalogues
from facilitator.script.rules import check_event, check_group
from facilitator.services.delivery import base_name, verified
from facilitator.services.home import Home
from facilitator.services.trust import TrustedRoster, TrustStore

_PATTERN = re.compile(r"[a-z0-9.*?-]{1,64}")


class PlannedGroup(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A group as the file of an event names it."""

    number: int
    theme: Name
    moderator: Line | None = None
    room: Line | None = None
    id: Id | None = None


class EventPlan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file of an event: what is held where and when, and which groups meet.

    ``dates`` are the first and the last day, another way to write ``starts`` and ``ends``.
    """

    code: str
    script: str
    district: str
    city: str
    starts: str | None = None
    ends: str | None = None
    dates: tuple[str, str] | None = None
    venue: str | None = None
    title: str | None = None
    id: str | None = None
    groups: tuple[PlannedGroup, ...] = ()


@dataclass(frozen=True)
class Organizer:
    """Who changes rosters: the key, and the installation that remembers the newest version."""

    key: SigningKey
    home: Home

    @property
    def origin(self) -> Origin:
        """Who signs as which installation: an organizer's packages are counted apart from a group's there."""
        return Origin(key=self.key.fingerprint, replica=f"{self.home.replica()}-organizer")


def read_plan(path: Path) -> EventPlan:
    """Read the file of an event.

    Raises ``UserFault`` ``file-missing``, ``event-invalid`` with the ``problem``.
    """
    try:
        return msgspec.json.decode(path.read_bytes().removeprefix(b"\xef\xbb\xbf"), type=EventPlan)
    except FileNotFoundError:
        raise UserFault("file-missing", path=path) from None
    except OSError as error:
        raise EnvironmentFault("cannot-open", path=path, reason=error.strerror) from None
    except UnicodeDecodeError as error:
        raise UserFault("not-utf8", path=path, position=error.start) from None
    except msgspec.DecodeError as error:
        raise UserFault("event-invalid", problem=str(error)) from None


@dataclass(frozen=True)
class _Draft:
    """A roster before it is signed: what it says, and the lines of its two files of keys."""

    roster: Roster
    granted: tuple[str, ...]
    revoked: tuple[str, ...] = ()


def start_roster(
    path: Path,
    plans: Iterable[EventPlan],
    organizer: Organizer,
    recipients: Sequence[str] = (),
    *,
    digits: str | None = None,
) -> TrustedRoster:
    """Write version 1 of a roster, in which the organizer's own key is the only one.

    ``digits`` are those of the organizer's new key where the old one was lost: the events have a roster here
    already, and this one takes its place. Raises ``UserFault`` ``file-exists``, ``event-invalid``,
    ``event-field-invalid``, ``organizer-changed``, ``recipient-invalid``, ``recipients-too-few``, and what
    the catalogues do not know; ``EnvironmentFault`` from the disk.
    """
    if path.exists():
        raise UserFault("file-exists", path=path)
    events, groups = _expect(plans)
    roster = Roster(version=1, events=events, groups=groups, recipients=_recipients(recipients))
    name = organizer.home.settings()["name"] or "organizer"
    line = grant_line(_organizer_grant(roster, organizer.key.public, name))
    return _write(path, _Draft(roster, (line,)), organizer, digits)


def set_events(path: Path, plans: Iterable[EventPlan], organizer: Organizer) -> TrustedRoster:
    """Correct the events and groups of a roster; those that go on keep the ids they were handed out with.

    Who may sign stays as it is. Raises ``UserFault`` ``event-invalid``, ``event-field-invalid``, what the
    catalogues do not know, and as :func:`load_roster` does.
    """
    plans = tuple(plans)

    def change(draft: _Draft) -> _Draft:
        events, groups = _expect(plans, draft.roster)
        if events[0].code != draft.roster.codes[0]:
            raise UserFault("event-invalid", problem="the first event is another one")
        return replace(draft, roster=msgspec.structs.replace(draft.roster, events=events, groups=groups))

    return _change(path, organizer, change)


def grant(
    path: Path,
    request: Request,
    principals: Sequence[str],
    organizer: Organizer,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> TrustedRoster:
    """Let the key of a request sign for groups, such as ``skfo-2018.g3``; dates may bound it.

    The code of an event means all its groups and what a lead signs for it, as ``skfo-2018.*`` does. What was
    granted to the key for the same groups before is replaced. Raises ``UserFault`` ``principal-invalid``,
    ``validity-reversed``, ``key-revoked-before``, and as :func:`load_roster` does.
    """
    if since and until and until <= since:
        raise UserFault("validity-reversed", since=timestamp(since), until=timestamp(until))
    codes = load_roster(path, organizer).files.roster.codes
    wanted = Grant(
        key=request.key.raw,
        principals=",".join(f"{each}.*" if each in codes else each for each in principals),
        namespaces=PACKAGE_NAMESPACE,
        valid_after=None if since is None else int(since.timestamp()),
        valid_before=None if until is None else int(until.timestamp()),
        comment=request.name,
    )

    def change(draft: _Draft) -> _Draft:
        _check_principals(wanted, draft.roster)
        return _with_grant(draft, wanted)

    return _change(path, organizer, change)


def grant_organizer(path: Path, request: Request, organizer: Organizer) -> TrustedRoster:
    """Let the key of a request make rosters too: for a colleague, or for a new key of one's own.

    Raises ``UserFault("key-revoked-before")``, and as :func:`load_roster` does.
    """
    return _change(
        path,
        organizer,
        lambda draft: _with_grant(draft, _organizer_grant(draft.roster, request.key, request.name)),
    )


def revoke(path: Path, key: str, organizer: Organizer) -> TrustedRoster:
    """Refuse from now on all that the key with this fingerprint has signed or will sign.

    Raises ``UserFault`` ``key-not-granted``, ``own-key``, and as :func:`load_roster` does.
    """

    def change(draft: _Draft) -> _Draft:
        known = {fingerprint(each.key): each.key for each in map(parse_grant, draft.granted) if each}
        if key not in known:
            raise UserFault("key-not-granted", fingerprint=key)
        if known[key] == organizer.key.public.raw:
            raise UserFault("own-key", fingerprint=key)
        return replace(draft, revoked=tuple(dict.fromkeys((*draft.revoked, PublicKey(known[key]).line))))

    return _change(path, organizer, change)


def set_recipients(path: Path, recipients: Sequence[str], organizer: Organizer) -> TrustedRoster:
    """Name whom names and contacts are encrypted to: the lead and a recovery key at least.

    Raises ``UserFault`` ``recipient-invalid``, ``recipients-too-few``, and as :func:`load_roster` does.
    """
    named = age.check_recipients(recipients)
    return _change(
        path,
        organizer,
        lambda draft: replace(draft, roster=msgspec.structs.replace(draft.roster, recipients=named)),
    )


def load_roster(path: Path, organizer: Organizer) -> TrustedRoster:
    """Read the newest version of a roster that this organizer may change.

    Raises ``UserFault("not-organizer")``, and as ``TrustStore.admit`` and ``read_package_file`` do.
    """
    trusted = TrustStore(organizer.home).admit(read_package_file(path), keep=False)
    if not trusted.files.signers.covers(organizer.key.public.raw, ROSTER_NAMESPACE):
        raise UserFault("not-organizer", fingerprint=organizer.key.fingerprint)
    return trusted


def _change(path: Path, organizer: Organizer, change: Callable[[_Draft], _Draft]) -> TrustedRoster:
    """Write the next version of a roster in the place of the one before."""
    before = load_roster(path, organizer)
    files = before.files
    following = msgspec.structs.replace(files.roster, version=files.roster.version + 1, previous=before.id)
    draft = _Draft(following, _lines(files.allowed_signers), _lines(files.revoked_keys))
    return _write(path, change(draft), organizer)


def _write(path: Path, draft: _Draft, organizer: Organizer, digits: str | None = None) -> TrustedRoster:
    check_replaceable(path)
    roster, key = draft.roster, organizer.key
    moment = datetime.now(UTC)
    envelope = Envelope(
        schema=SCHEMA,
        kind="roster",
        principal=roster.principal,
        origin=organizer.origin,
        rev=roster.version,
        parents=(roster.previous,) if roster.previous else (),
        clock={},
        created=timestamp(moment),
        roster_version=roster.version,
    )
    files = roster_files(roster, _text(draft.granted), _text(draft.revoked))
    base = base_name(f"{roster.principal}.v{roster.version}")
    built = build_package(envelope, (), key, base=base, files=files.payload())
    verified(path, lambda: read_roster(built.data, moment))
    store = TrustStore(organizer.home, moment)
    store.admit(
        built.data, digits=digits, keep=False
    )  # what would fork, go back or take another's place is not written
    write_verified(path, built.data)
    return replace(store.admit(built.data, digits=digits), first_use=False)


def _with_grant(draft: _Draft, wanted: Grant) -> _Draft:
    if PublicKey(wanted.key).line in {" ".join(line.split()[:2]) for line in draft.revoked}:
        raise UserFault("key-revoked-before", fingerprint=fingerprint(wanted.key))
    others = filter(None, (_without(line, wanted) for line in draft.granted))
    return replace(draft, granted=(*others, grant_line(wanted)))


def _without(line: str, wanted: Grant) -> str:
    """Return a line less what ``wanted`` grants the same key for the same purpose; nothing where all is."""
    former = parse_grant(line)
    if former is None or (former.key, former.namespaces) != (wanted.key, wanted.namespaces):
        return line
    left = [each for each in former.principals.split(",") if not matches(each, wanted.principals)]
    if len(left) == len(former.principals.split(",")):
        return line
    return grant_line(replace(former, principals=",".join(left))) if left else ""


def _organizer_grant(roster: Roster, key: PublicKey, name: str) -> Grant:
    events = ",".join(f"{code}.*" for code in roster.codes)
    return Grant(key.raw, events, f"{PACKAGE_NAMESPACE},{ROSTER_NAMESPACE}", comment=name)


def _check_principals(grant: Grant, roster: Roster) -> None:
    """Check that each pattern means a group the roster expects, or what leads sign.

    Raises ``UserFault("principal-invalid")``.
    """
    known = (*roster.principals, *(f"{code}.collection" for code in roster.codes))
    for pattern in grant.principals.split(","):
        if not any(matches(name, pattern) for name in known) or not _PATTERN.fullmatch(pattern):
            allowed = ", ".join((*(f"{code}.*" for code in roster.codes), *roster.principals))
            raise UserFault("principal-invalid", principal=pattern, allowed=allowed)


def _expect(
    plans: Iterable[EventPlan], former: Roster | None = None
) -> tuple[tuple[Event, ...], tuple[RosterGroup, ...]]:
    """Return the events and groups of plans; with the ids that they have in a ``former`` version, if any."""
    catalogues = load_catalogues()
    event_ids = {event.code: event.id for event in former.events} if former else {}
    group_ids = {name: group.id for name, group in former.principals.items()} if former else {}
    events: list[Event] = []
    groups: list[RosterGroup] = []
    for plan in plans:
        event = _event(plan, plan.id or event_ids.get(plan.code) or new_id(), catalogues)
        events.append(event)
        for group in plan.groups:
            key = group.id or group_ids.get(f"{event.code}.g{group.number}") or new_id()
            groups.append(_group(group, key, event, catalogues))
    try:
        if not groups:
            raise ValueError("no groups")
        check_roster(Roster(version=1, events=tuple(events), groups=tuple(groups)))
    except ValueError as error:
        raise UserFault("event-invalid", problem=str(error)) from None
    return tuple(events), tuple(groups)


def _record(source: object) -> AnyRecord:
    """Return the record of what a plan says.

    Raises ``UserFault("event-field-invalid")`` with the ``name`` of the field.
    """
    try:
        return decode_record(source)
    except UserFault as fault:
        raise UserFault(
            "event-field-invalid", name=fault.facts["field"], problem=fault.facts["problem"]
        ) from None


def _event(plan: EventPlan, key: str, catalogues: Catalogues) -> Event:
    starts, ends = plan.dates or (plan.starts, plan.ends)
    source = {name: getattr(plan, name) for name in ("code", "script", "district", "city", "venue", "title")}
    source |= {"type": "event", "id": key, "starts": starts, "ends": ends}
    event = _record({name: value for name, value in source.items() if value is not None})
    if not isinstance(event, Event):
        raise TypeError("an event is an event")
    check_event(event, catalogues)
    return event


def _group(plan: PlannedGroup, key: str, event: Event, catalogues: Catalogues) -> RosterGroup:
    group = RosterGroup(
        id=key,
        event=event.id,
        number=plan.number,
        theme=plan.theme,
        moderator=plan.moderator,
        room=plan.room,
    )
    check_group(group_record(group, "—"), catalogues)
    return group


def group_record(group: RosterGroup, moderator: str) -> Group:
    """Return the record of an expected group as its ``moderator`` will lead it."""
    record = _record(
        encode_record(
            Group(
                id=group.id,
                event=group.event,
                number=group.number,
                theme=group.theme,
                moderator=moderator,
                room=group.room,
            )
        )
    )
    if not isinstance(record, Group):
        raise TypeError("a group is a group")
    return record


def _recipients(recipients: Sequence[str]) -> tuple[str, ...]:
    return age.check_recipients(recipients) if recipients else ()


def _lines(text: bytes) -> tuple[str, ...]:
    return tuple(filter(None, text.decode().split("\n")))


def _text(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
