"""Writing a package: the same content and key give the same bytes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import BinaryIO

import msgspec

from facilitator.domain.records import RECORD_TYPES, AnyRecord, record_type
from facilitator.packages import bag, canonical, packing
from facilitator.packages.content import check_records, count_records, decode_records, encode_records
from facilitator.packages.envelope import Envelope, decode_envelope, encode_envelope
from facilitator.packages.keys import SigningKey
from facilitator.packages.sshsig import PACKAGE_NAMESPACE, ROSTER_NAMESPACE
from facilitator.packages.verdicts import Refused

_ORDER = {name: place for place, name in enumerate(RECORD_TYPES)}


@dataclass(frozen=True)
class BuiltPackage:
    """A signed package that has not been written anywhere yet."""

    id: str
    data: bytes


def build_package(
    envelope: Envelope,
    records: Iterable[AnyRecord],
    key: SigningKey,
    *,
    base: str,
    files: Mapping[str, bytes] | None = None,
) -> BuiltPackage:
    """Sign records, sorted by type and id, and the other ``files`` of the kind, by their names in the bag.

    ``counts`` of the envelope are filled in here. ``base`` names the folder inside and matches
    ``[a-z0-9][a-z0-9.-]{0,62}``. The caller leaves out persons, private cards and what refers to them.
    Raises ``Refused``, as the reader would, for content that is not fit for a package.
    """
    payload = _payload(envelope, records, key) | dict(files or {})
    return BuiltPackage(*packing.pack(base, payload, _info(envelope), _signer(envelope, key)))


def write_collection(
    target: BinaryIO,
    envelope: Envelope,
    packages: Mapping[str, packing.Load],
    key: SigningKey,
    *,
    base: str,
) -> str:
    """Write a collection of packages, each given by its id and by what loads its bytes; return its id.

    One package at a time is in memory. Raises as :func:`build_package` does, and ``Refused``
    ``archive-too-many-files``, ``package-too-large``.
    """
    payload: dict[str, packing.Load] = {
        name: content.__bytes__ for name, content in _payload(envelope, (), key).items()
    }
    payload |= {bag.inner_name(package): load for package, load in packages.items()}
    return packing.pack_into(
        target, base, payload, _info(envelope), _signer(envelope, key), bag.MAX_COLLECTION
    )


def _payload(envelope: Envelope, records: Iterable[AnyRecord], key: SigningKey) -> dict[str, bytes]:
    """Return the two files that every package holds."""
    if envelope.origin.key != key.fingerprint:
        raise Refused("origin-not-signer", origin=envelope.origin.key, fingerprint=key.fingerprint)
    ordered = sorted(records, key=lambda record: (_ORDER[record_type(record)], record.id))
    check_records(ordered, envelope)
    counted = msgspec.structs.replace(envelope, counts=count_records(ordered))
    source = encode_envelope(counted)
    payload = {bag.ENVELOPE: canonical.encode_lines([source]), bag.RECORDS: encode_records(ordered)}
    # A record made in the program has not been through the schema: nothing is signed that nobody could read.
    decode_records(payload[bag.RECORDS], decode_envelope(source))
    return payload


def _info(envelope: Envelope) -> bag.BagInfo:
    return bag.BagInfo(envelope.day, envelope.identifier)


def _signer(envelope: Envelope, key: SigningKey) -> packing.Sign:
    namespace = ROSTER_NAMESPACE if envelope.kind == "roster" else PACKAGE_NAMESPACE
    return lambda signed: key.sign(namespace, signed)
