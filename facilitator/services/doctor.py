"""Whether a group's file is sound: SQLite's own checks, every record's SHA-256, every reference, every
copy."""

from dataclasses import dataclass
from pathlib import Path

from facilitator.domain.integrity import check_whole
from facilitator.errors import EnvironmentFault, UserFault
from facilitator.services.groups import pinned_script
from facilitator.storage.backup import Backup, list_backups
from facilitator.storage.group_file import GroupFile


@dataclass(frozen=True)
class Finding:
    """One thing that is not sound: a code and the facts for its sentence."""

    code: str
    facts: dict[str, object]


@dataclass(frozen=True)
class Examination:
    """What was found in a file, and its copies. Sound when there are no findings."""

    findings: tuple[Finding, ...]
    backups: tuple[Backup, ...]
    records: int


def examine_group(path: Path) -> Examination:
    """Check a group's file and its copies without changing a record.

    Raises ``UserFault`` ``file-missing``, ``not-a-facilitator-file``, ``file-newer``;
    ``EnvironmentFault`` ``file-in-use``, ``cannot-open``, ``folder-read-only``.
    """
    backups = list_backups(path)
    findings = [Finding("backup-damaged", {"name": copy.name}) for copy in backups if not copy.sound]
    try:
        file = GroupFile.open(path)
    except EnvironmentFault as fault:
        if fault.code not in ("file-damaged", "disk-error"):
            raise
        return Examination((*findings, Finding(fault.code, fault.facts)), backups, 0)
    try:
        found, records = _examine(file)
    finally:
        file.close()
    return Examination((*findings, *found), backups, records)


def _examine(file: GroupFile) -> tuple[list[Finding], int]:
    """Ask SQLite first; what it calls damaged is not read further."""
    try:
        problems = file.integrity_problems()
        if problems:
            return [Finding("integrity-broken", {"detail": problem}) for problem in problems], 0
        findings = [
            Finding("record-altered", {"type": kind, "id": key}) for kind, key in file.altered_records()
        ]
        pinned_script(file)
        group = file.snapshot()
        records = sum(1 for _ in group.records())
        check_whole(group)
    except (EnvironmentFault, UserFault) as fault:
        return [Finding(fault.code, fault.facts)], 0
    return findings, records
