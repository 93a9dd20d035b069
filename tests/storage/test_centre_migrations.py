"""A centre of the first schema: copied, brought up whole, taken back with what an older one knows."""

import hashlib
import json
import sqlite3
import uuid
from contextlib import closing
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from facilitator.packages import age, read_package
from facilitator.packages.signers import Grant, Signers
from facilitator.services.centre import CentreService
from facilitator.services.doctor import examine
from facilitator.services.intake import Judge
from facilitator.services.lead import collect, resolve
from facilitator.storage.backup import list_backups
from facilitator.storage.centre_file import CENTRE_KIND
from tests.helpers.schemas import make_first, take_back
from tests.merge.laptops import AT, Laptop, Sent
from tests.packages.samples import KEY, OTHER_KEY

GROUP = "skfo-2018.g3"
SIGNERS = Signers(
    {key.public.raw: (Grant(key.public.raw, "skfo-2018.*"),) for key in (KEY, OTHER_KEY)}, frozenset()
)
COLUMNS = "seq, id, sha256, principal, origin, rev, parents, clock, created, received, data"
LEAD = OTHER_KEY


@pytest.fixture
def sides() -> list[Sent]:
    """What was exported, and what a laptop and its clone made of it."""
    start = Laptop(KEY).export()
    return [start.sent, start.write("Здесь").export().sent, start.write("На клоне", "И ещё").export().sent]


@pytest.fixture
def path(sides: list[Sent], tmp_path: Path) -> Path:
    """A centre of the first schema that holds those, and a file that was refused."""
    path = tmp_path / "old.fcentre"

    def fill(connection: Connection) -> None:
        for sent in sides:
            connection.execute(_insert("package", _row(sent)), _row(sent))
        aside = {
            "sha256": hashlib.sha256(b"PK").digest(),
            "outcome": "refused",
            "reason": "archive-not-canonical",
            "facts": "{}",
            "name": "g9.fpkg",
            "received": "2018-10-01T18:00:00Z",
            "data": b"PK",
        }
        connection.execute(_insert("aside", aside), aside)

    make_first(path, CENTRE_KIND, fill)
    return path


def _row(sent: Sent) -> dict[str, Any]:
    envelope = read_package(sent.data, SIGNERS, AT).envelope
    return {
        "id": sent.id,
        "sha256": hashlib.sha256(sent.data).digest(),
        "principal": envelope.principal,
        "origin": sent.origin,
        "rev": sent.rev,
        "parents": json.dumps(envelope.parents),
        "clock": json.dumps(envelope.clock),
        "created": envelope.created,
        "received": "2018-10-01T18:00:00Z",
        "data": sent.data,
    }


def _insert(table: str, values: dict[str, Any]) -> Any:
    return text(
        f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join(f':{name}' for name in values)})"
    )


def rows(path: Path, statement: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as raw:
        return raw.execute(statement).fetchall()


def packages(path: Path) -> list[tuple[Any, ...]]:
    return rows(path, f"SELECT {COLUMNS} FROM package ORDER BY seq")


def test_an_older_centre_is_copied_then_brought_up_with_kinds_and_counts(
    path: Path, sides: list[Sent]
) -> None:
    before, aside = packages(path), rows(path, "SELECT * FROM aside")
    with closing(CentreService.open(path, create=False)) as centre:
        assert [(each.id, each.kind, dict(each.counts)) for each, _ in centre.packages()] == [
            (sent.id, "group", {"event": 1, "group": 1, "card": cards})
            for sent, cards in zip(sides, (1, 2, 3), strict=True)
        ]
        assert (centre.result().groups, centre.result().cards) == (1, 3)
        assert {head.id for head in centre.lineage().heads[GROUP]} == {sent.id for sent in sides[1:]}
    assert examine(path).findings == ()
    assert packages(path) == before
    assert rows(path, "SELECT * FROM aside") == aside
    assert rows(path, "PRAGMA user_version") == [(CENTRE_KIND.schema,)]
    (copy,) = list_backups(path)
    assert copy.sound
    assert rows(copy.path, "PRAGMA user_version") == [(1,)]
    assert packages(copy.path) == before
    CentreService.open(path, create=False).close()
    assert len(list_backups(path)) == 1


def test_every_centre_is_an_origin_of_its_own(path: Path, tmp_path: Path) -> None:
    paths = (path, path, tmp_path / "new.fcentre", tmp_path / "another.fcentre")
    replicas = []
    for each in paths:
        with closing(CentreService.open(each)) as centre:
            replicas.append(centre.replica)
    assert replicas[0] == replicas[1]
    assert len(set(replicas)) == 3
    assert {uuid.UUID(replica).version for replica in replicas} == {4}


def test_an_older_centre_goes_on_working(path: Path, sides: list[Sent], tmp_path: Path) -> None:
    with closing(CentreService.open(path, create=False)) as centre:
        again = centre.merge([sent.save(tmp_path) for sent in sides], Judge(SIGNERS, datetime.now(UTC)))
        assert {each.outcome for each in again.packages} == {"duplicate"}
        made = resolve(centre, GROUP, sides[2].id, LEAD)
        assert collect(centre, tmp_path / "c.fpkg", LEAD).rev == 2
        assert [head.id for head in centre.lineage().heads[GROUP]] == [made.id]


def test_a_centre_is_taken_back_with_its_groups(path: Path, sides: list[Sent], tmp_path: Path) -> None:
    before = packages(path)
    another = Laptop(KEY, number=4).export().sent
    recipients = (age.new_recipient(), age.new_recipient())
    sealed = tmp_path / "sealed.fpkg.age"
    sealed.write_bytes(age.encrypt(another.data, [each for each, _ in recipients]))
    judge = Judge(SIGNERS, datetime.now(UTC), age.parse_identities(recipients[0][1]))
    with closing(CentreService.open(path, create=False)) as centre:
        bundle = collect(centre, tmp_path / "c.fpkg", LEAD)
        outcomes = centre.merge([bundle.path, sealed], judge).packages
        assert [each.outcome for each in outcomes] == ["duplicate"] * 3 + ["accepted"] * 2
        expected = centre.result().state

    take_back(path, CENTRE_KIND)

    assert packages(path)[: len(before)] == before
    assert [row[1] for row in packages(path)] == [sent.id for sent in (*sides, another)]
    names = {name for (name,) in rows(path, "SELECT name FROM pragma_table_info('package')")}
    assert names == set(COLUMNS.split(", "))
    assert rows(path, "SELECT name FROM sqlite_master WHERE name IN ('export', 'meta')") == []
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]
    with closing(CentreService.open(path, create=False)) as centre:
        assert centre.result().state == expected
        assert centre.check() == ()


def test_a_damaged_package_does_not_keep_an_older_centre_shut(path: Path, sides: list[Sent]) -> None:
    for place, spoiled in enumerate(
        (b"", sides[1].data[:-9], sides[2].data.replace(b'"counts"', b'"amount"'))
    ):
        with closing(sqlite3.connect(path)) as raw, raw:
            raw.execute("UPDATE package SET data = ? WHERE seq = ?", (spoiled, place + 1))
    found = [(finding.code, finding.facts["id"]) for finding in examine(path).findings]
    assert [key for code, key in found if code == "package-altered"] == [sent.id for sent in sides]


@pytest.mark.parametrize(
    ("package", "counts"),
    [
        (b'{"clock":{},"counts":{"card":3,"event":1},"created"', '{"card":3,"event":1}'),
        (b'{"clock":{},"counts":{"card":3,"ev', "{}"),
        (b'"counts":{"card":[[[[}', "{}"),
        (b'"counts":{"card":\xff}', "{}"),
        (b'"counts":{"card":1,}', "{}"),
        (b"PK\x03\x04", "{}"),
        ("text", "{}"),
        (None, "{}"),
    ],
)
def test_a_package_damaged_in_any_way_counts_nothing(package: object, counts: str) -> None:
    migration = import_module("facilitator.storage.migrations.centre.c0002_kinds")
    assert migration._counts(package) == counts
