"""What the command line keeps people from doing by mistake."""

import subprocess
import sys
from pathlib import Path

import pytest

from facilitator.services.groups import open_group
from tests.cli.conftest import Run
from tests.cli.lines import EVENT, GROUP, ID, card, write
from tests.helpers.disks import contents

CLUSTER = {"type": "cluster", "id": ID(9), "group": ID(2), "step": "rules", "title": "Другой шаг"}


@pytest.fixture
def group(run: Run, folder: Path) -> Path:
    path = folder / "g.fgroup"
    assert run("record", path, write(folder / "r.jsonl", EVENT, GROUP, card(3))).code == 0
    return path


@pytest.fixture
def key(folder: Path) -> Path:
    path = folder / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path)], check=True)
    return path


@pytest.mark.parametrize("victim", ["key", "key.pub", "r.jsonl", "g.fgroup"])
def test_a_package_replaces_nothing_but_a_package(run: Run, group: Path, key: Path, victim: str) -> None:
    target = group.with_name(victim)
    before = target.read_bytes()

    answer = run("export", group, target, "--key", key)

    assert (answer.code, answer.err.split(":")[1].strip()) == (3, "file-exists")
    assert target.read_bytes() == before


def test_a_package_replaces_an_earlier_one(run: Run, group: Path, key: Path) -> None:
    out = group.with_name("g.fpkg")
    assert [run("export", group, out, "--key", key, "--json").json["rev"] for _ in range(2)] == [1, 2]


def test_a_report_replaces_nothing_but_a_document(run: Run, group: Path, key: Path) -> None:
    answer = run("report", group, "--kind", "group", "--format", "docx", "--out", key)
    assert (answer.code, answer.err.split(":")[1].strip()) == (3, "file-exists")


def test_personal_missions_are_private_unless_the_line_says_not(run: Run, folder: Path) -> None:
    source = write(
        folder / "r.jsonl",
        EVENT,
        GROUP,
        card(3, kind="personal-mission"),
        card(4, kind="personal-mission", private=False),
        card(5, kind="mission"),
    )
    assert run("record", folder / "g.fgroup", source).code == 0
    with open_group(folder / "g.fgroup") as service:
        assert [service.snapshot.cards[ID(number)].private for number in (3, 4, 5)] == [True, False, False]


@pytest.mark.parametrize(
    ("records", "code", "line"),
    [
        ([{**EVENT, "ends": "2018-02-07"}, GROUP], "dates-reversed", 1),
        ([EVENT, GROUP, CLUSTER, card(3, cluster=ID(9))], "cluster-mismatch", 4),
        ([GROUP, card(3)], "group-incomplete", None),
    ],
)
def test_records_that_contradict_each_other_are_refused(
    run: Run, folder: Path, records: list[object], code: str, line: int | None
) -> None:
    source = write(folder / "r.jsonl", *records)
    before = contents(folder)

    answer = run("record", folder / "g.fgroup", source, "--lang", "en")

    assert answer.code == 3
    assert answer.err.startswith(f"error: {code}: " + (f"line {line}, " if line else ""))
    assert contents(folder) == before


@pytest.mark.parametrize("home", ["r.jsonl", "~nobody-of-this-name/home"])
def test_a_home_that_is_none_is_told(run: Run, group: Path, key: Path, home: str) -> None:
    named = home if home.startswith("~") else group.with_name(home)
    answer = run("export", group, group.with_name("g.fpkg"), "--key", key, "--home", named)
    assert answer.code == 3
    assert len(answer.err.splitlines()) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_an_answer_that_cannot_be_written_is_told(group: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "ui.cli.main", "--home", str(tmp_path), "show", str(group)]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 3
    assert done.stderr.startswith("error: answer-not-written: ")
    assert len(done.stderr.splitlines()) == 1
