"""What a lead signs: the choice between packages of one group, and the collection of a whole centre."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Literal

from facilitator.domain.records import timestamp
from facilitator.errors import UserFault
from facilitator.files import check_replaceable, replacing, to_disk
from facilitator.packages.envelope import SCHEMA, Envelope, Origin
from facilitator.packages.keys import SigningKey
from facilitator.packages.reader import read_package
from facilitator.packages.writer import build_package, write_collection
from facilitator.services.centre import CentreService
from facilitator.services.delivery import base_name, only, verified
from facilitator.services.intake import Judge, PackageOutcome
from facilitator.storage.centre_file import KeptPackage


@dataclass(frozen=True)
class Collected:
    """A collection that was written: its id, whose it is, its revision, and the packages in it by group."""

    id: str
    principal: str
    rev: int
    path: Path
    packages: Mapping[str, int]


def resolve(centre: CentreService, principal: str, take: str, key: SigningKey) -> PackageOutcome:
    """Settle a conflict by a package signed by the lead: the records of ``take``, following all that stand.

    It is kept in the centre like any other package, and a later choice can follow it.
    Raises ``UserFault`` ``group-not-here``, ``package-not-here``, ``nothing-to-settle``, ``package-newer``.
    """
    heads = centre.lineage().heads.get(principal)
    if not heads:
        raise UserFault("group-not-here", principal=principal)
    family = [each for each, _ in centre.packages() if (each.kind, each.principal) == ("group", principal)]
    if take not in {package.id for package in family}:
        raise UserFault("package-not-here", id=take, principal=principal)
    if [head.id for head in heads] == [take]:
        raise UserFault("nothing-to-settle", principal=principal)
    if centre.is_newer(take):
        raise UserFault("package-newer", id=take)
    moment = datetime.now(UTC)
    parents = (head.id for head in heads)
    envelope = _envelope(centre, "group", principal, key, moment, _seen(family), parents)
    base = base_name(f"{principal}.r{envelope.rev}")
    built = build_package(envelope, centre.records(take), key, base=base)
    judge = Judge(only(key, principal), moment)
    verified(centre.path, lambda: judge.read(built.data))
    (outcome,) = centre.take_bytes(base, built.data, judge)
    centre.record_package(envelope.rev, built.id)
    return outcome


def collect(centre: CentreService, path: Path, key: SigningKey, *, event: str | None = None) -> Collected:
    """Write a collection of all packages of groups that were taken in, byte for byte, and check it.

    ``event`` is a code, needed where the centre holds groups of several. Raises ``UserFault``
    ``centre-empty``, ``events-several``, ``file-exists``; ``EnvironmentFault`` from the disk.
    """
    kept = [package for package, _ in centre.packages() if package.kind == "group"]
    code = _event_of(kept, event, centre.path)
    chosen = [package for package in kept if _code(package) == code]
    check_replaceable(path, centre.path)
    principal = f"{code}.collection"
    moment = datetime.now(UTC)
    envelope = _envelope(centre, "collection", principal, key, moment, {})
    base = base_name(f"{principal}.r{envelope.rev}")
    packages = {package.id: partial(centre.data, package.id) for package in chosen}
    with replacing(path) as file:
        made = write_collection(file, envelope, packages, key, base=base)
        to_disk(file)
        verified(path, lambda: read_package(file, only(key, principal), moment))
    centre.record_package(envelope.rev, made)
    return Collected(made, principal, envelope.rev, path, Counter(package.principal for package in chosen))


def _envelope(
    centre: CentreService,
    kind: Literal["group", "collection"],
    principal: str,
    key: SigningKey,
    moment: datetime,
    clock: Mapping[str, tuple[int, str]],
    parents: Iterable[str] = (),
) -> Envelope:
    """Return the envelope of a package of the lead's own, its revision reserved.

    The centre is its origin, not the installation: revisions are counted in each file apart.
    """
    created = timestamp(moment)
    return Envelope(
        schema=SCHEMA,
        kind=kind,
        principal=principal,
        origin=Origin(key=key.fingerprint, replica=centre.replica),
        rev=centre.reserve_rev(kind, created, key.fingerprint),
        parents=tuple(parents),
        clock=dict(clock),
        created=created,
    )


def _seen(packages: Iterable[KeptPackage]) -> dict[str, tuple[int, str]]:
    """Return the newest package of each origin, for a clock."""
    newest: dict[str, tuple[int, str]] = {}
    for package in packages:
        newest[package.origin] = max((package.rev, package.id), newest.get(package.origin, (0, "")))
    return newest


def _event_of(packages: Iterable[KeptPackage], wanted: str | None, path: Path) -> str:
    codes = sorted(set(map(_code, packages)))
    if not codes or (wanted is not None and wanted not in codes):
        raise UserFault("centre-empty", path=path)
    if wanted is None and len(codes) > 1:
        raise UserFault("events-several", events=", ".join(codes))
    return wanted or codes[0]


def _code(package: KeptPackage) -> str:
    """Return the code of the event a package's group meets at."""
    return package.principal.rpartition(".")[0]
