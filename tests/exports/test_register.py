"""A register is read as organizers keep it: columns in any order, everyday names, a bad row named."""

from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from exports.excel.register import (
    MAX_ROWS,
    MAX_UNPACKED,
    RegisterRow,
    Unknown,
    open_register,
    read_register,
    register_rows,
)
from facilitator.errors import UserFault
from facilitator.script.catalogues import load_catalogues
from facilitator.services.commands import NewPerson

CATALOGUES = load_catalogues()


def sheet(folder: Path, *rows: tuple[object, ...]) -> Path:
    workbook = Workbook()
    active = workbook.active
    assert active is not None
    for row in rows:
        active.append(row)
    path = folder / "Участники.xlsx"
    workbook.save(path)
    return path


def read(folder: Path, *rows: tuple[object, ...]) -> tuple[NewPerson, ...]:
    return read_register(sheet(folder, *rows), CATALOGUES)


@pytest.mark.parametrize(
    "head",
    [
        ("ФИО", "Субъект РФ", "Категория участника", "Место работы", "Телефон"),
        ("Ф.И.О. участника", "Регион", "КАТЕГОРИЯ", "Организация", "E-mail"),
        ("Фамилия, имя, отчество", "регион", "категория", "организация", "контакты"),
        ("Full name", "Region", "Category", "Organization", "Contact"),
    ],
)
def test_columns_are_known_by_what_people_call_them(tmp_path: Path, head: tuple[str, ...]) -> None:
    row = ("Планта  Именова", "Дагестан", "Предприниматель", "ЦСО «Ёлка»", 79001112233)
    (person,) = read(tmp_path, head, row)
    assert person == NewPerson("Планта Именова", "ЦСО «Ёлка»", "79001112233", "05", "business")


def test_columns_come_in_any_order_with_others_between(tmp_path: Path) -> None:
    head = ("№", "Категория", "Возраст", "Имя")
    people = read(tmp_path, head, (1, "Бизнес", 40, "Анна"), (2, None, None, "Ян"))
    assert people == (NewPerson("Анна", category="business"), NewPerson("Ян"))


def test_titles_above_and_empty_rows_between_are_passed_over(tmp_path: Path) -> None:
    title, head = ("Список участников сессии",), ("ФИО", "Регион")
    people = read(tmp_path, title, (), head, ("Анна",), (None, None), ("Ян", "Москва"))
    assert [person.name for person in people] == ["Анна", "Ян"]


def test_names_and_contacts_in_several_columns_are_put_together(tmp_path: Path) -> None:
    head = ("№", "Фамилия", "Имя", "Отчество", "Тел.", "Почта")
    people = read(tmp_path, head, (1, "Иванов", "Иван", "Иванович", "+7 900", "i@example.org"), (2, "Ли"))
    assert people == (NewPerson("Иванов Иван Иванович", contact="+7 900, i@example.org"), NewPerson("Ли"))


def test_a_whole_name_goes_before_its_parts(tmp_path: Path) -> None:
    assert read(tmp_path, ("Имя", "ФИО"), ("Анна", "Петрова Анна")) == (NewPerson("Петрова Анна"),)


def test_somebody_without_a_name_is_a_participant_too(tmp_path: Path) -> None:
    assert read(tmp_path, ("ФИО", "Регион"), (None, "Дагестан")) == (NewPerson(region="05"),)


@pytest.mark.parametrize(
    ("row", "code"),
    [(("Анна", "Марс", None), "region-unknown"), (("Анна", None, "Марсиане"), "category-unknown")],
)
def test_a_bad_row_is_named_and_nobody_is_taken(tmp_path: Path, row: tuple[object, ...], code: str) -> None:
    with pytest.raises(UserFault, match=code) as caught:
        read(tmp_path, ("Участники",), ("ФИО", "Регион", "Категория"), ("Ян", None, None), row)
    assert caught.value.facts["line"] == 4


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([], "no column of names"),
        ([("Регион",), ("Дагестан",)], "no column of names"),
        ([("ФИО",)], "no people"),
        ([("ФИО",), *(("Имя",) for _ in range(MAX_ROWS + 1))], "too many rows"),
        ([("Титул",) for _ in range(MAX_ROWS + 200)], "too many rows"),
    ],
)
def test_a_sheet_without_people_is_told(tmp_path: Path, rows: list[tuple[object, ...]], problem: str) -> None:
    with pytest.raises(UserFault, match="register-unreadable") as caught:
        read(tmp_path, *rows)
    assert caught.value.facts["problem"] == problem


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"words", b"\xd0\xcf\x11\xe0 an old workbook"])
def test_what_is_no_workbook_is_told(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "r.xlsx"
    path.write_bytes(data)
    with pytest.raises(UserFault, match="register-unreadable"):
        read_register(path, CATALOGUES)


def unreadable(path: Path) -> object:
    with pytest.raises(UserFault, match="register-unreadable") as caught:
        read_register(path, CATALOGUES)
    return caught.value.facts["problem"]


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"])
@pytest.mark.parametrize("kept", [None, 0, -30])
def test_a_workbook_with_a_broken_part_is_told(tmp_path: Path, part: str, kept: int | None) -> None:
    path = sheet(tmp_path, ("ФИО",), ("Анна",))
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    whole = parts.pop(part)
    if kept is not None:
        parts[part] = whole[:kept]
    with ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    if (part, kept) == ("xl/styles.xml", None):
        assert len(read_register(path, CATALOGUES)) == 1
    else:
        assert unreadable(path) == "not a workbook"


def test_a_workbook_with_a_flipped_bit_is_read_or_told(tmp_path: Path) -> None:
    path = sheet(tmp_path, ("ФИО",), ("Анна",))
    sound, chance = path.read_bytes(), Random(7)
    told = 0
    for _ in range(150):
        data = bytearray(sound)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        try:
            read_register(path, CATALOGUES)
        except UserFault:
            told += 1
    assert told


def test_a_workbook_that_unpacks_to_a_flood_is_not_unpacked(tmp_path: Path) -> None:
    path = sheet(tmp_path, ("ФИО",), ("Анна",))
    with ZipFile(path, "a", ZIP_DEFLATED) as archive, archive.open("xl/media/zeros", "w") as flood:
        for _ in range(MAX_UNPACKED // 2**20):
            flood.write(bytes(2**20))
    assert unreadable(path) == "is too long"


def test_rows_far_below_and_columns_far_to_the_right_take_no_room(tmp_path: Path) -> None:
    workbook = Workbook()
    active = workbook.active
    assert active is not None
    active["A1"], active["A2"], active["A5000"], active["A1048576"] = "ФИО", "Анна", "Ян", "x"
    active["XFD2"] = "x"
    workbook.save(tmp_path / "wide.xlsx")
    people = read_register(tmp_path / "wide.xlsx", CATALOGUES)
    assert [person.name for person in people] == ["Анна", "Ян"]


def test_a_file_that_is_not_there_or_far_too_large_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserFault, match="file-missing"):
        read_register(tmp_path / "нет.xlsx", CATALOGUES)
    with pytest.raises(UserFault, match="register-unreadable"):
        read_register(tmp_path, CATALOGUES)
    with (tmp_path / "large.xlsx").open("wb") as file:
        file.truncate(2**30)
    with pytest.raises(UserFault, match="register-unreadable"):
        read_register(tmp_path / "large.xlsx", CATALOGUES)


def test_a_sheet_is_opened_with_its_columns_guessed_and_read_anew_with_others(tmp_path: Path) -> None:
    opened = open_register(
        sheet(tmp_path, ("Список",), (None, "ФИО", None, "Откуда"), (None, "Анна", None, "Марс"))
    )
    assert opened.head == ("", "ФИО", "Откуда")
    assert opened.columns == {1: "name"}
    assert [line for line, _row in opened.rows] == [3]
    (row,) = register_rows(opened, {1: "name", 2: "region"}, CATALOGUES)
    assert row == RegisterRow(3, NewPerson("Анна"), (Unknown("region", "Марс"),))


def test_without_a_head_the_first_row_stands_for_it(tmp_path: Path) -> None:
    opened = open_register(sheet(tmp_path, ("Кто", "Откуда"), ("Анна", "Чечня")))
    assert (opened.head, opened.columns) == (("Кто", "Откуда"), {})
    assert open_register(sheet(tmp_path)).rows == ()
