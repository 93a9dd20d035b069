"""What taking packages in costs beside the least that any program would do there, as ratios: ``pytest -s``.

``--long`` measures a thousand packages instead of a few.
"""

import hashlib
import io
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from facilitator.domain.records import AnyRecord, Card, Event, Group, Participant
from facilitator.packages import SCHEMA, Envelope, Origin, build_package
from facilitator.packages.bag import RECORDS as RECORDS_FILE
from facilitator.packages.bag import unpack
from facilitator.packages.signers import Grant, Signers
from facilitator.services.centre import CentreService
from facilitator.services.intake import Judge
from tests.packages.samples import KEY, uid

FEW, MANY = 60, 1_000
GROUPS = 8
PARTICIPANTS = 18
RECORDS = 250
TEXT = "Молодёжь уезжает из сёл: «нет работы», дорога до города занимает два часа, автобус ходит раз в день"


@dataclass(frozen=True)
class Floor:
    """The least: the files, where the records lie in each, a signature like theirs, and a bare table."""

    paths: Sequence[Path]
    places: Sequence[slice]
    signature: bytes
    signed: bytes

    def read(self, database: sqlite3.Connection, at_once: int) -> float:
        """Read, hash, verify, parse and insert; return the seconds each package took."""
        key = Ed25519PublicKey.from_public_bytes(KEY.public.raw)
        decoder = msgspec.json.Decoder()
        begun = time.perf_counter()
        for place, path in enumerate(self.paths):
            data = path.read_bytes()
            key.verify(self.signature, self.signed)
            assert len(decoder.decode_lines(data[self.places[place]])) == RECORDS
            if place % at_once == 0:
                database.execute("BEGIN")
            database.execute("INSERT INTO package VALUES (?, ?)", (hashlib.sha256(data).digest(), data))
            if place % at_once == at_once - 1:
                database.execute("COMMIT")
        if database.in_transaction:
            database.execute("COMMIT")
        return (time.perf_counter() - begun) / len(self.paths)

    def look_up(self, database: sqlite3.Connection) -> float:
        """Read, hash and look up; return the seconds each package took."""
        begun = time.perf_counter()
        for path in self.paths:
            key = hashlib.sha256(path.read_bytes()).digest()
            assert database.execute("SELECT 1 FROM package WHERE sha256 = ?", (key,)).fetchone()
        return (time.perf_counter() - begun) / len(self.paths)


def records(event: Event, number: int, seed: int) -> list[AnyRecord]:
    group = Group(id=uid(seed * 1_000), event=event.id, number=number, theme="family", moderator="Алёна")
    people = [
        Participant(id=uid(seed * 1_000 + place), group=group.id, label=f"Участник {place}", region="ru-sta")
        for place in range(1, PARTICIPANTS + 1)
    ]
    cards = [
        Card(
            id=uid(seed * 1_000 + 100 + place),
            group=group.id,
            kind="present-norm",
            text=f"{TEXT} {place}",
            author=people[place % PARTICIPANTS].id,
            position=place,
            created="2018-10-01T09:00:00Z",
        )
        for place in range(RECORDS - 2 - PARTICIPANTS)
    ]
    return [event, group, *people, *cards]


def write_package(folder: Path, seed: int) -> Path:
    """Write the package of one group of one of many events."""
    event = Event(
        id=uid(seed // GROUPS + 1),
        code=f"e-{seed // GROUPS}",
        script="obraz-budushchego-2025",
        district="skfo",
        city="Пятигорск",
        starts="2018-09-30",
        ends="2018-10-02",
    )
    number = seed % GROUPS + 1
    envelope = Envelope(
        schema=SCHEMA,
        kind="group",
        principal=f"{event.code}.g{number}",
        origin=Origin(key=KEY.fingerprint, replica="laptop"),
        rev=1,
        parents=(),
        clock={},
        created="2018-10-01T10:00:00Z",
    )
    path = folder / f"{seed}.fpkg"
    path.write_bytes(build_package(envelope, records(event, number, seed + 1), KEY, base=f"g{number}").data)
    return path


@pytest.fixture(scope="module")
def paths(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("packages")
    count = MANY if request.config.getoption("--long") else FEW
    return [write_package(folder, seed) for seed in range(count)]


@pytest.fixture
def floor(paths: list[Path]) -> Floor:
    signed = b"x" * 300
    return Floor(paths, [_records_in(path) for path in paths], KEY._private.sign(signed), signed)


def _records_in(path: Path) -> slice:
    data = path.read_bytes()
    lines = unpack(io.BytesIO(data)).read(RECORDS_FILE)
    start = data.index(lines)
    return slice(start, start + len(lines))


def bare(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level=None)
    for pragma in ("locking_mode=EXCLUSIVE", "journal_mode=WAL", "synchronous=FULL"):
        database.execute(f"PRAGMA {pragma}").fetchall()
    database.execute("CREATE TABLE package (sha256 BLOB PRIMARY KEY, data BLOB)")
    return database


def seconds_each(act: Callable[[], object], paths: Sequence[Path]) -> float:
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) / len(paths)


@pytest.mark.timeout(600)
def test_taking_packages_in_and_taking_them_in_again(paths: list[Path], floor: Floor, tmp_path: Path) -> None:
    judge = Judge(Signers({KEY.public.raw: (Grant(KEY.public.raw, "e-*"),)}, frozenset()), datetime.now(UTC))
    with closing(bare(tmp_path / "each.db")) as database:
        least_each = floor.read(database, 1)
        least_again = floor.look_up(database)
    with closing(bare(tmp_path / "hundred.db")) as database:
        least_hundred = floor.read(database, 100)
    with closing(CentreService.open(tmp_path / "c.fcentre")) as centre:
        first = seconds_each(lambda: centre.merge(paths, judge), paths)
        again = seconds_each(lambda: centre.merge(paths, judge), paths)
        assert centre.result().groups == len(paths)
        assert {each.outcome for each in centre.merge(paths[:3], judge).packages} == {"duplicate"}
    print(
        f"\n{len(paths)} packages of {RECORDS} records, each:"
        f"\n  verified and taken in: {first / least_each:.1f} times the floor with a transaction each,"
        f" {first / least_hundred:.1f} times with one for a hundred"
        f" ({first * 1e3:.2f}, {least_each * 1e3:.2f} and {least_hundred * 1e3:.2f} ms)"
        f"\n  taken in again: {again / least_again:.1f} times the floor"
        f" ({again * 1e3:.3f} and {least_again * 1e3:.3f} ms)"
    )
