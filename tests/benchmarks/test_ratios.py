"""What the program costs beside the bare minimum of the same machine, printed as ratios: ``pytest -s``."""

import sqlite3
import statistics
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from facilitator.services.commands import AddCards
from facilitator.services.groups import open_group
from tests.helpers.sessions import begin

CARDS = 2_000


def median_seconds(act: Callable[[], object], times: int) -> float:
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def test_recording_a_statement_beside_a_bare_commit(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "bare.db", isolation_level=None)) as bare:
        for pragma in ("locking_mode=EXCLUSIVE", "journal_mode=WAL", "synchronous=FULL"):
            bare.execute(f"PRAGMA {pragma}").fetchall()
        bare.execute("CREATE TABLE card (id INTEGER PRIMARY KEY, text TEXT)")
        commit = median_seconds(lambda: bare.execute("INSERT INTO card (text) VALUES ('Правило')"), 100)
    with begin(tmp_path / "g.fgroup") as service:
        act = median_seconds(lambda: service.perform(AddCards("rule", ("Правило",))), 100)
        assert len(service.snapshot.cards) == 100
    print(
        f"\na statement recorded: {act / commit:.1f} bare commits ({act * 1e3:.2f} and {commit * 1e3:.2f} ms)"
    )


def test_opening_a_large_group_beside_reading_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "g.fgroup"
    with begin(path) as service:
        service.perform(AddCards("rule", tuple(f"Правило {number} «да»" for number in range(CARDS))))
    reading = median_seconds(path.read_bytes, 20)
    opening = median_seconds(lambda: open_group(path).close(), 5)
    with open_group(path) as service:
        assert len(service.snapshot.cards) == CARDS
    print(
        f"\n{CARDS} statements opened: {opening / reading:.0f} readings of the file ({opening * 1e3:.0f} ms)"
    )
