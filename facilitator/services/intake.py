"""Taking package files into a centre, one by one: what is sound is kept, what is not is kept aside."""

import hashlib
import io
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Literal

from facilitator.domain.records import timestamp
from facilitator.merge.lineage import Lineage, Version, trace
from facilitator.packages import age
from facilitator.packages.archive import begins_as_archive
from facilitator.packages.envelope import Envelope
from facilitator.packages.reader import Package, claimed_id, open_package, read_encrypted, read_package
from facilitator.packages.signers import Signers
from facilitator.packages.verdicts import Quarantined, Refused
from facilitator.storage.centre_file import CentreFile, FileAside, KeptPackage

Standing = Literal["accepted", "superseded", "conflict"]
Outcome = Literal[Standing, "duplicate", "quarantined", "refused"]

_NAME_INSIDE = re.compile(rb'"type"\s*:\s*"person"')


@dataclass(frozen=True)
class Judge:
    """What packages are judged by: who may sign, the moment in question, the secrets for age files."""

    signers: Signers
    at: datetime
    identities: Sequence[age.Identity] = ()

    def read(self, source: BinaryIO | bytes) -> Package:
        """Verify a package, decrypting it first where it is an age file.

        Raises as ``read_package`` and ``read_encrypted`` do.
        """
        data = source.getvalue() if isinstance(source, io.BytesIO) else source
        if isinstance(data, bytes) and age.is_encrypted(data):
            return read_encrypted(data, self.identities, self.signers, self.at)
        return read_package(source, self.signers, self.at)


@dataclass(frozen=True)
class PackageOutcome:
    """What became of one file, by the id it claims; ``reason`` and ``facts`` say why it was not taken in.

    An intake calls all that it takes in accepted; how it stands is told when all of them are there.
    ``collection`` is the id of the collection that the package came in, if any.
    """

    path: Path
    id: str | None
    outcome: Outcome
    reason: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    kind: str | None = None
    principal: str | None = None
    collection: str | None = None


class Intake:
    """Takes files into one centre. A bad one does not stop the rest, and each is durable before the next."""

    def __init__(self, file: CentreFile, judge: Judge) -> None:
        self._file = file
        self._judge = judge

    def take(self, path: Path) -> Iterator[PackageOutcome]:
        """Take in the file at ``path``; a collection gives an outcome for each of its packages too."""
        if self._is_centre(path):
            facts = {"path": path, "problem": "the centre itself"}
            yield PackageOutcome(path, None, "refused", "package-unreadable", facts)
            return
        try:
            with open_package(path) as source:
                yield from self._take(path, source)
        except Refused as fault:
            yield PackageOutcome(path, None, "refused", fault.code, fault.facts)

    def take_bytes(self, name: str, data: bytes) -> Iterator[PackageOutcome]:
        """Take in the bytes of a file that was called ``name``."""
        return self._take(Path(name), io.BytesIO(data))

    def _take(self, path: Path, source: BinaryIO) -> Iterator[PackageOutcome]:
        if not isinstance(source, io.BytesIO):
            yield from self._take_large(path, source)
            return
        data = source.getvalue()
        sha256 = hashlib.sha256(data).digest()
        known, kind = self._file.find(sha256) or (None, None)
        if known and kind != "collection":
            yield PackageOutcome(path, known, "duplicate")
            return
        try:
            package = self._judge.read(data)
            if package.envelope.kind == "collection":
                yield from self._take_collection(path, package, sha256)
            else:
                yield self._keep(path, package, data, sha256)
        except (Refused, Quarantined) as fault:
            if known:
                yield PackageOutcome(path, known, "duplicate")
            else:
                yield self._put_aside(path, fault, data, sha256)

    def _take_large(self, path: Path, source: BinaryIO) -> Iterator[PackageOutcome]:
        """Take in a file that only a collection can be; it is too large to be kept aside."""
        try:
            yield from self._take_collection(path, self._judge.read(source), None)
        except (Refused, Quarantined) as fault:
            yield PackageOutcome(path, claimed_id(source), _outcome_of(fault), fault.code, fault.facts)

    def _take_collection(
        self, path: Path, package: Package, sha256: bytes | None
    ) -> Iterator[PackageOutcome]:
        """Take in the packages of a collection, each verified on its own, then the collection itself.

        They are looked at also where the collection is known: a roster may have caught up meanwhile.
        """
        for inner in package.bag.inner_ids:
            yield self._take_inner(path, inner, package)
        yield self._keep(path, package, package.bag.without_inner(), sha256)

    def _take_inner(self, path: Path, inner: str, collection: Package) -> PackageOutcome:
        data = collection.bag.read_inner(inner)
        sha256 = hashlib.sha256(data).digest()
        if self._file.find(sha256) == (inner, "group"):
            return PackageOutcome(path, inner, "duplicate", collection=collection.id)
        try:
            package = read_inner(collection, inner, self._judge)
            outcome = self._keep(path, package, data, sha256)
        except (Refused, Quarantined) as fault:
            outcome = self._put_aside(path, fault, data, sha256)
        return replace(outcome, id=inner, collection=collection.id)

    def _keep(self, path: Path, package: Package, data: bytes, came_as: bytes | None) -> PackageOutcome:
        kind, principal = package.envelope.kind, package.envelope.principal
        if kind in ("roster", "assignment"):
            raise Refused("kind-unsupported", kind=kind)
        if self._file.holds(package.id):
            if came_as:
                self._file.drop_aside(came_as)
            return PackageOutcome(path, package.id, "duplicate", kind=kind, principal=principal)
        kept = kept_package(package.id, package.envelope, timestamp(self._judge.at))
        if age.is_encrypted(data) and kind == "group":
            data = package.bag.archive_bytes()
        self._file.keep(kept, data, came_as)
        return PackageOutcome(path, package.id, "accepted", kind=kind, principal=principal)

    def _put_aside(
        self, path: Path, fault: Refused | Quarantined, data: bytes, sha256: bytes
    ) -> PackageOutcome:
        """Keep a file that is not taken in, unless names may be in it in clear: those are not copied."""
        outcome = _outcome_of(fault)
        if _is_nameless(data):
            received = timestamp(self._judge.at)
            self._file.put_aside(
                FileAside(outcome, fault.code, fault.facts, _name(path), received), sha256, data
            )
        key = claimed_id(io.BytesIO(data))
        return PackageOutcome(path, key, outcome, fault.code, fault.facts)

    def _is_centre(self, path: Path) -> bool:
        """Tell whether a path leads to the centre's own file, without opening it.

        Opening and closing it would drop the lock (POSIX locks belong to the process).
        """
        try:
            return path.samefile(self._file.path)
        except OSError:
            return False


def read_inner(collection: Package, inner: str, judge: Judge) -> Package:
    """Verify a package of a collection on its own. Raises ``Refused``, ``Quarantined``."""
    package = read_package(collection.bag.read_inner(inner), judge.signers, judge.at)
    if package.id != inner:
        raise Refused("inner-mismatch", id=inner)
    if package.envelope.kind != "group":
        raise Refused("kind-unsupported", kind=package.envelope.kind)
    return package


def kept_package(key: str, envelope: Envelope, received: str) -> KeptPackage:
    """Return what a centre notes of a package with the id ``key``."""
    return KeptPackage(
        id=key,
        principal=envelope.principal,
        origin=envelope.origin.name,
        rev=envelope.rev,
        parents=envelope.parents,
        clock=envelope.clock,
        created=envelope.created,
        received=received,
        kind=envelope.kind,
        counts=envelope.counts,
    )


def family(packages: Sequence[KeptPackage], kind: str) -> Lineage:
    """Return the lineage of the packages of one kind."""
    return trace(_version(package) for package in packages if package.kind == kind)


def standing(package: KeptPackage, lineage: Lineage) -> Standing:
    """Tell how a package stands among the others of its kind; collections only carry, and contest nothing."""
    if package.id in lineage.superseded:
        return "superseded"
    contested = package.kind != "collection" and package.principal in lineage.conflicts
    return "conflict" if contested else "accepted"


def _version(kept: KeptPackage) -> Version:
    return Version(kept.id, kept.principal, kept.origin, kept.rev, frozenset(kept.parents), kept.clock)


def _outcome_of(fault: Refused | Quarantined) -> Literal["refused", "quarantined"]:
    return "refused" if isinstance(fault, Refused) else "quarantined"


def _is_nameless(data: bytes) -> bool:
    """Tell whether a file is a package of ours, sound or not, without a person's name that anyone can read.

    What does not even begin as one may be anything, such as a group's file or a list of people. A person's
    record is known by our own spelling of it: one that a stranger spells otherwise is not noticed.
    """
    return age.is_encrypted(data) or (begins_as_archive(data) and not _NAME_INSIDE.search(data))


def _name(path: Path) -> str:
    """Return a file's name as text that can be kept; names on the disk need not be UTF-8."""
    return os.fsencode(path.name).decode("utf-8", "replace")
