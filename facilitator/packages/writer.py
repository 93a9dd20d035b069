"""Writing a package: the same content and key give the same bytes."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from facilitator.domain.records import AnyRecord
from facilitator.files import write_atomically
from facilitator.packages import bag, canonical
from facilitator.packages.content import check_group, count_records, decode_records, encode_records
from facilitator.packages.envelope import Envelope, decode_envelope, encode_envelope
from facilitator.packages.keys import SigningKey
from facilitator.packages.sshsig import PACKAGE_NAMESPACE
from facilitator.packages.verdicts import Refused


@dataclass(frozen=True)
class BuiltPackage:
    """A signed package that has not been written anywhere yet."""

    id: str
    data: bytes


def build_package(
    envelope: Envelope, records: Iterable[AnyRecord], key: SigningKey, *, base: str
) -> BuiltPackage:
    """Sign the records of one group, sorted by type and id; ``counts`` of the envelope are filled in here.

    ``base`` names the folder inside and matches ``[a-z0-9][a-z0-9.-]{0,62}``. The caller leaves out persons,
    private cards and what refers to them. Raises ``Refused``, as the reader would, for content that is not
    fit for a package.
    """
    if envelope.origin.key != key.fingerprint:
        raise Refused("origin-not-signer", origin=envelope.origin.key, fingerprint=key.fingerprint)
    ordered = tuple(check_group(records, envelope.principal).records())
    counted = msgspec.structs.replace(envelope, counts=count_records(ordered))
    envelope_source = encode_envelope(counted)
    payload = {bag.ENVELOPE: canonical.encode_lines([envelope_source]), bag.RECORDS: encode_records(ordered)}
    # A record made in the program has not been through the schema: nothing is signed that nobody could read.
    decode_records(payload[bag.RECORDS], decode_envelope(envelope_source))
    info = bag.BagInfo(envelope.day, envelope.identifier)
    return BuiltPackage(*bag.pack(base, payload, info, lambda signed: key.sign(PACKAGE_NAMESPACE, signed)))


def write_package(data: bytes, path: Path) -> None:
    """Write a package so that ``path`` holds all of it or what it held before.

    Raises ``EnvironmentFault`` as :func:`facilitator.files.write_atomically` does.
    """
    write_atomically(path, data)
