"""A group's file of the first schema: its exports become those of a group, and names never pass for one."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import Connection, insert, text

from facilitator.domain.edits import added
from facilitator.domain.ids import new_id
from facilitator.domain.records import AnyRecord, Card
from facilitator.packages import age
from facilitator.script.loader import bundled_script
from facilitator.services.commands import AddCards, ChangePerson, NewPerson
from facilitator.services.doctor import examine
from facilitator.services.exporting import export_group
from facilitator.services.groups import open_group
from facilitator.storage.backup import list_backups
from facilitator.storage.group_file import GROUP_KIND, GroupWriter
from facilitator.storage.mappers import digest_of_texts
from facilitator.storage.schema import META
from tests.helpers.schemas import make_first, take_back
from tests.helpers.sessions import SCRIPT, begin, new_event, new_group
from tests.packages.samples import KEY

REPLICA = "7d1f5f0e-1b53-4a44-9d6c-6b5cf2c7d0ad"
EXPORTS = (
    (1, "2018-02-08T10:00:00Z", KEY.fingerprint, REPLICA, "1" * 64),
    (2, "2018-02-08T11:00:00Z", KEY.fingerprint, REPLICA, None),
    (3, "2018-02-08T12:00:00Z", KEY.fingerprint, REPLICA, "3" * 64),
)
READ = "SELECT rev, created, fingerprint, replica, package FROM export ORDER BY rev"


@pytest.fixture
def records() -> tuple[AnyRecord, ...]:
    event = new_event()
    group = new_group(event)
    return (event, group, Card(id=new_id(), group=group.id, kind="rule", text="Театр"))


@pytest.fixture
def path(records: tuple[AnyRecord, ...], tmp_path: Path) -> Path:
    """A file of the first schema with three revisions, of which the second was never written to the end."""
    path = tmp_path / "old.fgroup"
    script = msgspec.json.encode(bundled_script(SCRIPT)).decode()
    pinned = {"name": "script", "value": script, "digest": digest_of_texts(("script", script))}

    def fill(connection: Connection) -> None:
        connection.execute(insert(META), [pinned])
        GroupWriter(connection).apply(added(records))
        for export in EXPORTS:
            names = ("rev", "created", "fingerprint", "replica", "package")
            connection.execute(
                text("INSERT INTO export VALUES (:rev, :created, :fingerprint, :replica, :package)"),
                dict(zip(names, export, strict=True)),
            )

    make_first(path, GROUP_KIND, fill)
    return path


def rows(path: Path, statement: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as raw:
        return raw.execute(statement).fetchall()


def test_an_older_group_is_copied_then_brought_up_with_its_exports(
    path: Path, records: tuple[AnyRecord, ...]
) -> None:
    with open_group(path) as service:
        assert tuple(service.snapshot.records()) == records
        assert [(each.rev, each.package, each.kind) for each in service.exports()] == [
            (1, "1" * 64, "group"),
            (3, "3" * 64, "group"),
        ]
        assert service.exports("persons") == ()
        assert service.roster is None
    assert rows(path, READ) == list(EXPORTS)
    assert examine(path).findings == ()
    (copy,) = list_backups(path)
    assert copy.sound
    assert rows(copy.path, "PRAGMA user_version") == [(1,)]
    assert rows(copy.path, READ) == list(EXPORTS)


def test_an_older_group_goes_on_from_its_last_package(path: Path, tmp_path: Path) -> None:
    with open_group(path) as service:
        service.perform(AddCards("rule", ("Ёлка",)))
        made = export_group(service, tmp_path / "g3.fpkg", KEY, REPLICA)
    assert made.rev == 4
    assert ("3" * 64).encode() in made.path.read_bytes()


def test_a_group_is_taken_back_with_its_exports_and_none_of_its_names_passes_for_a_package_of_its_work(
    tmp_path: Path,
) -> None:
    recipients = [recipient for recipient, _ in (age.new_recipient(), age.new_recipient())]
    with begin(tmp_path / "g.fgroup", NewPerson("Алёна")) as service:
        (participant,) = service.snapshot.participants
        service.perform(ChangePerson(participant, NewPerson("Алёна"), consent=True))
        first = export_group(service, tmp_path / "1.fpkg", KEY, REPLICA)
        export_group(service, tmp_path / "2.fpkg.age", KEY, REPLICA, content="persons", recipients=recipients)
        before = tuple(service.snapshot.records())

    take_back(tmp_path / "g.fgroup", GROUP_KIND)

    assert [(row[0], row[4]) for row in rows(tmp_path / "g.fgroup", READ)] == [(1, first.id), (2, None)]
    names = [name for (name,) in rows(tmp_path / "g.fgroup", "SELECT name FROM pragma_table_info('export')")]
    assert "kind" not in names
    with open_group(tmp_path / "g.fgroup") as service:
        assert tuple(service.snapshot.records()) == before
        assert [each.rev for each in service.exports()] == [1]
        assert export_group(service, tmp_path / "3.fpkg", KEY, REPLICA).rev == 3
