"""Reading a package that may be hostile, in an order in which nothing is trusted before it is checked.

Size, archive, closed list of names, signature, signer, hashes, JSON, schema, content. Nothing is extracted to
disk. Whether the roster grants the principal is asked as soon as the envelope, which names it, has been read.
"""

import os
import stat
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from facilitator.domain.records import AnyRecord
from facilitator.packages import bag, canonical, sshsig
from facilitator.packages.content import check_group, decode_records
from facilitator.packages.envelope import Envelope, check_clock, decode_envelope
from facilitator.packages.signers import Signers
from facilitator.packages.verdicts import Refused


@dataclass(frozen=True)
class Package:
    """A package that has passed every check that can be made on it alone."""

    id: str
    envelope: Envelope
    records: tuple[AnyRecord, ...]
    fingerprint: str
    data: bytes


def read_package_file(path: Path) -> bytes:
    """Return the bytes of a package file, having looked at its size first.

    Raises ``Refused`` ``package-missing``, ``package-unreadable``, ``package-too-large``.
    """
    try:
        # Opening a named pipe would wait for a writer.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise Refused("package-unreadable", path=path, problem="not a file")
            data = file.read(bag.MAX_PACKAGE + 1)
    except FileNotFoundError:
        raise Refused("package-missing", path=path) from None
    except OSError as error:
        raise Refused("package-unreadable", path=path, problem=error.strerror) from None
    bag.check_size(data)
    return data


def package_id(data: bytes) -> str | None:
    """Return the id a package claims, or ``None`` if it is no canonical archive; no signature is checked."""
    try:
        return bag.unpack(data).package_id
    except Refused:
        return None


def read_package(data: bytes, signers: Signers, at: datetime) -> Package:
    """Verify a package against a roster at the aware moment ``at`` and return what it holds.

    Raises ``Refused`` for good, ``Quarantined`` for what somebody may release later.
    """
    contents = bag.unpack(data)
    key = sshsig.verify(contents.signature, sshsig.PACKAGE_NAMESPACE, contents.signed)
    signers.check_key(key)
    bag.check_hashes(contents)
    envelope = _read_envelope(contents)
    signers.check_grant(key, envelope.principal, sshsig.PACKAGE_NAMESPACE, at)
    fingerprint = sshsig.fingerprint(key)
    if envelope.origin.key != fingerprint:
        raise Refused("origin-not-signer", origin=envelope.origin.key, fingerprint=fingerprint)
    check_clock(envelope, at)
    records = decode_records(contents.files[bag.RECORDS], envelope)
    check_group(records, envelope.principal)
    return Package(contents.package_id, envelope, records, fingerprint, data)


def _read_envelope(contents: bag.Bag) -> Envelope:
    lines = canonical.decode_lines(contents.files[bag.ENVELOPE])
    if len(lines) != 1:
        raise Refused("envelope-invalid", problem="not one line")
    envelope = decode_envelope(lines[0])
    bag.check_info(contents, bag.BagInfo(envelope.day, envelope.identifier))
    return envelope
