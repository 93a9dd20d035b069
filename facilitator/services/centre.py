"""A centre: what was taken in, what it stands for together, and what is waiting."""

import hashlib
import io
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from pathlib import Path

from facilitator.domain.records import AnyRecord, Card, record_type
from facilitator.errors import EnvironmentFault
from facilitator.merge.comparison import Difference, differences, vanished
from facilitator.merge.lineage import Fork, Lineage, Version
from facilitator.merge.projection import Projection, project, state
from facilitator.packages import age, bag, canonical
from facilitator.packages.content import decode_records
from facilitator.packages.envelope import Envelope, decode_envelope
from facilitator.packages.signer_files import revoked_for
from facilitator.packages.signers import Signers
from facilitator.packages.verdicts import Quarantined, Refused
from facilitator.services.findings import Finding
from facilitator.services.intake import (
    Intake,
    Judge,
    PackageOutcome,
    Standing,
    family,
    kept_package,
    standing,
)
from facilitator.storage.centre_file import CentreFile, FileAside, KeptPackage, Original

NOBODY = Signers({}, frozenset())
"""A roster that grants nothing and has revoked nothing."""
Progress = Callable[[int, int], None]
"""Is told how many of how many files are done; what it raises ends the work and keeps what was done."""


class Stopped(Exception):
    """Raised by a ``Progress`` to end the work and still be told what became of the files so far."""


@dataclass(frozen=True)
class Loss:
    """Records that a package no longer has, of one that it follows."""

    principal: str
    package: str
    followed: str
    records: tuple[AnyRecord, ...]

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """Type and id of each record."""
        return tuple((record_type(record), record.id) for record in self.records)


@dataclass(frozen=True)
class MergeResult:
    """What became of each file, and what the centre holds now; ``state`` is a SHA-256 in hex.

    ``missing`` are the groups that were expected and have not come; ``vanished`` is what was lost in the
    groups that this merge brought something new of; ``forks`` are laptops that were cloned or restored;
    ``revoked`` are the groups that stand here by a key which has been revoked since: they stay, and whoever
    takes a collection in above will refuse them.
    """

    packages: tuple[PackageOutcome, ...]
    state: str
    groups: int
    cards: int
    missing: tuple[str, ...]
    vanished: tuple[Loss, ...]
    forks: tuple[Fork, ...]
    revoked: tuple[str, ...] = ()


class CentreService:
    """Reads and fills one centre's file. It belongs to the thread that opened the file."""

    def __init__(self, file: CentreFile) -> None:
        self._file = file
        self.path = file.path

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
        judge: Judge,
        expected: Collection[str] = (),
        progress: Progress | None = None,
    ) -> MergeResult:
        """Take package files in; ``expected`` are the groups that should come.

        Each file is durable before the next is read, and a bad one does not stop the rest.
        Raises ``EnvironmentFault`` from the disk the centre lies on.
        """
        paths = tuple(paths)
        intake = Intake(self._file, judge)
        outcomes: list[PackageOutcome] = []
        with suppress(Stopped):
            for done, path in enumerate(paths, 1):
                outcomes += intake.take(path)
                if progress:
                    progress(done, len(paths))
        return self._result(outcomes, expected, judge.signers)

    def release(self, judge: Judge, expected: Collection[str] = ()) -> MergeResult:
        """Judge anew what a roster that has caught up, or a secret that fits, may let in."""
        intake = Intake(self._file, judge)
        outcomes: list[PackageOutcome] = []
        for file, data in self._file.waiting():
            outcomes += intake.take_bytes(file.name, data)
        return self._result(outcomes, expected, judge.signers)

    def take_bytes(self, name: str, data: bytes, judge: Judge) -> tuple[PackageOutcome, ...]:
        """Take in a package that was made here."""
        outcomes = tuple(Intake(self._file, judge).take_bytes(name, data))
        return tuple(_as_it_stands(outcomes, self.packages()))

    def result(self, expected: Collection[str] = (), signers: Signers = NOBODY) -> MergeResult:
        """Return what the centre holds now, as a merge of nothing would."""
        return self._result([], expected, signers)

    def projection(self) -> Projection:
        """Return what the packages stand for: each group with its heads.

        Raises ``EnvironmentFault("file-damaged")``.
        """
        return project(self.lineage(), self.records)

    def lineage(self) -> Lineage:
        """Return which packages of groups stand and which are superseded."""
        return family(self._file.packages(), "group")

    def packages(self) -> tuple[tuple[KeptPackage, Standing], ...]:
        """Return the packages that were taken in, in the order they came, and how each stands now."""
        kept = self._file.packages()
        lineages = {kind: family(kept, kind) for kind in {package.kind for package in kept}}
        return tuple((package, standing(package, lineages[package.kind])) for package in kept)

    def aside(self) -> tuple[FileAside, ...]:
        """Return the quarantined and refused files, in the order they first came."""
        return self._file.aside()

    def data(self, package: str) -> bytes:
        """Return the bytes of a package that was taken in. Raises ``KeyError``."""
        return self._file.data(package)

    def records(self, package: str) -> tuple[AnyRecord, ...]:
        """Return the records of a group's package. Raises ``EnvironmentFault("file-damaged")``."""
        return self._contents(package)[1]

    def is_newer(self, package: str) -> bool:
        """Tell whether a newer program wrote a group's package, which may hold what is unknown here.

        Raises ``EnvironmentFault("file-damaged")``.
        """
        return self._contents(package)[0].is_newer_minor

    def _contents(self, package: str) -> tuple[Envelope, tuple[AnyRecord, ...]]:
        try:
            _, envelope, records = _decode(self._file.data(package))
        except (Refused, Quarantined) as fault:
            raise EnvironmentFault("file-damaged", path=self.path) from fault
        return envelope, records

    def differences(self, principal: str) -> tuple[Difference, ...]:
        """Return what differs between the heads of one group, record by record."""
        heads = self.lineage().heads.get(principal, ())
        return differences([self.records(head.id) for head in heads])

    @property
    def replica(self) -> str:
        """The random id under which it makes packages. Raises ``EnvironmentFault("file-damaged")``."""
        return self._file.replica

    def reserve_rev(self, kind: str, created: str, fingerprint: str) -> int:
        """Take the next revision number for a package that this centre makes, durably."""
        return self._file.reserve_rev(kind, created, fingerprint)

    def record_package(self, rev: int, package: str) -> None:
        """Note that the package of a revision was written and checked."""
        self._file.record_package(rev, package)

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
            _ = self._file.replica
            return tuple(finding for original in self._file.originals() for finding in _examine(original))
        except EnvironmentFault as fault:
            return (Finding(fault.code, fault.facts),)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _result(
        self, outcomes: list[PackageOutcome], expected: Collection[str], signers: Signers
    ) -> MergeResult:
        packages = self.packages()
        kept = {package.id: package for package, _ in packages}
        lineage = family(tuple(kept.values()), "group")
        news = {each.principal for each in outcomes if each.kind == "group" and each.outcome != "duplicate"}
        return MergeResult(
            packages=tuple(_as_it_stands(outcomes, packages)),
            state=state(lineage),
            groups=len(lineage.heads),
            cards=sum(
                self._count_cards([kept[head.id] for head in heads]) for heads in lineage.heads.values()
            ),
            missing=tuple(sorted(set(expected) - lineage.heads.keys())),
            vanished=tuple(self._losses(lineage, kept, news)),
            forks=lineage.forks,
            revoked=tuple(name for name, heads in lineage.heads.items() if _is_revoked(name, heads, signers)),
        )

    def _count_cards(self, heads: list[KeptPackage]) -> int:
        """Count the distinct cards of a group; a card in several heads counts once."""
        if len(heads) == 1:
            return heads[0].counts.get("card", 0)
        cards = {record.id for head in heads for record in self.records(head.id) if isinstance(record, Card)}
        return len(cards)

    def _losses(
        self, lineage: Lineage, kept: dict[str, KeptPackage], principals: Collection[str | None]
    ) -> Iterator[Loss]:
        """Yield what was lost group by group, so that the records of one group at a time are in memory."""

        def principal_of(pair: tuple[str, str]) -> str:
            return kept[pair[1]].principal

        for principal, pairs in groupby(sorted(lineage.followed, key=principal_of), principal_of):
            if principal not in principals:
                continue
            records = cache(self.records)
            for before, after in pairs:
                lost = vanished(records(before), records(after))
                if lost:
                    yield Loss(principal, after, before, lost)


def _as_it_stands(
    outcomes: Iterable[PackageOutcome], packages: Iterable[tuple[KeptPackage, Standing]]
) -> Iterator[PackageOutcome]:
    """Yield the outcomes of an intake, what was taken in as it stands among all packages."""
    standings = {package.id: standing for package, standing in packages}
    for each in outcomes:
        yield replace(each, outcome=standings[str(each.id)]) if each.outcome == "accepted" else each


def _is_revoked(principal: str, heads: Iterable[Version], signers: Signers) -> bool:
    """Tell whether a group stands by a key that is revoked."""
    keys = {head.origin.rpartition("/")[0] for head in heads}
    return not keys.isdisjoint(revoked_for(signers, principal))


def _decode(data: bytes) -> tuple[str, Envelope, tuple[AnyRecord, ...]]:
    """Return id, envelope and records of a package that was verified when it was taken in.

    The packages of a collection are kept apart from it. Raises ``Refused``, ``Quarantined``.
    """
    contents = bag.unpack(io.BytesIO(data), bag.MAX_PACKAGE)  # the manifest of what a collection held is long
    envelope = decode_envelope(canonical.decode(contents.read(bag.ENVELOPE).rstrip(b"\n")))
    if envelope.kind != "collection":
        contents.check_hashes()
    return contents.package_id, envelope, decode_records(contents.read(bag.RECORDS), envelope)


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
    if age.is_encrypted(original.data):  # to others: what it says of itself was checked when it came
        if original.package.kind != "persons":
            yield Finding("package-index-altered", facts)
        return
    try:
        key, envelope, _ = _decode(original.data)
    except (Refused, Quarantined):
        yield Finding("package-invalid", facts)
        return
    if original.package != kept_package(key, envelope, original.package.received):
        yield Finding("package-index-altered", facts)
