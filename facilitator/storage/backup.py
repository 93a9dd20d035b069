"""Copies of a group's file: made by SQLite's backup API, re-opened and checked, rotated, restored.

The copies lie beside the file, in ``<name>.backups``; each has its SHA-256 beside it in the form
``sha256sum -c`` reads.
"""

import hashlib
import os
import re
import shutil
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from facilitator.errors import EnvironmentFault, UserFault
from facilitator.files import sync_folder, translated_os_errors, write_atomically
from facilitator.storage.engine import FileKind, check_header
from facilitator.storage.faults import translated

KEPT_RECENT = 12
_STAMP = "%Y%m%dT%H%M%S%fZ"
_SIDE_FILES = ("-wal", "-shm")


@dataclass(frozen=True)
class Backup:
    """One copy on the disk. ``sound`` says that its bytes are those that were checked when it was made."""

    name: str
    path: Path
    made: datetime
    size: int
    sound: bool


def backup_folder(path: Path) -> Path:
    """Return the folder that holds the copies of the file at ``path``."""
    return path.parent / f"{path.name}.backups"


def make_backup(connection: sqlite3.Connection, path: Path) -> Path:
    """Copy the connected database, re-open and check the copy, rotate older ones; return the copy's path.

    Raises ``EnvironmentFault`` ``disk-full``, ``folder-read-only``, ``backup-not-sound``.
    """
    folder = backup_folder(path)
    stamp = datetime.now(UTC)
    target = folder / f"{stamp.strftime(_STAMP)}{path.suffix}"
    part = folder / "unfinished.part"  # one name, so that what a killed program left is written over
    try:
        with translated_os_errors(folder):
            folder.mkdir(exist_ok=True)
            part.unlink(missing_ok=True)
        with translated(part), translated_os_errors(folder):
            _copy(connection, part)
            _check_copy(part)
            # The checksum first: a copy that a power cut left without one would pass for damaged.
            write_atomically(_checksum_path(target), f"{_sha256(part)}  {target.name}\n".encode())
            os.replace(part, target)
            sync_folder(folder)
    finally:
        with suppress(OSError):  # the disk may be gone, and the reason it went is what counts
            part.unlink(missing_ok=True)
    with translated_os_errors(folder):
        _rotate(path)
    return target


def save_copy(connection: sqlite3.Connection, target: Path) -> None:
    """Copy the connected database to a place of a person's choice, checked, whole or not at all.

    Raises ``EnvironmentFault`` ``disk-full``, ``folder-read-only``, ``folder-missing``, ``backup-not-sound``.
    """
    part = target.with_name(f".{target.name}.part")
    try:
        with translated(part), translated_os_errors(target):
            part.unlink(missing_ok=True)
            _copy(connection, part)
            _check_copy(part)
            os.replace(part, target)
            sync_folder(target.parent)
    finally:
        with suppress(OSError):  # the disk may be gone, and the reason it went is what counts
            part.unlink(missing_ok=True)


def _copy(connection: sqlite3.Connection, target: Path) -> None:
    copy = sqlite3.connect(target)
    try:
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE").fetchall()
    finally:
        copy.close()
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def _check_copy(path: Path) -> None:
    with translated(path):
        copy = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        try:
            verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
        finally:
            copy.close()
    if verdict != "ok":
        raise EnvironmentFault("backup-not-sound", path=path)


def _checksum_path(backup: Path) -> Path:
    return backup.with_name(f"{backup.name}.sha256")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_sound(backup: Path) -> bool:
    try:
        return _checksum_path(backup).read_text("ascii").split()[0] == _sha256(backup)
    except (OSError, ValueError, IndexError):
        return False


def _copies(path: Path) -> list[Path]:
    """Return the copies of a file, newest first."""
    name = re.compile(rf"\d{{8}}T\d{{12}}Z{re.escape(path.suffix)}")
    return sorted((each for each in backup_folder(path).glob("*") if name.fullmatch(each.name)), reverse=True)


def list_backups(path: Path) -> tuple[Backup, ...]:
    """Return the copies of the file at ``path``, newest first, each checked against its SHA-256."""
    return tuple(
        Backup(
            name=copy.stem,
            path=copy,
            made=datetime.strptime(copy.stem, _STAMP).replace(tzinfo=UTC),
            size=copy.stat().st_size,
            sound=_is_sound(copy),
        )
        for copy in _copies(path)
    )


def _rotate(path: Path) -> None:
    """Keep the newest copies and, of each earlier day, the last one."""
    days: set[str] = set()
    for place, copy in enumerate(_copies(path)):
        day = copy.stem[:8]
        if place >= KEPT_RECENT and day in days:
            copy.unlink()
            _checksum_path(copy).unlink(missing_ok=True)
        days.add(day)


def restore_backup(path: Path, kind: FileKind, name: str | None = None) -> tuple[Backup, Path | None]:
    """Put a copy in the place of the file at ``path``; the file that stood there is kept aside.

    ``name`` names the copy; without it the newest sound one is taken. Returns the copy and where the former
    file went (``None`` when there was none). The caller makes sure that no one has the file open.
    Raises ``UserFault`` ``backup-missing``, ``backup-damaged``, ``not-a-facilitator-file``.
    """
    backups = list_backups(path)
    chosen = next((each for each in backups if (each.sound if name is None else each.name == name)), None)
    if chosen is None:
        raise UserFault("backup-missing", path=path, name=name or "")
    if not chosen.sound:
        raise UserFault("backup-damaged", path=chosen.path, name=chosen.name)
    check_header(chosen.path, kind)
    with translated_os_errors(path.parent):
        part = path.with_name(f"{path.name}.restoring")
        try:
            shutil.copyfile(chosen.path, part)
            with part.open("rb+") as file:
                os.fsync(file.fileno())
            aside = set_aside(path, "before-restore")
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)
        sync_folder(path.parent)
    return chosen, aside


def set_aside(path: Path, reason: str) -> Path | None:
    """Move the file away, and the log of a killed program, which would be read into what takes its place.

    ``reason`` becomes part of its name. Returns where the file is now, ``None`` when there was none. The
    caller makes sure that no one has the file open.
    """
    stamp = datetime.now(UTC).strftime(_STAMP)
    aside = path.with_name(f"{path.stem}.{reason}-{stamp}{path.suffix}")
    there = path.exists()
    for suffix in (*_SIDE_FILES, ""):
        part = path.with_name(path.name + suffix)
        if part.exists():
            os.replace(part, aside.with_name(aside.name + suffix))
    return aside if there else None
