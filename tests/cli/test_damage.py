"""A damaged group's file is told in every way it can be damaged; the program never stumbles over it."""

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from facilitator.services.commands import AddCards, GiveDots, NewPerson, SetStepState
from tests.cli.conftest import Run
from tests.helpers.sessions import begin

OUTCOMES = {("doctor", 0), ("doctor", 1), ("doctor", 3), ("show", 0), ("show", 3)}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "g.fgroup"
    with begin(path, NewPerson("Ёлкина"), NewPerson()) as service:
        changes = service.perform(AddCards("rule", tuple(f"Правило {number}" for number in range(40))))
        service.perform(GiveDots(changes.edits[0].record.id, 3))
        service.perform(SetStepState("rules", "done"))
    return path


@pytest.mark.parametrize("seed", range(40))
def test_spoiled_bytes_never_make_the_program_stumble(
    run: Run, sound: Path, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    path = tmp_path / "g.fgroup"
    data = bytearray(sound.read_bytes())
    for _ in range(chance.choice([1, 20, 200])):
        data[chance.randrange(100 if seed % 2 else 0, len(data))] = chance.randrange(256)
    path.write_bytes(data[: chance.choice([len(data), len(data) // 2, 4_096])])
    for command in ("show", "doctor"):
        answer = run(command, path)
        assert (command, answer.code) in OUTCOMES, answer
        assert len(answer.err.splitlines()) == (answer.code == 3)


STATEMENTS = {
    "a text altered": ("UPDATE card SET text = 'Иначе' WHERE position = 1", "record-altered"),
    "a text that is no text": ("UPDATE card SET text = x'ff' WHERE position = 1", "file-damaged"),
    "a text that is not UTF-8": (
        "UPDATE card SET text = CAST(x'ff41' AS TEXT) WHERE position = 1",
        "file-damaged",
    ),
    "marks that are no JSON": ("UPDATE card SET marks = '[' WHERE position = 1", "file-damaged"),
    "fields of another shape": ("UPDATE card SET fields = '[]' WHERE position = 1", "file-damaged"),
    "a card removed under its dots": ("DELETE FROM card WHERE position = 0", "integrity-broken"),
    "a group removed": ('DELETE FROM "group"', "integrity-broken"),
    "an event removed": ("DELETE FROM event", "integrity-broken"),
    "a person of no participant": ("UPDATE person SET id = 'x'", "file-damaged"),
    "a table removed": ("DROP TABLE vote", "file-damaged"),
    "no script": ("DELETE FROM meta", "file-damaged"),
    "a script that is none": ("UPDATE meta SET value = '{}'", "file-damaged"),
}


@pytest.mark.parametrize(("statement", "code"), STATEMENTS.values(), ids=STATEMENTS)
def test_what_was_changed_past_the_program_is_found(
    run: Run, sound: Path, tmp_path: Path, statement: str, code: str
) -> None:
    path = Path(shutil.copyfile(sound, tmp_path / "g.fgroup"))
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute(statement)
    answer = run("doctor", path, "--json")
    assert answer.code == 1, answer
    assert not answer.json["sound"]
    assert code in {finding["code"] for finding in answer.json["findings"]}
    assert run("show", path).code in (0, 3)
