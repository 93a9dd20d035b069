"""Reading a package that may be hostile, in an order in which nothing is trusted before it is checked.

Size, archive, closed list of names, signature, signer, hashes, JSON, schema, content. Nothing is extracted to
disk. Whether the roster grants the principal is asked as soon as the envelope, which names it, has been read.
"""

import io
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from facilitator.domain.records import AnyRecord
from facilitator.errors import UserFault
from facilitator.packages import age, canonical, sshsig
from facilitator.packages import bag as bags
from facilitator.packages.bag import Bag, BagInfo, Form, check_size, unpack
from facilitator.packages.content import check_records, decode_records
from facilitator.packages.envelope import FORMS, Envelope, check_clock, check_principal, decode_envelope
from facilitator.packages.roster import RosterFiles, read_roster_files
from facilitator.packages.signers import Signers
from facilitator.packages.verdicts import Quarantined, Refused
from facilitator.script.loader import parse_script
from facilitator.script.model import Script


@dataclass(frozen=True)
class Package:
    """A package that has passed every check that can be made on it alone.

    ``roster`` is what a roster says, and what goes with an assignment, as does ``script``. The packages of a
    collection are in its ``bag``, each to be read as a package of its own.
    """

    id: str
    envelope: Envelope
    records: tuple[AnyRecord, ...]
    fingerprint: str
    bag: Bag
    roster: RosterFiles | None = None
    script: Script | None = None


@contextmanager
def open_package(path: Path) -> Iterator[BinaryIO]:
    """Give a package file to read from: in memory, unless only a collection can be so large.

    Raises ``Refused`` ``package-missing``, ``package-unreadable``, ``package-too-large``.
    """
    try:
        # Opening a named pipe would wait for a writer.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise Refused("package-unreadable", path=path, problem="not a file")
            encrypted = age.is_encrypted(file.read(64))
            check_size(file, age.MAX_ENCRYPTED if encrypted else bags.MAX_COLLECTION)
            is_large = file.tell() > bags.MAX_PACKAGE and not encrypted
            file.seek(0)
            yield file if is_large else io.BytesIO(file.read(age.MAX_ENCRYPTED + 1))
    except FileNotFoundError:
        raise Refused("package-missing", path=path) from None
    except OSError as error:
        raise Refused("package-unreadable", path=path, problem=error.strerror) from None


def read_package_file(path: Path) -> bytes:
    """Return the bytes of a package file that is no large collection. Raises as :func:`open_package` does."""
    with open_package(path) as source:
        if not isinstance(source, io.BytesIO):
            raise Refused("package-too-large", limit=bags.MAX_PACKAGE)
        return source.getvalue()


def claimed_id(source: BinaryIO) -> str | None:
    """Return the id a package claims, or ``None`` if it is no canonical archive; no signature is checked."""
    try:
        return unpack(source).package_id
    except Refused:
        return None


def read_package(source: BinaryIO | bytes, signers: Signers, at: datetime) -> Package:
    """Verify a package against a roster at the aware moment ``at`` and return what it holds.

    Raises ``Refused`` for good, ``Quarantined`` for what somebody may release later.
    """
    return _read(_stream(source), signers, at, encrypted=False)


def read_encrypted(
    data: bytes, identities: Sequence[age.Identity], signers: Signers, at: datetime
) -> Package:
    """Verify a package in an age file. Raises as :func:`read_package` and ``age.decrypt`` do."""
    return read_decrypted(age.decrypt(data, identities), signers, at)


def read_decrypted(data: bytes, signers: Signers, at: datetime) -> Package:
    """Verify a package that came out of an age file or is about to go into one. Raises as
    :func:`read_package` does."""
    return _read(io.BytesIO(data), signers, at, encrypted=True)


def read_roster(source: BinaryIO | bytes, at: datetime) -> Package:
    """Verify a roster against nothing but itself: its signer is one of the organizers it names.

    Whether that organizer is the right one is for the caller to know. Raises as :func:`read_package` does.
    """
    bag = _self_consistent(source, "roster")
    return read_package(source, read_roster_files(bag).signers, at)


def read_assignment(source: BinaryIO | bytes, at: datetime) -> Package:
    """Verify an assignment against nothing but the roster it brings. Raises as :func:`read_roster` does."""
    bag = _self_consistent(source, "assignment")
    roster = read_roster(bag.read(bags.ROSTER_PACKAGE), at)
    return read_package(source, read_roster_files(roster.bag).signers, at)


def _self_consistent(source: BinaryIO | bytes, form: Form) -> Bag:
    """Return a bag of this form that some key has signed, whichever it is."""
    bag = unpack(_stream(source))
    if bag.form != form:
        raise Refused("kind-mismatch", kind=bag.form)
    sshsig.verify(bag.signature, _namespace(bag), bag.signed)
    bag.check_hashes()
    return bag


def _namespace(bag: Bag) -> str:
    return sshsig.ROSTER_NAMESPACE if bag.form == "roster" else sshsig.PACKAGE_NAMESPACE


def _stream(source: BinaryIO | bytes) -> BinaryIO:
    return io.BytesIO(source) if isinstance(source, bytes) else source


def _read(source: BinaryIO, signers: Signers, at: datetime, *, encrypted: bool) -> Package:
    bag = unpack(source)
    namespace = _namespace(bag)
    key = sshsig.verify(bag.signature, namespace, bag.signed)
    signers.check_key(key)
    bag.check_hashes()
    envelope = _read_envelope(bag)
    signers.check_grant(key, envelope.principal, namespace, at)
    fingerprint = sshsig.fingerprint(key)
    if envelope.origin.key != fingerprint:
        raise Refused("origin-not-signer", origin=envelope.origin.key, fingerprint=fingerprint)
    check_clock(envelope, at)
    if envelope.kind == "persons" and not encrypted:
        raise Refused("persons-in-clear")
    records = decode_records(bag.read(bags.RECORDS), envelope)
    check_records(records, envelope)
    roster = _read_roster_of(bag, envelope, key, at)
    script = _read_script(bag.read(bags.SCRIPT)) if bag.form == "assignment" else None
    return Package(bag.package_id, envelope, records, fingerprint, bag, roster, script)


def _read_envelope(bag: Bag) -> Envelope:
    lines = list(canonical.decode_lines(bag.read(bags.ENVELOPE)))
    if len(lines) != 1:
        raise Refused("envelope-invalid", problem="not one line")
    envelope = decode_envelope(lines[0])
    if FORMS[envelope.kind] != bag.form:
        raise Refused("kind-mismatch", kind=envelope.kind)
    check_principal(envelope)
    bag.check_info(BagInfo(envelope.day, envelope.identifier))
    return envelope


def _read_roster_of(bag: Bag, envelope: Envelope, key: bytes, at: datetime) -> RosterFiles | None:
    """Return the roster in a roster package or an assignment; the latter is its organizer's to give."""
    if bag.form == "roster":
        files = read_roster_files(bag)
        expected = {files.roster.principal}
    elif bag.form == "assignment":
        files = read_roster_files(read_roster(bag.read(bags.ROSTER_PACKAGE), at).bag)
        expected = set(files.roster.principals)
        _check_organizer(key, files, at)
    else:
        return None
    if envelope.principal not in expected:
        raise Refused(
            "principal-mismatch", principal=envelope.principal, expected=", ".join(sorted(expected))
        )
    return files


def _check_organizer(key: bytes, files: RosterFiles, at: datetime) -> None:
    try:
        files.signers.check_key(key)
        files.signers.check_grant(key, files.roster.principal, sshsig.ROSTER_NAMESPACE, at)
    except (Refused, Quarantined):
        raise Refused("not-by-organizer", fingerprint=sshsig.fingerprint(key)) from None


def _read_script(content: bytes) -> Script:
    try:
        return parse_script(content, Path(bags.SCRIPT))
    except UserFault as fault:
        raise Refused("script-invalid", problem=fault.facts["reason"]) from None
