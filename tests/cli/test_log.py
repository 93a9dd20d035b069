"""facilitator log: the audit trail in words, in JSON and as a table that Excel opens well."""

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from facilitator.services.commands import AddCards, AddPeople, ChangeGroup, NewPerson, WithdrawConsent
from facilitator.services.groups import open_group
from tests.cli.conftest import Run
from tests.helpers.sessions import begin


@pytest.fixture
def group(folder: Path) -> Path:
    path = folder / "группа 3.fgroup"
    with begin(path) as service:
        service.perform(AddCards("rule", ("=СУММ(1;2)\nвторая строка",)))
        service.perform(AddPeople((NewPerson("Анна Петрова", contact="anna@example.org"),)))
        service.perform(WithdrawConsent(next(iter(service.snapshot.participants))))
        service.perform(ChangeGroup({"moderator": "+Борис"}))
        service.perform(AddCards("rule", ("Ищем вместе",)))
        service.undo()
    return path


def test_every_act_is_told_in_words_with_what_was_taken_back(run: Run, group: Path) -> None:
    answer = run("log", group)
    lines = answer.out.splitlines()
    assert answer.code == 0
    assert len(lines) == 5
    assert "Алёна «Первая»  запись: «=СУММ(1;2) вторая строка»" in lines[0]
    assert "отменено в" in lines[-1]
    assert "Анна" not in answer.out
    assert "example.org" not in answer.out


def test_a_program_gets_codes_and_times(run: Run, group: Path) -> None:
    acts = run("log", group, "--json").json["acts"]
    assert [act["code"] for act in acts] == [
        "card-added",
        "people-added",
        "consent-withdrawn",
        "group-changed",
        "card-added",
    ]
    assert [act["undone"] is None for act in acts] == [True] * 4 + [False]
    assert acts[2]["subject"] == "Участник 1"
    assert acts[0]["at"].endswith("Z")


@pytest.mark.parametrize(("language", "separator"), [("ru", ";"), ("en", ",")])
def test_a_table_of_text_opens_in_excel_and_holds_no_formula(
    run: Run, group: Path, folder: Path, language: str, separator: str
) -> None:
    out = folder / "журнал.csv"
    for _again in range(2):  # the former log is replaced
        assert run("--lang", language, "log", group, "--out", out).code == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(out.read_text("utf-8-sig").splitlines(), delimiter=separator))
    assert len(rows) == 6
    assert rows[0][0] == {"ru": "Время", "en": "Time"}[language]
    assert rows[5][1] == "'+Борис"
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_a_workbook_keeps_times_as_times_and_texts_as_texts(run: Run, group: Path, folder: Path) -> None:
    out = folder / "log.xlsx"
    assert run("log", group, "--out", out).code == 0
    sheet = load_workbook(out).worksheets[0]
    rows = list(sheet.iter_rows(min_row=2))
    assert len(rows) == 5
    assert rows[0][0].is_date
    assert (rows[4][1].value, rows[4][1].data_type) == ("+Борис", "s")
    assert rows[4][3].is_date
    assert rows[0][3].value in (None, "")


def test_nothing_but_a_log_is_written_over(run: Run, group: Path, folder: Path) -> None:
    other = folder / "важное.csv"
    other.write_text("Имя;Долг\n", "utf-8-sig")
    assert "file-exists" in run("log", group, "--out", other).err
    assert run("log", group, "--out", folder / "log.txt").err.startswith("error: log-format-unknown")
    assert run("log", group, "--out", group.with_suffix(".xlsx")).code == 0


def test_an_empty_log_says_so(run: Run, folder: Path) -> None:
    path = folder / "g.fgroup"
    begin(path).close()
    with open_group(path) as service:
        assert not service.log()
    assert run("--lang", "en", "log", path).out == "Nothing was done.\n"
