"""A centre: takes packages in, one by one, whole or not at all, and tells what they stand for together."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from facilitator.domain.records import AnyRecord, timestamp
from facilitator.errors import EnvironmentFault
from facilitator.merge.lineage import Lineage, Version, trace
from facilitator.merge.projection import Projection, project, state
from facilitator.packages import bag, canonical
from facilitator.packages.content import decode_records
from facilitator.packages.envelope import Envelope, decode_envelope
from facilitator.packages.reader import package_id, read_package, read_package_file
from facilitator.packages.signers import Signers
from facilitator.packages.verdicts import Quarantined, Refused
from facilitator.services.findings import Finding
from facilitator.storage.centre_file import CentreFile, FileAside, KeptPackage, Original

Standing = Literal["accepted", "superseded", "conflict"]
Outcome = Literal[Standing, "duplicate", "quarantined", "refused"]


@dataclass(frozen=True)
class PackageOutcome:
    """What became of one file, by the id it claims; ``reason`` and ``facts`` say why it was not taken in."""

    path: Path
    id: str | None
    outcome: Outcome
    reason: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class MergeResult:
    """What became of each file, and what the centre holds now; ``state`` is a SHA-256 in hex."""

    packages: tuple[PackageOutcome, ...]
    state: str
    groups: int
    cards: int


class CentreService:
    """Reads and fills one centre's file. It belongs to the thread that opened the file."""

    def __init__(self, file: CentreFile) -> None:
        self._file = file

    @classmethod
    def open(cls, path: Path, create: bool = True) -> "CentreService":
        """Open a centre's file, making it when it is not there unless ``create`` is false.

        Raises ``UserFault`` ``file-missing``, ``not-a-facilitator-file``, ``file-newer``;
        ``EnvironmentFault`` ``file-in-use``, ``cannot-open``, ``folder-read-only``, ``disk-full``,
        ``file-damaged``.
        """
        return cls(CentreFile.open(path, create=create))

    def merge(
        self,
        paths: Iterable[Path],
        signers: Signers,
        at: datetime,
        progress: Callable[[int, int], None] | None = None,
    ) -> MergeResult:
        """Take package files in, verified against ``signers`` at the aware moment ``at``.

        Each file is durable before the next is read, and a bad one does not stop the rest. ``progress`` is
        told how many of how many are done; what it raises ends the merge and keeps what was taken in.
        Raises ``EnvironmentFault`` from the disk the centre lies on.
        """
        paths = tuple(paths)
        outcomes = []
        for done, path in enumerate(paths, 1):
            outcomes.append(self._take(path, signers, at))
            if progress:
                progress(done, len(paths))
        projection = self.projection()
        return MergeResult(tuple(outcomes), state(projection), len(projection.groups), projection.cards)

    def projection(self) -> Projection:
        """Return what the packages stand for: each group with its heads.

        Raises ``EnvironmentFault("file-damaged")``.
        """
        return project(self._lineage(), self._records)

    def packages(self) -> tuple[tuple[KeptPackage, Standing], ...]:
        """Return the packages that were taken in, in the order they came, and how each stands now."""
        kept = self._file.packages()
        lineage = trace(map(_version, kept))
        return tuple((package, _standing(package, lineage)) for package in kept)

    def aside(self) -> tuple[FileAside, ...]:
        """Return the quarantined and refused files, in the order they first came."""
        return self._file.aside()

    def check(self) -> tuple[Finding, ...]:
        """Return what is not sound; empty when all is well.

        ``integrity-broken`` with the ``detail`` comes from SQLite; what it calls damaged is not read further,
        nor what is ``file-damaged``. ``package-altered``, ``package-invalid`` and ``package-index-altered``
        name the ``id``, ``file-aside-altered`` the ``sha256``.
        """
        try:
            broken = self._file.integrity_problems()
            if broken:
                return tuple(Finding("integrity-broken", {"detail": detail}) for detail in broken)
            self._file.aside()  # has more in its rows than the bytes that originals() gives
            return tuple(finding for original in self._file.originals() for finding in _examine(original))
        except EnvironmentFault as fault:
            return (Finding(fault.code, fault.facts),)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _take(self, path: Path, signers: Signers, at: datetime) -> PackageOutcome:
        try:
            if self._is(path):
                raise Refused("package-unreadable", path=path, problem="the centre itself")
            data = read_package_file(path)
        except Refused as fault:
            return PackageOutcome(path, None, "refused", fault.code, fault.facts)
        sha256 = hashlib.sha256(data).digest()
        known = self._file.find(sha256)
        if known:
            return PackageOutcome(path, known, "duplicate")
        try:
            package = read_package(data, signers, at)
        except (Refused, Quarantined) as fault:
            outcome: Outcome = "refused" if isinstance(fault, Refused) else "quarantined"
            received = timestamp(at)
            self._file.put_aside(
                FileAside(outcome, fault.code, fault.facts, _name(path), received), sha256, data
            )
            return PackageOutcome(path, package_id(data), outcome, fault.code, fault.facts)
        if self._file.holds(package.id):
            return PackageOutcome(path, package.id, "duplicate")
        kept = _kept(package.id, package.envelope, timestamp(at))
        self._file.keep(kept, sha256, data)
        return PackageOutcome(path, package.id, _standing(kept, self._lineage(kept.principal)))

    def _is(self, path: Path) -> bool:
        """Tell whether a path leads to the centre's own file, without opening it.

        Opening and closing it would drop the lock (POSIX locks belong to the process).
        """
        try:
            return path.samefile(self._file.path)
        except OSError:
            return False

    def _lineage(self, principal: str | None = None) -> Lineage:
        return trace(map(_version, self._file.packages(principal)))

    def _records(self, package: str) -> tuple[AnyRecord, ...]:
        try:
            _, _, records = _decode(self._file.data(package))
        except (Refused, Quarantined) as fault:
            raise EnvironmentFault("file-damaged", path=self._file.path) from fault
        return records


def _name(path: Path) -> str:
    """Return a file's name as text that can be kept; names on the disk need not be UTF-8."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def _kept(key: str, envelope: Envelope, received: str) -> KeptPackage:
    return KeptPackage(
        id=key,
        principal=envelope.principal,
        origin=envelope.origin.name,
        rev=envelope.rev,
        parents=envelope.parents,
        clock=envelope.clock,
        created=envelope.created,
        received=received,
    )


def _version(kept: KeptPackage) -> Version:
    return Version(kept.id, kept.principal, kept.origin, kept.rev, frozenset(kept.parents), kept.clock)


def _standing(package: KeptPackage, lineage: Lineage) -> Standing:
    if package.id in lineage.superseded:
        return "superseded"
    return "conflict" if package.principal in lineage.conflicts else "accepted"


def _decode(data: bytes) -> tuple[str, Envelope, tuple[AnyRecord, ...]]:
    """Return id, envelope and records of a package that was verified when it was taken in.

    Raises ``Refused``, ``Quarantined``.
    """
    contents = bag.unpack(data)
    bag.check_hashes(contents)
    envelope = decode_envelope(canonical.decode(contents.files[bag.ENVELOPE].rstrip(b"\n")))
    return contents.package_id, envelope, decode_records(contents.files[bag.RECORDS], envelope)


def _examine(original: Original) -> Iterator[Finding]:
    """Yield what is not sound about a file that the centre keeps."""
    altered = hashlib.sha256(original.data).digest() != original.sha256
    if original.package is None:
        if altered:
            yield Finding("file-aside-altered", {"sha256": original.sha256.hex()})
        return
    facts: dict[str, object] = {"id": original.package.id}
    if altered:
        yield Finding("package-altered", facts)
    try:
        key, envelope, _ = _decode(original.data)
    except (Refused, Quarantined):
        yield Finding("package-invalid", facts)
        return
    if original.package != _kept(key, envelope, original.package.received):
        yield Finding("package-index-altered", facts)
