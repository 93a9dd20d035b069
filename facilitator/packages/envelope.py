"""The envelope, ``data/package.json``: whose package this is, and what its origin had seen by then."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Literal, get_args

import msgspec

from facilitator.domain.records import Time
from facilitator.packages import canonical
from facilitator.packages.bag import ENVELOPE, Bag, Form
from facilitator.packages.verdicts import Quarantined, Refused

SCHEMA = "fpkg/1.0"
Kind = Literal["group", "persons", "collection", "roster", "assignment"]
KINDS: tuple[Kind, ...] = get_args(Kind)
FORMS: Mapping[Kind, Form] = {
    "group": "plain",
    "persons": "plain",
    "collection": "collection",
    "roster": "roster",
    "assignment": "assignment",
}
"""Which files a package of each kind holds."""
_PRINCIPALS: Mapping[Kind, str] = {
    "group": "g[1-9][0-9]*",
    "persons": "g[1-9][0-9]*",
    "collection": "collection",
    "roster": "roster",
    "assignment": "g[1-9][0-9]*",
}
"""What follows the last dot of a principal that a package of each kind can be for."""
CLOCK_TOLERANCE = timedelta(days=1)
"""How far the clock of a laptop may be ahead of the reader's before somebody should look."""

_MAJOR, _MINOR = 1, 0
_SCHEMA = re.compile(r"fpkg/(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})")
PackageId = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]
_Fingerprint = Annotated[str, msgspec.Meta(pattern=r"\ASHA256:[A-Za-z0-9+/]{43}\Z")]
_Replica = Annotated[str, msgspec.Meta(pattern=r"\A[a-z0-9-]{1,64}\Z")]
_OriginName = Annotated[str, msgspec.Meta(pattern=r"\ASHA256:[A-Za-z0-9+/]{43}/[a-z0-9-]{1,64}\Z")]
_Principal = Annotated[str, msgspec.Meta(pattern=r"\A[a-z0-9.-]{1,64}\Z")]
_Revision = Annotated[int, msgspec.Meta(ge=1, lt=2**53)]
Recipient = Annotated[str, msgspec.Meta(pattern=r"\Aage1[02-9ac-hj-np-z]{58}\Z")]
"""An age recipient of the native kind, X25519 (C2SP age, "X25519 recipient stanza")."""
_Count = Annotated[int, msgspec.Meta(ge=1, lt=2**53)]


class Origin(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An installation that signs: the fingerprint of its key and the random id of the installation."""

    key: _Fingerprint
    replica: _Replica

    @property
    def name(self) -> str:
        """The name of the origin in clocks: ``<fingerprint>/<replica>``."""
        return f"{self.key}/{self.replica}"


class Envelope(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is said of a package besides its records. ``counts`` is filled in when the package is built.

    ``clock`` names for each origin the highest revision seen and its package id; ``parents`` are the packages
    this one follows; ``recipients`` are whom it is encrypted to; ``rev`` grows with each export of the
    origin; ``created`` is UTC, RFC 3339.
    """

    schema: str
    kind: Kind
    principal: _Principal
    origin: Origin
    rev: _Revision
    parents: tuple[PackageId, ...]
    clock: dict[_OriginName, tuple[_Revision, PackageId]]
    created: Time
    roster_version: _Count | None = None
    recipients: tuple[Recipient, ...] = ()
    counts: dict[str, _Count] = {}

    @property
    def day(self) -> str:
        """The day of its making, ``YYYY-MM-DD``."""
        return self.created[:10]

    @property
    def identifier(self) -> str:
        """The name of this revision, for people: ``<principal>/<rev>``."""
        return f"{self.principal}/{self.rev}"

    @property
    def is_newer_minor(self) -> bool:
        """Whether the writer knew a newer minor schema: what is unknown is then passed over."""
        return self.schema != SCHEMA


def encode_envelope(envelope: Envelope) -> dict[str, object]:
    """Return the envelope as a JSON object."""
    encoded: dict[str, object] = msgspec.to_builtins(envelope)
    return encoded


def decode_envelope(source: object) -> Envelope:
    """Return the envelope a JSON object stands for.

    Raises ``Quarantined("schema-newer")``, ``Refused`` ``schema-unknown``, ``kind-unsupported``,
    ``envelope-invalid``.
    """
    if not isinstance(source, dict):
        raise Refused("envelope-invalid", problem="not a JSON object")
    schema = source.get("schema")
    version = _SCHEMA.fullmatch(schema) if isinstance(schema, str) else None
    if not version or int(version[1]) < _MAJOR:
        raise Refused("schema-unknown", schema=schema)
    if int(version[1]) > _MAJOR:
        raise Quarantined("schema-newer", schema=schema)
    if int(version[2]) > _MINOR:
        source = _known_fields(source)
    if source.get("kind") not in KINDS:
        raise Refused("kind-unsupported", kind=source.get("kind"))
    try:
        envelope = msgspec.convert(source, Envelope)
        datetime.fromisoformat(envelope.created)
    except ValueError as error:
        raise Refused("envelope-invalid", problem=str(error)) from None
    return envelope


def envelope_in(bag: Bag) -> Envelope:
    """Return what a package says of itself, which nobody has verified here.

    Raises as ``canonical.decode`` and :func:`decode_envelope` do.
    """
    return decode_envelope(canonical.decode(bag.read(ENVELOPE).rstrip(b"\n")))


def check_principal(envelope: Envelope) -> None:
    """Check that a package of this kind can be for its principal: who leads a group signs no collections.

    Raises ``Refused("principal-mismatch")``.
    """
    ending = _PRINCIPALS[envelope.kind]
    if not re.fullmatch(rf"[^.].*\.{ending}", envelope.principal):
        raise Refused("principal-mismatch", principal=envelope.principal, expected=envelope.kind)


def check_clock(envelope: Envelope, at: datetime) -> None:
    """Check that the revisions and the time of an envelope can be true at the aware moment ``at``.

    Raises ``Quarantined`` ``clock-inconsistent`` or ``created-in-future``.
    """
    facts = {"principal": envelope.principal, "rev": envelope.rev}
    seen, _ = envelope.clock.get(envelope.origin.name, (0, ""))
    if seen >= envelope.rev:
        raise Quarantined("clock-inconsistent", seen=seen, **facts)
    if datetime.fromisoformat(envelope.created) > at + CLOCK_TOLERANCE:
        raise Quarantined("created-in-future", created=envelope.created, **facts)


def _known_fields(source: dict[str, object]) -> dict[str, object]:
    known = {name: value for name, value in source.items() if name in Envelope.__struct_fields__}
    origin = known.get("origin")
    if isinstance(origin, dict):
        known["origin"] = {name: value for name, value in origin.items() if name in Origin.__struct_fields__}
    return known
