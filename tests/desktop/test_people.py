"""The register: read from lines, kept in a table, never leaving the computer."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from facilitator.script.catalogues import Catalogues, load_catalogues
from facilitator.services.commands import NewPerson
from tests.desktop.window import Desk
from ui.desktop.models.people_model import Column
from ui.desktop.people_lines import Problem, find_region, read_people
from ui.desktop.people_page import PeoplePage


@pytest.fixture(scope="module")
def catalogues() -> Catalogues:
    return load_catalogues()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, tmp_path)
    desk.open_practice()
    desk.workspace.go_to("people")
    yield desk
    desk.leave()


def page(desk: Desk) -> PeoplePage:
    found = desk.workspace._places["people"]
    assert isinstance(found, PeoplePage)
    return found


def test_names_alone_are_enough(catalogues: Catalogues) -> None:
    people, problems = read_people("Анна Петрова\n\n  Иван Сидоров  \n", catalogues)
    assert people == (NewPerson("Анна Петрова"), NewPerson("Иван Сидоров"))
    assert not problems


def test_cells_from_a_table_are_read_in_order(catalogues: Catalogues) -> None:
    line = "Анна\tДагестан\tобщественность\tСовет ветеранов\tanna@example.org"
    (person,), _ = read_people(line, catalogues)
    assert person == NewPerson("Анна", "Совет ветеранов", "anna@example.org", "05", "public")


def test_a_bad_line_is_named_and_does_not_stop_the_others(catalogues: Catalogues) -> None:
    people, problems = read_people("Анна; Дагестан\nОлег; Атлантида; бизнес\nЛев; ; марсиане", catalogues)
    assert [person.name for person in people] == ["Анна"]
    assert problems == (Problem(2, "region", "Атлантида"), Problem(3, "category", "марсиане"))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("26", "26"),
        ("ставропольский край", "26"),
        ("Алтай", "04"),
        ("Северная Осетия", "15"),
        ("Москва", "77"),
        ("Московская область", "50"),
        ("область", None),
        ("", None),
        ("!", None),
    ],
)
def test_a_region_is_found_by_what_people_call_it(
    catalogues: Catalogues, words: str, code: str | None
) -> None:
    assert find_region(words, catalogues) == code


def test_lines_become_rows_and_bad_ones_stay_to_be_mended(desk: Desk) -> None:
    rows = page(desk).model.rowCount()
    page(desk).lines.setPlainText("Анна Петрова; Дагестан\nОлег; Атлантида")
    page(desk).add_button.click()
    desk.settle()
    model = page(desk).model
    assert model.rowCount() == rows + 1
    assert model.index(rows, Column.NAME).data() == "Анна Петрова"
    assert model.index(rows, Column.REGION).data() == "Республика Дагестан"
    assert page(desk).lines.toPlainText() == "Олег; Атлантида"


def test_a_name_typed_into_a_row_is_kept(desk: Desk) -> None:
    table, model = page(desk).table, page(desk).model
    table.setFocus()
    table.setCurrentIndex(model.index(1, Column.NAME))
    desk.press(Qt.Key.Key_Return)
    desk.type("Мария")
    desk.press(Qt.Key.Key_Return)
    desk.settle()
    assert model.index(1, Column.NAME).data() == "Мария"
    assert [person.name for person in desk.session.snapshot.persons.values()] == ["Мария"]


def test_consent_is_asked_only_of_someone_with_a_name(desk: Desk) -> None:
    model = page(desk).model
    consent = model.index(0, Column.CONSENT)
    assert not model.flags(consent) & Qt.ItemFlag.ItemIsUserCheckable
    model.setData(model.index(0, Column.NAME), "Анна")
    desk.settle()
    model.setData(consent, Qt.CheckState.Checked.value)
    desk.settle()
    assert consent.data(Qt.ItemDataRole.AccessibleTextRole) == "согласие есть"


def test_a_category_is_chosen_from_the_catalogue(desk: Desk) -> None:
    model = page(desk).model
    model.setData(model.index(0, Column.CATEGORY), "nko")
    desk.settle()
    assert model.index(0, Column.CATEGORY).data() == "СО НКО"


def test_delete_takes_a_person_off_and_undo_brings_them_back(desk: Desk) -> None:
    table, model = page(desk).table, page(desk).model
    rows = model.rowCount()
    table.setFocus()
    table.setCurrentIndex(model.index(2, Column.LABEL))
    desk.press(Qt.Key.Key_Delete)
    desk.settle()
    assert model.rowCount() == rows - 1
    desk.workspace.undo()
    desk.settle()
    assert model.rowCount() == rows
    assert model.index(2, Column.LABEL).data() == "Участник 3"
