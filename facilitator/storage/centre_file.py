"""A centre's file, ``*.fcentre``: every package ever taken in and every file that was not, byte for byte."""

import hashlib
import json
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, Row, bindparam, delete, insert, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from facilitator.storage.centre_schema import ASIDE, EXPORTS, META, PACKAGES
from facilitator.storage.engine import Database, FileKind
from facilitator.storage.export_log import ExportLog
from facilitator.storage.faults import damage
from facilitator.storage.opening import create_database, open_database

CENTRE_KIND = FileKind(application_id=0x46435452, schema=2, migrations="centre")  # "FCTR"


@dataclass(frozen=True)
class KeptPackage:
    """A package that was taken in: its id, what its envelope says, and when it came.

    A collection is kept without its packages, which have rows of their own; a group's package is kept
    decrypted, persons stay encrypted.
    """

    id: str
    principal: str
    origin: str
    rev: int
    parents: tuple[str, ...]
    clock: Mapping[str, tuple[int, str]]
    created: str
    received: str
    kind: str = "group"
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class FileAside:
    """A file that was not taken in: its outcome, why, what it was called, and when it first came."""

    outcome: str
    reason: str
    facts: Mapping[str, object]
    name: str
    received: str


@dataclass(frozen=True)
class Original:
    """The bytes of a file and the SHA-256 they were kept with; ``package`` is its row if it was taken in."""

    package: KeptPackage | None
    sha256: bytes
    data: bytes


# Built once: it is asked of every file that comes, and putting it together costs as much as asking.
_FIND = select(PACKAGES.c.id, PACKAGES.c.kind).where(
    or_(PACKAGES.c.sha256 == bindparam("wanted"), PACKAGES.c.came_as == bindparam("wanted"))
)
_EXPORTS = ExportLog(EXPORTS)
_OF_ROSTER = ("key-revoked", "namespace-not-granted", "principal-not-granted")
_Row = TypeVar("_Row", KeptPackage, FileAside)
_PACKAGE_COLUMNS = [PACKAGES.c[name] for name in KeptPackage.__dataclass_fields__]
_ASIDE_COLUMNS = [ASIDE.c[name] for name in FileAside.__dataclass_fields__]


class CentreFile:
    """An open centre file. It belongs to one thread, and no other program can open it meanwhile.

    All that reads it raises ``EnvironmentFault("file-damaged")`` for rows that the program did not write.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.path = database.path

    @classmethod
    def open(cls, path: Path, *, create: bool) -> "CentreFile":
        """Open a centre's file; with ``create``, make it when it is not there.

        Raises what :func:`create_database` and :func:`open_database` raise.
        """
        if create and not path.exists():
            create_database(path, CENTRE_KIND)
        return cls(open_database(path, CENTRE_KIND))

    @property
    def replica(self) -> str:
        """The random id under which this centre makes packages; a copy of the file has it too."""
        replica = self._scalar(select(META.c.value).where(META.c.name == "replica"))
        with damage(self.path):
            return str(uuid.UUID(replica or ""))

    def find(self, sha256: bytes) -> tuple[str, str] | None:
        """Return id and kind of the package that is kept or came with exactly these bytes, or ``None``."""
        with self._reading() as connection:
            found = connection.execute(_FIND, {"wanted": sha256}).one_or_none()
        return found and (found.id, found.kind)

    def holds(self, package: str) -> bool:
        """Tell whether a package of this id was taken in."""
        return self._scalar(select(PACKAGES.c.seq).where(PACKAGES.c.id == package)) is not None

    def packages(self) -> tuple[KeptPackage, ...]:
        """Return the packages of every kind, in the order they came."""
        statement = select(*_PACKAGE_COLUMNS).order_by(PACKAGES.c.seq)
        with self._reading() as connection:
            return tuple(_row(row, KeptPackage) for row in connection.execute(statement))

    def waiting(self) -> Iterator[tuple[FileAside, bytes]]:
        """Yield what may yet be taken in, with its bytes, one at a time: only the roster spoke against it.

        What is taken in meanwhile, in a collection, is passed over.
        """
        may_yet = or_(ASIDE.c.outcome == "quarantined", ASIDE.c.reason.in_(_OF_ROSTER))
        waiting = select(ASIDE.c.seq).where(may_yet).order_by(ASIDE.c.seq)
        with self._reading() as connection:
            rows = connection.execute(waiting).scalars().all()
        for seq in rows:
            with self._reading() as connection:
                row = connection.execute(select(ASIDE).where(ASIDE.c.seq == seq)).one_or_none()
                file = row and (_row(row, FileAside), _bytes(row.data))
            if file:
                yield file

    def reserve_rev(self, kind: str, created: str, fingerprint: str) -> int:
        """Take the next revision number for a package, durably; see :meth:`ExportLog.reserve_rev`."""
        replica = self.replica
        with self._database.writing() as connection:
            return _EXPORTS.reserve_rev(connection, kind, created, fingerprint, replica)

    def record_package(self, rev: int, package: str) -> None:
        """Note that the package of a revision was written and checked."""
        with self._database.writing() as connection:
            _EXPORTS.record_package(connection, rev, package)

    def aside(self) -> tuple[FileAside, ...]:
        """Return what was not taken in, in the order it first came."""
        statement = select(*_ASIDE_COLUMNS).order_by(ASIDE.c.seq)
        with self._reading() as connection:
            return tuple(_row(row, FileAside) for row in connection.execute(statement))

    def data(self, package: str) -> bytes:
        """Return the bytes of a package that was taken in. Raises ``KeyError``."""
        data = self._scalar(select(PACKAGES.c.data).where(PACKAGES.c.id == package))
        if data is None:
            raise KeyError(package)
        with damage(self.path):
            return _bytes(data)

    def originals(self) -> Iterator[Original]:
        """Yield all that lies in the file, one at a time."""
        with self._reading() as connection:
            for package in connection.execute(select(PACKAGES)):
                yield Original(_row(package, KeptPackage), _bytes(package.sha256), _bytes(package.data))
            for file in connection.execute(select(ASIDE.c.sha256, ASIDE.c.data)):
                yield Original(None, _bytes(file.sha256), _bytes(file.data))

    def keep(self, package: KeptPackage, data: bytes, came_as: bytes | None) -> None:
        """Take a package in, durably; what came with its SHA-256 or ``came_as`` is no longer put aside."""
        sha256 = hashlib.sha256(data).digest()
        another = None if came_as == sha256 else came_as
        values = asdict(package) | {"sha256": sha256, "came_as": another, "data": data}
        with self._database.writing() as connection:
            connection.execute(insert(PACKAGES), values)
            connection.execute(delete(ASIDE).where(ASIDE.c.sha256.in_((sha256, came_as))))

    def drop_aside(self, sha256: bytes) -> None:
        """Forget a file that was put aside; what it held has been taken in."""
        with self._database.writing() as connection:
            connection.execute(delete(ASIDE).where(ASIDE.c.sha256 == sha256))

    def put_aside(self, file: FileAside, sha256: bytes, data: bytes) -> None:
        """Keep a file that is not taken in, durably; the same bytes are kept once, with the newest reason."""
        facts = json.loads(json.dumps(file.facts, default=str))
        values = asdict(file) | {"facts": facts, "sha256": sha256, "data": data}
        verdict = {name: values[name] for name in ("outcome", "reason", "facts")}
        statement = upsert(ASIDE).values(values)
        with self._database.writing() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["sha256"], set_=verdict))

    def integrity_problems(self) -> tuple[str, ...]:
        """Return what SQLite's own checks find; see :meth:`Database.integrity_problems`."""
        return self._database.integrity_problems()

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def _scalar(self, statement: Any) -> Any:
        with self._reading() as connection:
            return connection.execute(statement).scalar()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._database.reading() as connection, damage(self.path):
            yield connection


def _row(row: Row[Any], kind: type[_Row]) -> _Row:
    return msgspec.convert({name: row._mapping[name] for name in kind.__dataclass_fields__}, kind)


def _bytes(value: object) -> bytes:
    """Return a value of a binary column as it is; SQLite keeps whatever it is given in any column."""
    if not isinstance(value, bytes):
        raise TypeError("not bytes")
    return value
