"""The records: the one language of the data, from the capture line to the national centre.

A record is a frozen value; its fields are the wire names of the records contract, so the definition below
is the
schema that input is checked against.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Literal, get_args

import msgspec

from facilitator.errors import UserFault

Id = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z")]
Name = Annotated[str, msgspec.Meta(pattern=r"\A[a-z0-9][a-z0-9.-]{0,62}\Z")]
EventCode = Annotated[str, msgspec.Meta(pattern=r"\A[a-z0-9-]{1,40}\Z")]
Line = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
Date = Annotated[str, msgspec.Meta(pattern=r"\A\d{4}-\d\d-\d\d\Z")]
Time = Annotated[str, msgspec.Meta(pattern=r"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z\Z")]
SafeInteger = Annotated[int, msgspec.Meta(gt=-(2**53), lt=2**53)]
FieldValue = str | SafeInteger | list[str]

CARD_TEXT_LIMIT = 5_000
"""The longest text of any card; the session script narrows it, to 2,000 characters for all but the image."""


class Record(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="type",
    gc=False,  # records are trees; thousands of them in the collector double the time to open a file
):
    """What all records have in common: an id and their wire form, one JSON object with a ``type``."""

    id: str


class Event(Record, frozen=True, kw_only=True, omit_defaults=True, tag="event"):
    """A strategic session: where and when it is held and by which script."""

    id: Id
    code: EventCode
    script: Name
    district: Name
    city: Line
    starts: Date
    ends: Date
    venue: Line | None = None
    title: Line | None = None


class Group(Record, frozen=True, kw_only=True, omit_defaults=True, tag="group"):
    """One of the 5–8 groups of a session, with its theme and moderator."""

    id: Id
    event: Id
    number: Annotated[int, msgspec.Meta(ge=1, le=99)]
    theme: Name
    moderator: Line
    room: Line | None = None


class Participant(Record, frozen=True, kw_only=True, omit_defaults=True, tag="participant"):
    """A person in the room by label, region and category; the name is kept apart, in :class:`Person`."""

    id: Id
    group: Id
    label: Line
    region: Name | None = None
    category: Name | None = None


class Person(Record, frozen=True, kw_only=True, omit_defaults=True, tag="person"):
    """The name and contacts behind a participant (same id). Never leaves the group's file in clear."""

    id: Id
    name: Line
    organization: Line | None = None
    position: Line | None = None
    contact: Line | None = None
    consent: bool = False


CardStatus = Literal["open", "accepted", "parked", "rejected"]


class Card(Record, frozen=True, kw_only=True, omit_defaults=True, tag="card"):
    """One statement of the group, of a kind that the session script defines."""

    id: Id
    group: Id
    kind: Name
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=CARD_TEXT_LIMIT)]
    author: Id | None = None
    cluster: Id | None = None
    status: CardStatus = "open"
    marks: tuple[Name, ...] = ()
    fields: dict[str, FieldValue] = {}
    position: SafeInteger = 0
    created: Time | None = None
    modified: Time | None = None
    private: bool = False


class Cluster(Record, frozen=True, kw_only=True, omit_defaults=True, tag="cluster"):
    """A named column of cards within a step."""

    id: Id
    group: Id
    step: Name
    title: Line
    position: SafeInteger = 0


class Link(Record, frozen=True, kw_only=True, omit_defaults=True, tag="link"):
    """A relation from one card to another, such as a future norm that replaces a present one."""

    id: Id
    group: Id
    source: Id
    target: Id
    relation: Name


class Round(Record, frozen=True, kw_only=True, omit_defaults=True, tag="round"):
    """A round of dot voting or of the fist of five within a step."""

    id: Id
    group: Id
    step: Name
    method: Literal["dots", "fist"]
    state: Literal["open", "closed", "revealed"]
    budget: Annotated[int, msgspec.Meta(ge=1, le=100)] | None = None


class Vote(Record, frozen=True, kw_only=True, omit_defaults=True, tag="vote"):
    """Dots or fingers given to a card; without a participant it is an anonymous count."""

    id: Id
    round: Id
    card: Id
    value: Annotated[int, msgspec.Meta(ge=0, le=10_000)]
    participant: Id | None = None
    objection: Annotated[str, msgspec.Meta(min_length=1, max_length=2_000)] | None = None


class Step(Record, frozen=True, kw_only=True, omit_defaults=True, tag="step"):
    """How far a group has come in one step of the script; the id is ``<group id>/<step id>``."""

    id: str
    group: Id
    step: Name
    state: Literal["waiting", "running", "done"]
    started: Time | None = None
    finished: Time | None = None
    note: Annotated[str, msgspec.Meta(max_length=2_000)] | None = None


AnyRecord = Event | Group | Participant | Person | Card | Cluster | Link | Round | Vote | Step
RECORD_TYPES: Mapping[str, type[Record]] = {
    str(kind.__struct_config__.tag): kind for kind in get_args(AnyRecord)
}
"""Record classes by wire type, in the order of the contract; packages list records in this order."""

# Controls, direction marks, half and no characters: UTF-8 or XML, and so the reports, cannot carry them.
UNSPEAKABLE = re.compile("[\x00-\x08\x0b-\x1f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What no text may hold: C0 controls but line ends and tabs, marks that turn the reading direction, half
characters."""
_QUOTED = re.compile(r"`([^`]+)`")
_PROBLEMS: Mapping[str, str] = {
    "unknown field": "no such field",
    "missing required field": "is missing",
    "length >= ": "is blank",
    "length <= ": "is too long",
    "matching regex": "is not of its form",
    "Invalid enum value": "not-an-option",
    "out of range": "is out of range",
    "` >= ": "is out of range",
    "` <= ": "is out of range",
    "` > ": "is out of range",
    "` < ": "is out of range",
    ", got `": "is of another type",
}
_PATH = re.compile(r" - at `(?:key in )?\$\.?([^`]*)`$")


def record_type(record: Record) -> str:
    """Return the wire name of the record's type, such as ``card``."""
    return str(record.__struct_config__.tag)


def encode_record(record: Record) -> dict[str, object]:
    """Return the record as a JSON object with its ``type``; fields that hold their default are left out."""
    encoded: dict[str, object] = msgspec.to_builtins(record)
    return encoded


def decode_record(source: object, *, lenient: bool = False) -> AnyRecord:
    """Return the record a JSON object stands for, its texts in NFC.

    ``lenient`` drops fields that a newer minor schema may have added.
    Raises ``UserFault("record-invalid")`` with the ``field`` and the ``problem``.
    """
    if not isinstance(source, dict):
        raise UserFault("record-invalid", field="", problem="not a JSON object")
    kind = RECORD_TYPES.get(source["type"]) if isinstance(source.get("type"), str) else None
    if kind is None:
        raise UserFault("record-invalid", field="type", problem=f"unknown type {source.get('type')!r}")
    if lenient:
        known = {"type", *kind.__struct_fields__}
        source = {name: value for name, value in source.items() if name in known}
    try:
        record = msgspec.convert(normalize(source), kind)
    except msgspec.ValidationError as error:
        raise _invalid(str(error)) from None
    check_sense(record)
    return record  # type: ignore[return-value]  # every class in RECORD_TYPES is a member of AnyRecord


def normalize(value: object, field: str = "") -> object:
    """Return a JSON value with every text in NFC.

    Raises ``UserFault("record-invalid")`` for control characters and for marks that reverse the reading
    direction.
    """
    if isinstance(value, str):
        if UNSPEAKABLE.search(value):
            raise UserFault("record-invalid", field=field, problem="contains control characters")
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {normalize(name, field): normalize(item, field or str(name)) for name, item in value.items()}
    if isinstance(value, list):
        return [normalize(item, field) for item in value]
    return value


def _invalid(message: str) -> UserFault:
    """Name the field and the problem from msgspec's message, which ends in the path of a deeper field."""
    path = _PATH.search(message)
    quoted = _QUOTED.search(message)
    field = path.group(1) if path else quoted.group(1) if quoted else ""
    problem = next((name for sign, name in _PROBLEMS.items() if sign in message), _PATH.sub("", message))
    return UserFault("record-invalid", field=field, problem=problem)


def check_sense(record: Record) -> None:
    """Refuse what has the right shape and no meaning: days that do not exist, texts of nothing but spaces.

    Raises ``UserFault("record-invalid")`` with the ``field`` and the ``problem``.
    """
    for name in ("text", "title", "label", "name", "moderator", "city"):
        value = getattr(record, name, None)
        if value is not None and not value.strip():
            raise UserFault("record-invalid", field=name, problem="is blank")
    for name in ("starts", "ends", "created", "modified", "started", "finished"):
        value = getattr(record, name, None)
        if value is None:
            continue
        try:
            datetime.fromisoformat(value)
        except ValueError:
            raise UserFault("record-invalid", field=name, problem=f"no such date or time: {value}") from None


def timestamp(moment: datetime) -> str:
    """Return an aware moment as the contract writes times: UTC, RFC 3339, to the second, with ``Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
