"""From an open group to a signed package, verified on the disk before anyone is told it is there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from facilitator.domain.privacy import contactable, published
from facilitator.domain.records import AnyRecord, timestamp
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.errors import UserFault
from facilitator.files import check_replaceable, write_verified
from facilitator.packages import age
from facilitator.packages.envelope import SCHEMA, Envelope, Origin
from facilitator.packages.keys import SigningKey
from facilitator.packages.reader import read_decrypted
from facilitator.packages.writer import build_package
from facilitator.services.delivery import base_name, only, verified
from facilitator.services.group_service import GroupService

Content = Literal["group", "persons"]


@dataclass(frozen=True)
class ExportedPackage:
    """What was written: the package's id, whose it is, its revision, where it lies, records by type.

    ``recipients`` are whom it is encrypted to; none when anyone can read it.
    """

    id: str
    principal: str
    rev: int
    path: Path
    counts: Mapping[str, int]
    recipients: tuple[str, ...] = ()


def export_group(
    service: GroupService,
    path: Path,
    key: SigningKey,
    replica: str,
    *,
    content: Content = "group",
    recipients: Sequence[str] = (),
) -> ExportedPackage:
    """Back the group up, write its package to ``path``, signed by ``key``, and check what lies on the disk.

    ``content`` is the group's work without names, or the ``persons`` who agreed to be named, for recipients
    only. The revision is reserved durably before the file is written, so no number ever stands for two
    packages. Raises ``UserFault`` ``file-exists`` when ``path`` is a file of another sort,
    ``recipient-invalid``, ``recipients-too-few``, ``persons-none``; ``EnvironmentFault`` ``disk-full``,
    ``folder-read-only``, ``folder-missing``, ``package-not-sound``.
    """
    encrypted_to = age.check_recipients(recipients) if recipients or content == "persons" else ()
    records = _records(service.snapshot, content)
    check_replaceable(path, service.path)
    service.back_up()
    moment = datetime.now(UTC)
    created = timestamp(moment)
    principal = service.snapshot.principal
    earlier = service.exports(content)
    rev = service.reserve_rev(content, created, key.fingerprint, replica)
    envelope = Envelope(
        schema=SCHEMA,
        kind=content,
        principal=principal,
        origin=Origin(key=key.fingerprint, replica=replica),
        rev=rev,
        parents=tuple(each.package for each in earlier[-1:] if each.package),
        clock={
            f"{each.fingerprint}/{each.replica}": (each.rev, each.package) for each in earlier if each.package
        },
        created=created,
        roster_version=service.roster.version if service.roster else None,
        recipients=encrypted_to,
    )
    built = build_package(envelope, records, key, base=base_name(f"{principal}.r{rev}"))
    trusted = only(key, principal)
    package = verified(path, lambda: read_decrypted(built.data, trusted, moment))
    data = built.data
    if encrypted_to:
        data = age.encrypt(built.data, encrypted_to)
        verified(path, lambda: age.check_sizes(data))
    write_verified(path, data)
    service.record_package(rev, built.id)
    return ExportedPackage(built.id, principal, rev, path, package.envelope.counts, encrypted_to)


def _records(group: GroupSnapshot, content: Content) -> tuple[AnyRecord, ...]:
    if content == "group":
        return tuple(published(group).records())
    people = contactable(group)
    if not people:
        raise UserFault("persons-none")
    return people
