"""Making and opening our files: whole or not at all, newer ones refused, older ones copied and upgraded."""

import os
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection

from facilitator.errors import EnvironmentFault, UserFault
from facilitator.files import part_beside, place_new, sync_folder, translated_os_errors
from facilitator.storage.backup import make_backup
from facilitator.storage.engine import Database, FileKind, check_header, check_schema


def create_database(path: Path, kind: FileKind, fill: Callable[[Connection], None] | None = None) -> None:
    """Make a file of the newest schema, with what ``fill`` writes into it in one transaction.

    Raises ``UserFault("file-exists")`` and what the disk and :class:`Database` raise.
    """
    for taken in (path, _log_of(path)):  # a killed program's log would be read into the new file
        if taken.exists():
            raise UserFault("file-exists", path=taken)
    part = part_beside(path)
    with translated_os_errors(path):
        part.write_bytes(b"")  # names a folder that is missing or read-only better than SQLite does
    try:
        database = Database(part)
        try:
            _upgrade(database, kind)
            if fill:
                with database.writing() as connection:
                    fill(connection)
            database.checkpoint()  # closing does so too, but would not say that the disk is full
        finally:
            database.close()
        with translated_os_errors(path):
            place_new(part, path)
            sync_folder(path.parent)
    finally:
        part.unlink(missing_ok=True)
        _log_of(part).unlink(missing_ok=True)


def open_database(path: Path, kind: FileKind) -> Database:
    """Open a file of ours; one of an older schema is backed up, then upgraded.

    Raises ``UserFault`` ``file-missing``, ``not-a-facilitator-file``, ``file-newer``;
    ``EnvironmentFault`` ``file-in-use``, ``cannot-open``, ``folder-read-only``, ``file-damaged``.
    """
    check_header(path, kind)
    # SQLite calls a file that may not be written a failing disk. Asking opens nothing: see check_header.
    if not os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        raise EnvironmentFault("folder-read-only", path=path)
    database = Database(path)
    try:
        check_schema(database.schema, kind, path)
        if database.schema < kind.schema:
            make_backup(database.raw, path)
            _upgrade(database, kind)
            database.checkpoint()
    except BaseException:
        database.close()
        raise
    return database


def _log_of(path: Path) -> Path:
    """Return where SQLite keeps the write-ahead log of a file."""
    return path.parent / f"{path.name}-wal"


def _upgrade(database: Database, kind: FileKind) -> None:
    from facilitator.storage.migrations import upgrade  # noqa: PLC0415  Alembic is slow to import and seldom needed

    with database.writing() as connection:
        upgrade(connection, kind)
