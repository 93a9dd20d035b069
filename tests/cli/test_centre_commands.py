"""merge, doctor and report on a centre: good packages are taken in, bad ones are told, one by one."""

import html
import random
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from facilitator.packages import create_key
from facilitator.packages.sshsig import PACKAGE_NAMESPACE
from tests.cli.conftest import Run
from tests.cli.lines import EVENT, GROUP, ID, card, write
from tests.cli.test_wrong_input import check_told
from tests.helpers.disks import contents


@pytest.fixture
def packages(run: Run, folder: Path) -> list[Path]:
    """The packages of two groups, whose keys the roster beside them names."""
    made, roster = [], []
    for number in (1, 2):
        key = create_key(folder / f"key-{number}", None)
        roster.append(f'skfo-2018.g{number} namespaces="{PACKAGE_NAMESPACE}" {key.public_line}\n')
        owner = ID(20 + number)
        group = {**GROUP, "id": owner, "number": number}
        source = write(folder / "r.jsonl", EVENT, group, card(30 + number, f"Барьер {number}", group=owner))
        path = folder / f"g{number}.fgroup"
        assert run("record", path, source).code == 0
        made.append(folder / f"g{number}.fpkg")
        assert run("export", path, made[-1], "--key", folder / f"key-{number}").code == 0
    (folder / "allowed_signers").write_text("".join(roster), "ascii")
    return made


def merge(run: Run, folder: Path, *arguments: object) -> Any:
    roster = ("--roster", folder / "allowed_signers")
    return run("merge", folder / "c.fcentre", *arguments, *roster)


def test_merge_takes_packages_in_and_tells_each(run: Run, folder: Path, packages: list[Path]) -> None:
    answer = merge(run, folder, "--json", *packages, packages[0])
    merged = answer.json
    assert answer.code == 0
    assert merged.keys() == {
        *("packages", "state", "groups", "cards"),
        *("missing", "forks", "vanished", "rosters", "revoked"),
    }
    assert (merged["groups"], merged["cards"], len(merged["state"])) == (2, 2, 64)
    assert [each["outcome"] for each in merged["packages"]] == ["accepted", "accepted", "duplicate"]
    assert [each["path"] for each in merged["packages"]] == [*map(str, packages), str(packages[0])]
    assert {each["reason"] for each in merged["packages"]} == {None}
    again = merge(run, folder, *packages)
    assert again.out.splitlines()[0] == "g1.fpkg: уже есть"
    assert again.out.splitlines()[-1] == f"Групп: 2 · высказываний: 2 · состояние {merged['state']}"


def test_one_bad_package_does_not_stop_the_rest(run: Run, folder: Path, packages: list[Path]) -> None:
    data = bytearray(packages[0].read_bytes())
    data[len(data) // 2] ^= 1
    packages[0].write_bytes(data)
    answer = merge(run, folder, "--json", folder / "нет.fpkg", *packages)
    assert (answer.code, answer.err) == (1, "")
    assert [each["outcome"] for each in answer.json["packages"]] == ["refused", "refused", "accepted"]
    assert all(each["reason"] for each in answer.json["packages"][:2])
    assert (answer.json["groups"], answer.json["cards"]) == (1, 1)


def test_a_centre_is_no_package_of_its_own(run: Run, folder: Path, packages: list[Path]) -> None:
    merge(run, folder, *packages)
    answer = merge(run, folder, "--json", folder / "c.fcentre")
    (told,) = answer.json["packages"]
    assert (answer.code, told["outcome"], answer.json["groups"]) == (1, "refused", 2)
    assert "это сам центр" in told["reason"]


def test_doctor_examines_a_centre(run: Run, folder: Path, packages: list[Path]) -> None:
    merge(run, folder, *packages)
    found = run("doctor", folder / "c.fcentre", "--json")
    assert (found.code, found.json["sound"], found.json["records"]) == (0, True, 2)
    check_told(run("doctor", folder / "нет.fcentre"), "file-missing")


@pytest.mark.parametrize("name", ["c.fcentre", "копия центра"])
def test_doctor_knows_a_centre_by_what_is_in_it(
    run: Run, folder: Path, packages: list[Path], name: str
) -> None:
    merge(run, folder, *packages)
    path = (folder / "c.fcentre").rename(folder / name)
    assert run("doctor", path, "--json").json["records"] == 2
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE package SET rev = 7")
    found = run("doctor", path, "--json")
    assert found.code == 1
    assert {each["code"] for each in found.json["findings"]} == {"package-index-altered"}
    group = packages[0].with_suffix(".fgroup").rename(folder / "группа.fcentre")
    assert run("doctor", group, "--json").json["sound"]


def test_doctor_tells_of_a_centre_too_damaged_to_open(run: Run, folder: Path, packages: list[Path]) -> None:
    merge(run, folder, *packages)
    path = folder / "c.fcentre"
    path.write_bytes(path.read_bytes()[:4_096])
    answer = run("doctor", path, "--json")
    assert (answer.code, answer.json["sound"]) == (1, False)
    assert [each["code"] for each in answer.json["findings"]] == ["file-damaged"]


@pytest.mark.parametrize("seed", range(20))
def test_spoiled_bytes_of_a_centre_never_make_the_program_stumble(
    run: Run, folder: Path, packages: list[Path], seed: int
) -> None:
    merge(run, folder, *packages)
    path = folder / "c.fcentre"
    chance = random.Random(seed)
    data = bytearray(path.read_bytes())
    for _ in range(chance.choice([1, 20, 200])):
        data[chance.randrange(100 if seed % 2 else 0, len(data))] = chance.randrange(256)
    path.write_bytes(data[: chance.choice([len(data), len(data) // 2])])
    answer = run("doctor", path)
    assert answer.code in (0, 1, 3), answer
    assert len(answer.err.splitlines()) == (answer.code == 3)


def test_reports_are_written(run: Run, folder: Path, packages: list[Path]) -> None:
    merge(run, folder, *packages)
    for source, kind, form in (
        ("g1.fgroup", "group", "docx"),
        ("c.fcentre", "consolidated", "docx"),
        ("c.fcentre", "consolidated", "xlsx"),
    ):
        out = folder / f"{kind}.{form}"
        answer = run("report", folder / source, "--kind", kind, "--format", form, "--out", out)
        assert (answer.code, answer.out) == (0, f"Записано: {out}\n")
        with zipfile.ZipFile(out) as document:
            texts = "".join(document.read(name).decode() for name in document.namelist() if "xml" in name)
        assert "Барьер 1" in html.unescape(texts)


@pytest.mark.parametrize("roster", ["нет", "."])
def test_a_roster_that_does_not_serve_is_told(
    run: Run, folder: Path, packages: list[Path], roster: str
) -> None:
    before = contents(folder)
    code = "roster-missing" if roster == "нет" else "roster-unreadable"
    check_told(run("merge", folder / "c.fcentre", *packages, "--roster", folder / roster), code)
    check_told(run("verify", packages[0], "--roster", folder / roster), code)
    assert contents(folder) == before


def test_a_centre_that_is_none_is_told(run: Run, folder: Path, packages: list[Path]) -> None:
    (folder / "c.fcentre").write_bytes(b"no centre")
    before = contents(folder)
    check_told(merge(run, folder, *packages), "not-a-facilitator-file")
    check_told(run("doctor", folder / "c.fcentre"), "not-a-facilitator-file")
    assert contents(folder) == before


def test_the_files_of_groups_and_centres_are_told_apart(run: Run, folder: Path, packages: list[Path]) -> None:
    before = contents(folder)
    answer = run("merge", folder / "g1.fgroup", *packages, "--roster", folder / "allowed_signers")
    check_told(answer, "not-a-facilitator-file")
    assert contents(folder) == before


@pytest.mark.parametrize(
    ("source", "kind", "code"),
    [
        ("g1.fgroup", "consolidated", "report-needs-centre"),
        ("g1.fpkg", "consolidated", "report-needs-centre"),
        ("c.fcentre", "group", "report-needs-group"),
        ("g1.fpkg", "group", "report-needs-group"),
    ],
)
def test_a_report_says_which_file_it_needs(
    run: Run, folder: Path, packages: list[Path], source: str, kind: str, code: str
) -> None:
    merge(run, folder, *packages)
    before = contents(folder)
    arguments = ("--kind", kind, "--format", "docx", "--out", folder / "r.docx")
    check_told(run("report", folder / source, *arguments), code)
    assert contents(folder) == before


def test_a_missing_package_is_told(run: Run, folder: Path, packages: list[Path]) -> None:
    check_told(run("verify", folder / "нет.fpkg", "--roster", folder / "allowed_signers"), "file-missing")


def test_a_demonstration_never_mixes_with_a_persons_files(
    run: Run, folder: Path, packages: list[Path]
) -> None:
    before = contents(folder)
    check_told(run("demo", folder, "--no-window"), "folder-not-empty")
    check_told(run("demo", packages[0], "--no-window"), "folder-not-empty")
    assert contents(folder) == before


def test_a_demonstration_of_one_group_is_told(run: Run, folder: Path) -> None:
    answer = run("demo", folder / "demo", "--groups", 1, "--no-window", "--json")
    assert answer.code == 0
    assert (answer.json["groups"], len(answer.json["packages"])) == (1, 1)
    assert answer.json["cards"] > 10
    named = [*answer.json["reports"], answer.json["roster"], answer.json["centre"]]
    assert len(named) == 5
    assert all(Path(path).is_file() for path in named)
