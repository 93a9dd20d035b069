"""Killed at a random moment, the program loses nothing it has acknowledged."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from facilitator.services.doctor import examine
from facilitator.services.groups import open_group
from tests.helpers.sessions import begin_closed

ROOT = Path(__file__).resolve().parents[2]
LONGEST_OPENING = 3.0  # seconds


def drill(path: Path, chance: random.Random) -> int:
    """Kill a recorder at a random moment; return how many statements it had acknowledged."""
    command = [sys.executable, "-m", "tests.helpers.recorder", path]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as recorder:
        assert recorder.stdout is not None
        first = recorder.stdout.readline()
        time.sleep(chance.uniform(0, 0.25))
        recorder.kill()
        acknowledged = [line.strip() for line in (first, *recorder.stdout) if line.endswith("\n")]
    assert recorder.returncode == -signal.SIGKILL
    begun = time.monotonic()
    with open_group(path) as service:
        assert time.monotonic() - begun < LONGEST_OPENING
        assert not set(acknowledged) - service.snapshot.cards.keys()
        assert len(service.snapshot.cards) <= len(acknowledged) + 1
    examination = examine(path)
    assert not examination.findings
    return len(acknowledged)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("seed", range(3))
def test_nothing_acknowledged_is_lost_in_five_kills(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    drills = [drill(begin_closed(tmp_path / f"{number}.fgroup"), chance) for number in range(5)]
    assert all(drills)


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_nothing_acknowledged_is_lost_in_200_kills(tmp_path: Path) -> None:
    chance = random.Random()
    drills = [drill(begin_closed(tmp_path / f"{number}.fgroup"), chance) for number in range(200)]
    print(f"200 kills: {sum(drills)} statements acknowledged, {min(drills)}–{max(drills)} a run, none lost")
    assert all(drills)
