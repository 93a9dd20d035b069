"""Killed in the middle of any kind of act, the window loses none that it has shown as saved."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from facilitator.services.commands import AddCards, NewPerson
from facilitator.services.doctor import examine
from facilitator.services.group_service import GroupService
from facilitator.services.groups import open_group
from tests.helpers.sessions import begin

ROOT = Path(__file__).resolve().parents[2]
KINDS = ("record", "drag", "vote", "type")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")


def check(what: str, service: GroupService, said: list[list[str]]) -> None:
    """Compare the file with the last things that the window had shown as saved."""
    group = service.snapshot
    if what == "record":
        assert {words[0] for words in said} <= group.cards.keys()
    elif what == "drag":
        # One drop may have become durable after the last was told: the card is then in the other column.
        assert group.cards[said[-1][0]].cluster in group.clusters
    elif what == "vote":
        given = {vote.participant: vote.value for vote in group.votes.values()}
        for person, dots in dict(said).items():
            assert given[person] in (int(dots), int(dots) % 5 + 1)
    else:
        (image,) = group.cards_of("image")
        assert len(image.text) >= int(said[-1][0]) - 1  # the space that was typed last is not kept


def drill(path: Path, what: str, seconds: float) -> int:
    """Kill the window while it works; return how many acts it had shown as saved."""
    with begin(path, *(NewPerson() for _ in range(4))) as service:
        service.perform(AddCards("rule", ("Решаем вместе",)))
    command = [sys.executable, "-m", "tests.helpers.window_recorder", path, what]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as recorder:
        assert recorder.stdout is not None
        first = recorder.stdout.readline()
        time.sleep(seconds)
        recorder.kill()
        said = [line.split() for line in (first, *recorder.stdout) if line.endswith("\n")]
    assert recorder.returncode == -signal.SIGKILL
    with open_group(path) as service:
        service.finish_drafts()
        check(what, service, said)
    assert not examine(path).findings
    return len(said)


@pytest.mark.parametrize("what", KINDS)
def test_no_act_that_was_shown_as_saved_is_lost(tmp_path: Path, what: str) -> None:
    assert drill(tmp_path / "g.fgroup", what, random.Random(what).uniform(0.2, 0.6))


@pytest.mark.long
@pytest.mark.timeout(1_800)
def test_no_act_is_lost_in_100_kills(tmp_path: Path) -> None:
    chance = random.Random()
    drills = [
        drill(tmp_path / f"{number}.fgroup", KINDS[number % len(KINDS)], chance.uniform(0, 1))
        for number in range(100)
    ]
    print(f"100 kills: {sum(drills)} acts shown as saved, none lost")
    assert all(drills)
