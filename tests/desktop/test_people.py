"""The register: read from lines, kept in a table, never leaving the computer."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from facilitator.script.catalogues import Catalogues, load_catalogues
from facilitator.services.commands import NewPerson
from facilitator.texts import load_texts
from tests.desktop.window import CONTROL, SHIFT, Desk
from ui.desktop.models.people_model import Column
from ui.desktop.people_lines import Problem, find_category, find_region, problem_words, read_people
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


def name(desk: Desk, who: str, contact: str = "") -> None:
    """Enter who the first participant is, as a person would."""
    table, model = page(desk).table, page(desk).model
    for column, words in ((Column.NAME, who), (Column.CONTACT, contact)):
        model.setData(model.index(0, column), words)
        desk.settle()
    table.setFocus()
    table.setCurrentIndex(model.index(0, Column.NAME))


def test_names_alone_are_enough(catalogues: Catalogues) -> None:
    people, problems = read_people("Анна Петрова\n\n  Иван Сидоров  \n", catalogues)
    assert people == (NewPerson("Анна Петрова"), NewPerson("Иван Сидоров"))
    assert not problems


def test_cells_from_a_table_are_read_in_order(catalogues: Catalogues) -> None:
    line = "Анна\tДагестан\tобщественность\tСовет ветеранов\tanna@example.org"
    (person,), _ = read_people(line, catalogues)
    assert person == NewPerson("Анна", "Совет ветеранов", "anna@example.org", "05", "public")


def test_an_unknown_word_is_named_and_left_empty(catalogues: Catalogues) -> None:
    people, problems = read_people("Анна; Дагестан\nОлег; Атлантида; бизнес\nЛев; ; марсиане", catalogues)
    assert people == (
        NewPerson("Анна", region="05"),
        NewPerson("Олег", category="business"),
        NewPerson("Лев"),
    )
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
        ("Чечня", "20"),
        ("Кабардино-Балкария", "07"),
        ("КБР", "07"),
        ("карачаево - черкесия", "09"),
        ("кчр", "09"),
        ("Республика Удмуртия", "18"),
        ("СПб", "78"),
        ("г. Санкт-Петербург", "78"),
        ("Петербург", "78"),
        ("ХМАО", "86"),
        ("ХМАО – Югра", "86"),
        ("Ямало-Ненецкий АО", "89"),
        ("ЯНАО", "89"),
        ("ЕАО", "79"),
        ("респ. Тува", "17"),
        ("Башкирия", "02"),
        ("Якутия", "14"),
        ("Татария", "16"),
        ("Калмыкия", "08"),
        ("Орловская обл.", "57"),
        ("  РОСТОВСКАЯ   обл ", "61"),
        ("Приморский кр.", "25"),
        ("город Москва", "77"),
        ("Moscow oblast", "50"),
        ("область", None),
        ("республика", None),
        ("", None),
        ("!", None),
    ],
)
def test_a_region_is_found_by_what_people_call_it(
    catalogues: Catalogues, words: str, code: str | None
) -> None:
    assert find_region(words, catalogues) == code


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("СОНКО", "nko"),
        ("нко", "nko"),
        ("министерство", "executive"),
        ("орган власти", "executive"),
        ("Предприниматель", "business"),
        ("бизнесмен", "business"),
        ("эксперт", "professional"),
        ("специалист", "professional"),
        ("учёный", "professional"),
        ("ученый", "professional"),
        ("депутат", "legislative"),
        ("пенсионер", "recipients"),
        ("получатель", "recipients"),
        ("власть", None),
    ],
)
def test_a_category_is_found_by_what_people_call_it(
    catalogues: Catalogues, words: str, category: str | None
) -> None:
    assert find_category(words, catalogues) == category


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("Анна Петрова, Чечня, СОНКО", NewPerson("Анна Петрова", region="20", category="nko")),
        ("Анна, КБР", NewPerson("Анна", region="07")),
        ("Анна, эксперт, Тува, ТувГУ", NewPerson("Анна", "ТувГУ", region="17", category="professional")),
        ("Анна; эксперт; ТувГУ", NewPerson("Анна", "ТувГУ", category="professional")),
        ("Петрова, Анна", NewPerson("Петрова, Анна")),
        ("Петрова, Анна; Чечня", NewPerson("Петрова, Анна", region="20")),
    ],
)
def test_commas_and_the_order_of_cells_are_understood(
    catalogues: Catalogues, line: str, person: NewPerson
) -> None:
    assert read_people(line, catalogues) == ((person,), ())


def test_what_could_stand_there_is_named(catalogues: Catalogues) -> None:
    texts = load_texts("desktop", "ru")
    region = problem_words(Problem(2, "region", "Дагистан"), catalogues, texts, "ru")
    assert region.startswith("Строка 2: нет региона «Дагистан», он останется пустым. Напишите так: ")
    assert "Республика Дагестан" in region
    category = problem_words(Problem(3, "category", "марсиане"), catalogues, texts, "ru")
    assert all(each.title.ru in category for each in catalogues.categories.values())


def test_lines_become_rows_and_an_unknown_region_stays_empty(desk: Desk) -> None:
    rows = page(desk).model.rowCount()
    page(desk).lines.setPlainText("Анна Петрова; Дагестан\nОлег; Атлантида")
    page(desk).add_button.click()
    desk.settle()
    model = page(desk).model
    assert model.rowCount() == rows + 2
    assert model.index(rows, Column.NAME).data() == "Анна Петрова"
    assert model.index(rows, Column.REGION).data() == "Республика Дагестан"
    assert model.index(rows + 1, Column.NAME).data() == "Олег"
    assert model.index(rows + 1, Column.REGION).data() == ""
    assert not page(desk).lines.toPlainText()


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


def test_space_gives_consent_and_takes_it_back(desk: Desk) -> None:
    name(desk, "Анна")
    consent = page(desk).model.index(0, Column.CONSENT)
    page(desk).table.setCurrentIndex(consent)
    for agreed in (True, False, True):
        desk.press(Qt.Key.Key_Space, on=page(desk).table)
        desk.settle()
        assert [person.consent for person in desk.session.snapshot.persons.values()] == [agreed]


def test_a_name_is_forgotten_and_the_participant_stays(desk: Desk) -> None:
    name(desk, "Анна", "anna@example.org")
    before = desk.session.snapshot
    desk.press(Qt.Key.Key_Delete, SHIFT, on=page(desk).table)
    desk.settle()
    after = desk.session.snapshot
    assert not after.persons
    assert after.participants == before.participants
    assert after.cards == before.cards
    assert page(desk).model.index(0, Column.NAME).data() == ""
    assert page(desk).model.index(0, Column.CONTACT).data() == ""
    assert desk.window.toast.text == "Имя и контакты забыты: Участник 1"
    desk.press(Qt.Key.Key_Z, CONTROL, on=page(desk).table)
    desk.settle()
    assert desk.session.snapshot.persons == before.persons


def test_the_button_forgets_all_that_are_chosen_and_have_a_name(desk: Desk) -> None:
    name(desk, "Анна")
    assert page(desk).forget_button.isEnabled()
    page(desk).table.selectAll()
    page(desk).forget_button.click()
    desk.settle()
    assert not desk.session.snapshot.persons
    assert not page(desk).forget_button.isEnabled()
    assert page(desk).model.rowCount() == len(desk.session.snapshot.participants)


def test_where_there_is_no_name_there_is_nothing_to_forget(desk: Desk) -> None:
    name(desk, "Анна")
    desk.press(Qt.Key.Key_Down, on=page(desk).table)
    assert not page(desk).forget_button.isEnabled()
    desk.press(Qt.Key.Key_Delete, SHIFT, on=page(desk).table)
    desk.settle()
    assert len(desk.session.snapshot.persons) == 1
    assert page(desk).model.rowCount() == len(desk.session.snapshot.participants)


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
