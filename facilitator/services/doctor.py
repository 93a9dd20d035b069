"""Whether a group's file or a centre is sound: SQLite's own checks, every SHA-256, every reference, every
copy."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from facilitator.domain.integrity import check_whole
from facilitator.errors import EnvironmentFault, UserFault
from facilitator.services.centre import CentreService
from facilitator.services.findings import Finding
from facilitator.services.groups import pinned_script
from facilitator.storage.backup import Backup, list_backups
from facilitator.storage.centre_file import CENTRE_KIND
from facilitator.storage.engine import read_header
from facilitator.storage.group_file import GroupFile


@dataclass(frozen=True)
class Examination:
    """What was found in a file, and its copies. Sound when there are no findings.

    ``records`` counts the records of a group, or the statements of a centre.
    """

    findings: tuple[Finding, ...]
    backups: tuple[Backup, ...]
    records: int


def examine(path: Path) -> Examination:
    """Check a group's file or a centre, and its copies, without changing a record.

    Raises ``UserFault`` ``file-missing``, ``not-a-facilitator-file``, ``file-newer``;
    ``EnvironmentFault`` ``file-in-use``, ``cannot-open``, ``folder-read-only``.
    """
    backups = list_backups(path)
    spoiled = [Finding("backup-damaged", {"name": copy.name}) for copy in backups if not copy.sound]
    try:
        # Whatever is no centre is told about as a group's file.
        is_centre = read_header(path).application_id == CENTRE_KIND.application_id
        findings, records = _examine_centre(path) if is_centre else _examine_group(path)
    except EnvironmentFault as fault:
        if fault.code not in ("file-damaged", "disk-error"):
            raise
        findings, records = (Finding(fault.code, fault.facts),), 0
    return Examination((*spoiled, *findings), backups, records)


def _examine_centre(path: Path) -> tuple[tuple[Finding, ...], int]:
    with closing(CentreService.open(path, create=False)) as centre:
        findings = centre.check()
        return findings, 0 if findings else centre.result().cards


def _examine_group(path: Path) -> tuple[tuple[Finding, ...], int]:
    with closing(GroupFile.open(path)) as file:
        return _examine_group_file(file)


def _examine_group_file(file: GroupFile) -> tuple[tuple[Finding, ...], int]:
    """Ask SQLite first; what it calls damaged is not read further."""
    try:
        problems = file.integrity_problems()
        if problems:
            return tuple(Finding("integrity-broken", {"detail": problem}) for problem in problems), 0
        altered = (*file.altered_records(), *(("note", key) for key in file.altered_notes()))
        pinned_script(file)
        group = file.snapshot()
        records = sum(1 for _ in group.records())
        check_whole(group)
    except (EnvironmentFault, UserFault) as fault:
        return (Finding(fault.code, fault.facts),), 0
    return tuple(Finding("record-altered", {"type": kind, "id": key}) for kind, key in altered), records
