"""One exclusive, durable SQLite connection to one file."""

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import ClauseElement, Connection, create_engine, event
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.pool import StaticPool

from facilitator.errors import EnvironmentFault, UserFault
from facilitator.storage.faults import translated

BUSY_SECONDS = 0.5


@dataclass(frozen=True)
class FileKind:
    """What tells our files apart: SQLite's ``application_id`` and the newest schema this program knows."""

    application_id: int
    schema: int
    migrations: str


class Header(NamedTuple):
    """What a file's first page says of it: whose it is, and of which schema (``user_version``)."""

    application_id: int
    schema: int


def read_header(path: Path) -> Header:
    """Look at the first page of a database, without changing or recovering anything.

    SQLite does the looking: closing a file of our own would drop the lock of a connection this program may
    already have to it (POSIX locks belong to the process). ``immutable`` asks for no lock and no log.

    Raises ``UserFault`` ``file-missing``, ``not-a-facilitator-file``; ``EnvironmentFault`` ``cannot-open``,
    ``file-damaged``.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise UserFault("file-missing", path=path) from None
    except OSError as error:
        raise EnvironmentFault("cannot-open", path=path, reason=error.strerror) from error
    if not stat.S_ISREG(mode):
        raise EnvironmentFault("cannot-open", path=path, reason="not a file")
    with translated(path):
        look = sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)
        try:
            # A program killed while it folds the log in leaves a first page that counts pages still to come.
            look.execute("PRAGMA writable_schema=ON")
            (application_id,) = look.execute("PRAGMA application_id").fetchone()
            (schema,) = look.execute("PRAGMA user_version").fetchone()
        finally:
            look.close()
    return Header(application_id, schema)


def check_header(path: Path, kind: FileKind) -> None:
    """Refuse what is not a file of this kind, as :func:`read_header` looks at it.

    Raises ``UserFault`` ``file-missing``, ``not-a-facilitator-file``, ``file-newer``; ``EnvironmentFault``
    ``cannot-open``, ``file-damaged``.
    """
    header = read_header(path)
    if header.application_id != kind.application_id:
        raise UserFault("not-a-facilitator-file", path=path)
    check_schema(header.schema, kind, path)


def check_schema(found: int, kind: FileKind, path: Path) -> None:
    """Refuse a file that a newer program has written. Raises ``UserFault("file-newer")``."""
    if found > kind.schema:
        raise UserFault("file-newer", path=path, found=found, known=kind.schema)


class Database:
    """The one connection to a file: exclusive, WAL, ``synchronous=FULL``, read-only outside a transaction.

    It belongs to the thread that made it.
    """

    def __init__(self, path: Path) -> None:
        """Connect to ``path``, making the file when it is not there.

        Raises ``EnvironmentFault`` ``file-in-use``, ``cannot-open``, ``folder-read-only``, ``disk-full``.
        """
        self.path = path
        engine = create_engine("sqlite://", creator=self._connect, poolclass=StaticPool)
        event.listen(engine, "begin", _begin)
        with translated(path):
            self._connection = engine.connect()

    def _connect(self) -> sqlite3.Connection:
        raw = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            # Exclusive locking also keeps clear of the WAL-reset race between two connections (SQLite
            # 3.7.0-3.51.2).
            for pragma in (
                "locking_mode=EXCLUSIVE",
                "journal_mode=WAL",
                "synchronous=FULL",
                "foreign_keys=ON",
            ):
                raw.execute(f"PRAGMA {pragma}").fetchall()
            raw.execute("BEGIN IMMEDIATE")
            raw.execute("COMMIT")
            raw.execute("PRAGMA query_only=ON")
        except sqlite3.Error:
            raw.close()
            raise
        return raw

    @property
    def raw(self) -> sqlite3.Connection:
        """The driver's connection, for backup and pragmas."""
        return driver(self._connection)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give the connection for one read transaction."""
        with translated(self.path), self._connection.begin():
            yield self._connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give the connection for one write transaction: everything in it becomes durable, or nothing.

        SQLite itself refuses any write outside (``query_only``).
        """
        with translated(self.path):
            self.raw.execute("PRAGMA query_only=OFF")
            try:
                with self._connection.begin():
                    yield self._connection
            finally:
                self.raw.execute("PRAGMA query_only=ON")

    @property
    def schema(self) -> int:
        """The file's ``user_version``."""
        return int(self.raw.execute("PRAGMA user_version").fetchone()[0])

    def integrity_problems(self) -> tuple[str, ...]:
        """Return what SQLite's own checks find; empty when all is well.

        Raises ``EnvironmentFault("file-damaged")`` for what is too broken to be checked.
        """
        with translated(self.path):
            found = [row[0] for row in self.raw.execute("PRAGMA integrity_check") if row[0] != "ok"]
            orphans = self.raw.execute("PRAGMA foreign_key_check").fetchall()
        return (*found, *(f"{table} row {row} refers to nothing" for table, row, *_ in orphans))

    def checkpoint(self) -> None:
        """Fold the write-ahead log into the file."""
        with translated(self.path):
            self.raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Fold the log into the file and let go of it."""
        self._connection.close()
        self._connection.engine.dispose()


def driver(connection: Connection) -> sqlite3.Connection:
    """Return the driver's connection: it carries out ready statements at a fifth of the cost.

    Raises ``TypeError`` when the database is closed.
    """
    found = connection.connection.driver_connection
    if not isinstance(found, sqlite3.Connection):
        raise TypeError("the database is closed")
    return found


def sql(statement: ClauseElement) -> str:
    """Return a statement as SQLite reads it, its parameters in the order of its columns."""
    return str(statement.compile(dialect=dialect()))


def _begin(connection: Connection) -> None:
    driver(connection).execute("BEGIN")
