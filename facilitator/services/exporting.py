"""From an open group to a signed package, verified on the disk before anyone is told it is there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from facilitator.domain.privacy import published
from facilitator.domain.records import timestamp
from facilitator.errors import EnvironmentFault
from facilitator.files import check_replaceable
from facilitator.packages.envelope import KIND_GROUP, SCHEMA, Envelope, Origin
from facilitator.packages.keys import SigningKey
from facilitator.packages.reader import Package, read_package, read_package_file
from facilitator.packages.signers import Grant, Signers, parse_public_key
from facilitator.packages.verdicts import Quarantined, Refused
from facilitator.packages.writer import build_package, write_package
from facilitator.services.group_service import GroupService


@dataclass(frozen=True)
class ExportedPackage:
    """What was written: the package's id, whose it is, its revision, where it lies, records by type."""

    id: str
    principal: str
    rev: int
    path: Path
    counts: Mapping[str, int]


def export_group(service: GroupService, path: Path, key: SigningKey, replica: str) -> ExportedPackage:
    """Back the group up, write its package to ``path``, signed by ``key``, and check what lies on the disk.

    The revision is reserved durably before the file is written, so no number ever stands for two packages.
    Raises ``UserFault("file-exists")`` when ``path`` is a file of another sort; ``EnvironmentFault``
    ``disk-full``, ``folder-read-only``, ``folder-missing``, ``package-not-sound``.
    """
    check_replaceable(path, service.path)
    service.back_up()
    moment = datetime.now(UTC)
    created = timestamp(moment)
    group = service.snapshot
    principal = group.principal
    earlier = service.exports()
    rev = service.reserve_rev(created, key.fingerprint, replica)
    envelope = Envelope(
        schema=SCHEMA,
        kind=KIND_GROUP,
        principal=principal,
        origin=Origin(key=key.fingerprint, replica=replica),
        rev=rev,
        parents=tuple(each.package for each in earlier[-1:] if each.package),
        clock={
            f"{each.fingerprint}/{each.replica}": (each.rev, each.package) for each in earlier if each.package
        },
        created=created,
    )
    built = build_package(envelope, published(group).records(), key, base=_base(principal, rev))
    write_package(built.data, path)
    written = _read_back(path, key, principal, moment)
    if written.id != built.id:
        raise EnvironmentFault("package-not-sound", path=path)
    service.record_package(rev, built.id)
    return ExportedPackage(built.id, principal, rev, path, written.envelope.counts)


def _base(principal: str, rev: int) -> str:
    """Return the name of the folder inside, which may not begin with a dash as the code of an event may."""
    return f"{principal}.r{rev}".lstrip("-.")


def _read_back(path: Path, key: SigningKey, principal: str, at: datetime) -> Package:
    """Read the file back from the disk and verify it as a stranger would, who trusts this one key."""
    public = parse_public_key(key.public_line)
    if public is None:
        raise ValueError("a signing key has a public line")
    signers = Signers({public: (Grant(public, principal),)}, frozenset())
    try:
        return read_package(read_package_file(path), signers, at)
    except (Refused, Quarantined) as fault:
        raise EnvironmentFault("package-not-sound", path=path, reason=fault.code) from fault
