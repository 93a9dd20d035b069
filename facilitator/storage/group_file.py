"""A group's file, ``*.fgroup``: its records, its journal, its exports."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

from sqlalchemy import Connection, Table, bindparam, delete, insert, select
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.dialects.sqlite import insert as upsert

from facilitator.domain.edits import Edit, added
from facilitator.domain.records import AnyRecord, record_type
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.storage import journal
from facilitator.storage.backup import make_backup, save_copy
from facilitator.storage.engine import Database, FileKind, driver, sql
from facilitator.storage.export_log import Export, ExportLog
from facilitator.storage.faults import damage
from facilitator.storage.mappers import digest, digest_of_texts, record_of, row_of
from facilitator.storage.opening import create_database, open_database
from facilitator.storage.schema import EXPORTS, META, NOTES, RECORD_TABLES


def _upsert(table: Table) -> Insert:
    statement = upsert(table)
    changed = {column.name: statement.excluded[column.name] for column in table.c if column.name != "id"}
    return statement.on_conflict_do_update(index_elements=["id"], set_=changed)


# Made once, as text: putting a statement together costs more than carrying it out.
_UPSERT = {kind: sql(_upsert(table)) for kind, table in RECORD_TABLES.items()}
_DELETE = {
    kind: sql(delete(table).where(table.c.id == bindparam("id"))) for kind, table in RECORD_TABLES.items()
}
_PINNED = sql(select(META))
_NOTES = sql(select(NOTES))
_SELECT = {kind: sql(select(table)) for kind, table in RECORD_TABLES.items()}

_KEEP_NOTE = (
    upsert(NOTES)
    .values(key=bindparam("key"), value=bindparam("value"), digest=bindparam("digest"))
    .on_conflict_do_update(
        index_elements=["key"], set_={"value": bindparam("value"), "digest": bindparam("digest")}
    )
)
_EXPORTS = ExportLog(EXPORTS)
GROUP_KIND = FileKind(application_id=0x46475250, schema=3, migrations="group")  # "FGRP"


class GroupWriter:
    """What may be done inside one write transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._driver = driver(connection)

    def apply(self, edits: Iterable[Edit]) -> None:
        """Bring the rows to the state after ``edits``."""
        for (kind, gone), run in groupby(edits, key=lambda edit: (type(edit.record), edit.after is None)):
            if gone:
                self._driver.executemany(_DELETE[kind], [(edit.record.id,) for edit in run])
            else:
                rows = [row_of(edit.after) for edit in run if edit.after]
                self._driver.executemany(_UPSERT[kind], rows)

    def act(self, at: str, actor: str, code: str, subject: str, edits: tuple[Edit, ...]) -> None:
        """Apply the edits of an act and write the act down."""
        self.apply(edits)
        journal.append_act(self._driver, at, actor, code, subject, edits)

    def take_back(self, act: journal.Act, edits: tuple[Edit, ...], at: str) -> None:
        """Apply the inverse ``edits`` of an act and mark it undone."""
        self.apply(edits)
        journal.mark_undone(self._driver, act, at)

    def do_again(self, act: journal.Act) -> None:
        """Apply an undone act once more."""
        self.apply(act.edits)
        journal.mark_done(self._driver, act)

    def keep_note(self, key: str, value: str) -> None:
        """Keep a note in place of the former one of its key."""
        row = {"key": key, "value": value, "digest": digest_of_texts((key, value))}
        self._connection.execute(_KEEP_NOTE, row)

    def reserve_rev(self, kind: str, created: str, fingerprint: str, replica: str) -> int:
        """Take the next revision number for a package; see :meth:`ExportLog.reserve_rev`."""
        return _EXPORTS.reserve_rev(self._connection, kind, created, fingerprint, replica)

    def keep_exports(self, exports: Iterable[Export]) -> None:
        """Note exports that this file's history has lost, so that their revisions are not used again."""
        _EXPORTS.keep(self._connection, exports)

    def record_package(self, rev: int, package: str) -> None:
        """Note the id of the package that was written for a reserved revision."""
        _EXPORTS.record_package(self._connection, rev, package)


class GroupFile:
    """An open group file. It belongs to one thread, and no other program can open it meanwhile."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.path = database.path

    @classmethod
    def create(cls, path: Path, records: Iterable[AnyRecord], meta: Mapping[str, str]) -> None:
        """Make a group's file with its first records, whole or not at all.

        Raises ``UserFault("file-exists")`` and what :class:`Database` raises.
        """

        def fill(connection: Connection) -> None:
            connection.execute(
                insert(META),
                [
                    {"name": name, "value": value, "digest": digest_of_texts((name, value))}
                    for name, value in meta.items()
                ],
            )
            GroupWriter(connection).apply(added(records))

        create_database(path, GROUP_KIND, fill)

    @classmethod
    def open(cls, path: Path) -> "GroupFile":
        """Open a group's file; an older schema is backed up, then upgraded.

        Raises ``UserFault`` ``file-missing``, ``not-a-facilitator-file``, ``file-newer``;
        ``EnvironmentFault`` ``file-in-use``, ``cannot-open``, ``file-damaged``.
        """
        return cls(open_database(path, GROUP_KIND))

    def snapshot(self) -> GroupSnapshot:
        """Read the whole group in one read transaction."""
        with self._database.reading() as connection:
            return GroupSnapshot.of(record for record, _digest in self._read_records(connection))

    def meta(self) -> Mapping[str, str]:
        """Return what is pinned in the file, such as its script.

        Raises ``EnvironmentFault("file-damaged")``.
        """
        with self._database.reading() as connection, damage(self.path):
            return dict(_pinned(*row) for row in driver(connection).execute(_PINNED))

    def notes(self) -> tuple[str, ...]:
        """Return the notes of the room; one that is not as it was written is passed over, since no word said
        depends on it."""
        with self._database.reading() as connection:
            rows = driver(connection).execute(_NOTES)
            return tuple(value for key, value, written in rows if _is_sound(key, value, written))

    def altered_notes(self) -> tuple[str, ...]:
        """Return the keys of the notes that do not have the SHA-256 they were written with."""
        with self._database.reading() as connection:
            rows = driver(connection).execute(_NOTES)
            return tuple(str(key) for key, value, written in rows if not _is_sound(key, value, written))

    def log(self) -> tuple[journal.LogLine, ...]:
        """Return the log of acts, oldest first."""
        with self._database.reading() as connection:
            return journal.read_log(driver(connection))

    def undo_step(self) -> tuple[journal.Act | None, journal.Act | None]:
        """Return the act that undo would take back and the act that redo would do again.

        Raises ``EnvironmentFault("file-damaged")``.
        """
        with self._database.reading() as connection, damage(self.path):
            return journal.last_done(driver(connection)), journal.first_undone(driver(connection))

    def exports(self) -> tuple[Export, ...]:
        """Return the exports of this file, oldest first; one not written to the end has no package."""
        with self._database.reading() as connection:
            return _EXPORTS.read(connection)

    def altered_records(self) -> tuple[tuple[str, str], ...]:
        """Return type and id of each record that does not have the SHA-256 it was written with."""
        with self._database.reading() as connection:
            return tuple(
                (record_type(record), record.id)
                for record, written in self._read_records(connection)
                if digest(record) != written
            )

    def _read_records(self, connection: Connection) -> Iterator[tuple[AnyRecord, bytes]]:
        """Yield every record with the SHA-256 it was written with. Raises
        ``EnvironmentFault("file-damaged")``."""
        with damage(self.path):
            for kind in RECORD_TABLES:
                for row in driver(connection).execute(_SELECT[kind]):
                    yield record_of(kind, row), row[-1]

    def integrity_problems(self) -> tuple[str, ...]:
        """Return what SQLite's own checks find, see :meth:`Database.integrity_problems`.

        Raises ``EnvironmentFault("file-damaged")`` also for an act of the journal that is not as it was
        written.
        """
        problems = self._database.integrity_problems()
        if not problems:
            with self._database.reading() as connection, damage(self.path):
                journal.check_acts(driver(connection))
        return problems

    @contextmanager
    def writing(self) -> Iterator[GroupWriter]:
        """Give a writer for one transaction: durable when the block ends, undone when it raises."""
        with self._database.writing() as connection:
            yield GroupWriter(connection)

    def back_up(self) -> Path:
        """Make a checked copy beside the file; see :func:`facilitator.storage.backup.make_backup`."""
        return make_backup(self._database.raw, self.path)

    def save_copy(self, target: Path) -> None:
        """Make a checked copy elsewhere; see :func:`facilitator.storage.backup.save_copy`."""
        save_copy(self._database.raw, target)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()


def _is_sound(key: object, value: object, written: object) -> bool:
    """Whether a note has the SHA-256 it was written with."""
    return isinstance(key, str) and isinstance(value, str) and digest_of_texts((key, value)) == written


def _pinned(name: str, value: str, written: bytes) -> tuple[str, str]:
    if digest_of_texts((name, value)) != written:
        raise ValueError("what is pinned is not as it was written")
    return name, value
