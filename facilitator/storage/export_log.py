"""The packages a file has made: a revision is reserved before a package is written and never used again."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from sqlalchemy import Column, Connection, Integer, MetaData, Table, Text, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert


@dataclass(frozen=True)
class Export:
    """One package made from a file: its revision, kind, when, by which key and installation, and its id."""

    rev: int
    kind: str
    created: str
    fingerprint: str
    replica: str
    package: str | None


def export_table(metadata: MetaData) -> Table:
    """Return the table of exports among the tables of a file."""
    return Table(
        "export",
        metadata,
        Column("rev", Integer, primary_key=True),
        Column("created", Text, nullable=False),
        Column("fingerprint", Text, nullable=False),
        Column("replica", Text, nullable=False),
        Column("package", Text),
        Column("kind", Text, nullable=False, server_default="group"),
    )


class ExportLog:
    """Reads and fills the table of exports on a connection that it is given."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def reserve_rev(
        self, connection: Connection, kind: str, created: str, fingerprint: str, replica: str
    ) -> int:
        """Take the next revision number for a package; a number is never used twice."""
        last = connection.execute(select(func.max(self._table.c.rev))).scalar() or 0
        export = Export(last + 1, kind, created, fingerprint, replica, None)
        connection.execute(insert(self._table).values(asdict(export)))
        return export.rev

    def record_package(self, connection: Connection, rev: int, package: str) -> None:
        """Note the id of the package that was written for a reserved revision."""
        connection.execute(update(self._table).where(self._table.c.rev == rev).values(package=package))

    def keep(self, connection: Connection, exports: Iterable[Export]) -> None:
        """Note exports that the file's history has lost, so that their revisions are not used again."""
        rows = [asdict(export) for export in exports]
        if rows:
            connection.execute(upsert(self._table).on_conflict_do_nothing(), rows)

    def read(self, connection: Connection) -> tuple[Export, ...]:
        """Return the exports, oldest first; one not written to the end has no package."""
        rows = connection.execute(select(self._table).order_by(self._table.c.rev))
        return tuple(Export(**row._mapping) for row in rows)
