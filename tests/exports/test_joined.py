"""Joined statements in the reports: all words are there, and it is said who speaks for whom."""

from pathlib import Path

from exports.excel import write_consolidated_workbook
from exports.word import write_group_report
from facilitator.texts import load_texts
from tests.exports.reader import docx_text, workbook
from tests.exports.room import PERSON_NAME, Room, consolidated, report_of, told_room

RUSSIAN = load_texts("exports", "ru")


def joined_room() -> Room:
    room = Room()
    room.people()
    room.card("r1", "rule", "Спрашиваем самого человека", author=1, dots=2)
    room.card("r2", "rule", "Слушаем человека", author=2, links={"joined-into": ("r1",)}, status="parked")
    room.card("r3", "rule", "Решаем позже", status="parked")
    room.card("d1", "product", "Маршрут")
    room.card("d2", "product", "Автобус", links={"joined-into": ("d1",)}, status="parked")
    room.card("a1", "action", "Купить автобус")
    room.card("a2", "action", "Добыть автобус", links={"joined-into": ("a1",)}, status="parked")
    return room


def test_the_report_says_who_speaks_for_whom(tmp_path: Path) -> None:
    path = tmp_path / "group.docx"
    write_group_report(report_of(joined_room().snapshot()), RUSSIAN, "ru", path)
    text = docx_text(path).replace("\u00a0", " ")
    assert "объединено с 5.1 «Спрашиваем самого человека»" in text
    assert "говорит и за: 5.2 «Слушаем человека» (Участник 2, " in text
    assert "объединено с 7.1 «Маршрут»" in text
    assert "говорит и за: 7.2 «Автобус»" in text
    assert "объединено с 8.1 «Купить автобус»" in text
    assert "говорит и за: 8.2 «Добыть автобус»" in text
    assert text.count("отложено") == 1
    assert PERSON_NAME not in text


def test_the_workbook_says_it_in_the_column_of_the_status(tmp_path: Path) -> None:
    path = tmp_path / "centre.xlsx"
    write_consolidated_workbook(
        consolidated(joined_room().snapshot(), told_room(1, "family")), RUSSIAN, "ru", path
    )
    sheets = [
        sheet for sheet in workbook(path) if any("Слушаем человека" in map(str, row) for row in sheet.values)
    ]
    (row,) = [row for row in sheets[0].values if "Слушаем человека" in map(str, row)]
    assert "объединено с 5.1\u00a0«Спрашиваем самого человека»" in row
