"""A centre's file, ``*.fcentre``: every package ever taken in and every file that was not, byte for byte."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Row, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from facilitator.storage.centre_schema import ASIDE, PACKAGES
from facilitator.storage.engine import Database, FileKind
from facilitator.storage.opening import create_database, open_database

CENTRE_KIND = FileKind(application_id=0x46435452, schema=1, migrations="centre")  # "FCTR"


@dataclass(frozen=True)
class KeptPackage:
    """A package that was taken in: its id, what its envelope says of its lineage, and when it came."""

    id: str
    principal: str
    origin: str
    rev: int
    parents: tuple[str, ...]
    clock: Mapping[str, tuple[int, str]]
    created: str
    received: str


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
    """The bytes of a file and the SHA-256 they were kept with; ``package`` is its id if it was taken in."""

    package: str | None
    sha256: bytes
    data: bytes


_PACKAGE_COLUMNS = [PACKAGES.c[name] for name in KeptPackage.__dataclass_fields__]
_ASIDE_COLUMNS = [ASIDE.c[name] for name in FileAside.__dataclass_fields__]


class CentreFile:
    """An open centre file. It belongs to one thread, and no other program can open it meanwhile."""

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

    def find(self, sha256: bytes) -> str | None:
        """Return the id of the package with exactly these bytes, or ``None``."""
        found: str | None = self._scalar(select(PACKAGES.c.id).where(PACKAGES.c.sha256 == sha256))
        return found

    def holds(self, package: str) -> bool:
        """Tell whether a package of this id was taken in."""
        return self._scalar(select(PACKAGES.c.seq).where(PACKAGES.c.id == package)) is not None

    def packages(self, principal: str | None = None) -> tuple[KeptPackage, ...]:
        """Return the packages of one principal, or all, in the order they came."""
        statement = select(*_PACKAGE_COLUMNS).order_by(PACKAGES.c.seq)
        if principal is not None:
            statement = statement.where(PACKAGES.c.principal == principal)
        with self._database.reading() as connection:
            return tuple(_kept(row) for row in connection.execute(statement))

    def aside(self) -> tuple[FileAside, ...]:
        """Return what was not taken in, in the order it first came."""
        statement = select(*_ASIDE_COLUMNS).order_by(ASIDE.c.seq)
        with self._database.reading() as connection:
            return tuple(FileAside(**row._mapping) for row in connection.execute(statement))

    def data(self, package: str) -> bytes:
        """Return the bytes of a package that was taken in. Raises ``KeyError``."""
        data: bytes | None = self._scalar(select(PACKAGES.c.data).where(PACKAGES.c.id == package))
        if data is None:
            raise KeyError(package)
        return data

    def originals(self) -> Iterator[Original]:
        """Yield all that lies in the file, one at a time."""
        with self._database.reading() as connection:
            for package in connection.execute(select(PACKAGES.c.id, PACKAGES.c.sha256, PACKAGES.c.data)):
                yield Original(package.id, package.sha256, package.data)
            for file in connection.execute(select(ASIDE.c.sha256, ASIDE.c.data)):
                yield Original(None, file.sha256, file.data)

    def keep(self, package: KeptPackage, sha256: bytes, data: bytes) -> None:
        """Take a package in, durably; if its bytes had been put aside, they no longer are."""
        values = asdict(package) | {"sha256": sha256, "data": data}
        with self._database.writing() as connection:
            connection.execute(insert(PACKAGES).values(values))
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
        with self._database.reading() as connection:
            return connection.execute(statement).scalar()


def _kept(row: Row[Any]) -> KeptPackage:
    values = dict(row._mapping)
    clock = {origin: (rev, package) for origin, (rev, package) in values["clock"].items()}
    return KeptPackage(**values | {"parents": tuple(values["parents"]), "clock": clock})
