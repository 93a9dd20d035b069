"""Blocks of cells are copied to and pasted from other tables, in one act."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facilitator.services.commands import AddCards
from tests.desktop.sheets import Room
from ui.desktop.models.pasting import MOST_ROWS, cells_to_text, is_block, text_to_cells
from ui.desktop.steps.matrix import MatrixPage
from ui.desktop.steps.plan import PlanPage
from ui.desktop.steps.sheet_page import SheetPage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
CONTROL = Qt.KeyboardModifier.ControlModifier
COUNTERPARTY, PRODUCT, EFFECT, INDICATOR = range(4)
TEXT, START, END, RESPONSIBLE, COEXECUTORS, LEVEL = range(1, 7)
LINK = 13


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    room = Room(qtbot, tmp_path)
    yield room
    room.leave()


def opened(room: Room, page: SheetPage) -> None:
    room.session.changed.connect(page.refresh)
    room.show(page)
    page.focus_entry()


@pytest.fixture
def matrix(room: Room) -> MatrixPage:
    page = MatrixPage(room.context, room.session.script.step("effects"))
    opened(room, page)
    return page


@pytest.fixture
def plan(room: Room) -> PlanPage:
    page = PlanPage(room.context, room.session.script.step("roadmap"))
    opened(room, page)
    return page


def paste(room: Room, page: SheetPage, *rows: tuple[str, ...]) -> None:
    QApplication.clipboard().setText(cells_to_text(rows))
    room.qtbot.keyClick(page.sheet, Qt.Key.Key_V, CONTROL)
    room.settle()


def copied(room: Room, page: SheetPage) -> str:
    room.qtbot.keyClick(page.sheet, Qt.Key.Key_C, CONTROL)
    return QApplication.clipboard().text()


def select(page: SheetPage, row: int, column: int, last_row: int, last_column: int) -> None:
    page.sheet.go(row, column)
    block = QItemSelection(page.model.index(row, column), page.model.index(last_row, last_column))
    page.sheet.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def test_a_cell_is_copied_as_text_and_a_hint_is_not(room: Room, matrix: MatrixPage) -> None:
    matrix.sheet.go(0, COUNTERPARTY)
    assert copied(room, matrix) == room.cards("counterparty")[0].text
    matrix.sheet.go(matrix.entry_row(), COUNTERPARTY)
    assert copied(room, matrix) == ""


def test_a_block_is_copied_with_shift_and_arrows(room: Room, matrix: MatrixPage) -> None:
    matrix.sheet.go(0, COUNTERPARTY)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right):
        room.qtbot.keyClick(matrix.sheet, key, Qt.KeyboardModifier.ShiftModifier)
    assert text_to_cells(copied(room, matrix)) == [
        [matrix.matrix.cell(0, column).text for column in range(3)]
    ]


def test_a_pasted_block_makes_linked_cards_in_one_act(room: Room, matrix: MatrixPage) -> None:
    before = room.session.snapshot
    paste(
        room,
        matrix,
        ("Фонд «Ёлка»", "Курс", "Меньше отказов", "доля отказов"),
        ("", "", "Больше доверия", ""),
        ("фонд «ёлка»", "Карта", "", ""),
        (room.cards("counterparty")[0].text.upper(), "Памятка", "Все знают", "сколько знают"),
    )
    fund = room.cards("counterparty")[-1]
    assert fund.text == "Фонд «Ёлка»"
    course, card, note = room.cards("product")[-3:]
    less, more, known = room.cards("effect")[-3:]
    assert room.targets(course, "by") == room.targets(card, "by") == {fund.id}
    assert room.targets(note, "by") == {room.cards("counterparty")[0].id}
    assert room.targets(less, "of") == room.targets(more, "of") == {course.id}
    assert room.targets(known, "of") == {note.id}
    assert less.fields == {"indicator": "доля отказов"}
    assert known.fields == {"indicator": "сколько знают"}
    room.session.undo()
    room.settle()
    assert room.session.snapshot == before


def test_a_block_in_a_free_cell_goes_under_the_card_beside_it(room: Room, matrix: MatrixPage) -> None:
    party = room.cards("counterparty")[0]
    row = next(
        row for row, key in enumerate(matrix.matrix.rows) if key.cards[0] == party.id and key.cards[1] is None
    )
    matrix.sheet.go(row, PRODUCT)
    paste(room, matrix, ("Раз", "Эффект"), ("Два", ""))
    one, two = room.cards("product")[-2:]
    assert room.targets(one, "by") == room.targets(two, "by") == {party.id}
    assert room.targets(room.cards("effect")[-1], "of") == {one.id}


def test_a_block_over_cards_changes_them_and_adds_what_is_free(room: Room, matrix: MatrixPage) -> None:
    effect = room.cards("effect")[0]
    row = matrix.matrix.row_of(effect.id)
    matrix.sheet.go(row, EFFECT)
    paste(room, matrix, ("Стало иначе", "сколько раз"), ("Новый эффект", ""))
    after = room.session.snapshot.cards[effect.id]
    assert (after.text, after.fields["indicator"]) == ("Стало иначе", "сколько раз")
    assert room.cards("effect")[-1].text == "Новый эффект"
    assert matrix.status.text() == "" or "Nothing was pasted" not in matrix.status.text()


def test_a_field_of_no_card_is_told_and_nothing_is_pasted(room: Room, matrix: MatrixPage) -> None:
    before = room.session.snapshot
    matrix.sheet.go(matrix.entry_row(), PRODUCT)
    paste(room, matrix, ("Курс", "", "доля"))
    assert "Nothing was pasted: row 1" in matrix.status.text()
    assert "доля" in matrix.status.text()
    assert room.session.snapshot is before


def test_what_is_too_wide_or_too_long_is_told(room: Room, matrix: MatrixPage) -> None:
    before = room.session.snapshot
    paste(room, matrix, ("а", "б", "в", "г", "д", "е"))
    assert "wider than the rest of the table" in matrix.status.text()
    paste(room, matrix, *(("а", "б") for _ in range(MOST_ROWS + 1)))
    assert str(MOST_ROWS) in matrix.status.text()
    paste(room, matrix, ("", ""))
    assert room.session.snapshot is before


def test_rows_of_a_roadmap_are_pasted_with_dates_people_levels_and_links(room: Room, plan: PlanPage) -> None:
    party, product = room.cards("counterparty")[0], room.cards("product")[0]
    before = room.session.snapshot
    width = LINK - TEXT + 1
    empty = [""] * width
    first, second = list(empty), list(empty)
    first[0], first[END - TEXT], first[LEVEL - TEXT] = "Открыть курсы", "31.12.2020", "региональный"
    first[RESPONSIBLE - TEXT] = f"{party.text.upper()}\nФонд «Ёлка»"
    first[LINK - TEXT] = product.text
    second[0], second[RESPONSIBLE - TEXT] = "Обучить всех", "фонд «ёлка»"
    paste(room, plan, tuple(first), tuple(second))
    one, two = room.cards("action")[-2:]
    fund = room.cards("counterparty")[-1]
    assert one.fields == {"end": "2020-12-31", "level": "regional"}
    assert room.targets(one, "responsible") == {party.id, fund.id}
    assert room.targets(two, "responsible") == {fund.id}
    assert room.targets(one, "delivers") == {product.id}
    room.session.undo()
    room.settle()
    assert room.session.snapshot == before


def test_what_is_copied_of_the_roadmap_can_be_pasted_over_it(room: Room, plan: PlanPage) -> None:
    select(plan, 0, TEXT, 1, LINK)
    text = copied(room, plan)
    before = room.session.snapshot
    plan.sheet.go(0, TEXT)
    QApplication.clipboard().setText(text)
    room.qtbot.keyClick(plan.sheet, Qt.Key.Key_V, CONTROL)
    room.settle()
    assert room.session.snapshot is before, "nothing is new"


def test_pasting_over_actions_changes_them(room: Room, plan: PlanPage) -> None:
    plan.sheet.go(0, TEXT)
    paste(room, plan, ("Первое", "2019-03"), ("Второе", ""))
    one, two = room.cards("action")[:2]
    assert (one.text, one.fields["start"], two.text) == ("Первое", "2019-03", "Второе")


@pytest.mark.parametrize(
    ("column", "line", "told"),
    [
        (TEXT, ("Курсы", "осенью"), "осенью"),
        (TEXT, ("Курсы", "", "", "", "", "Всемирный"), "Всемирный"),
        (START, ("2019", "2020"), "2019"),
        (TEXT, ("Курсы", *[""] * 11, "Нет такого"), "Нет такого"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_and_nothing_is_pasted(
    room: Room, plan: PlanPage, column: int, line: tuple[str, ...], told: str
) -> None:
    before = room.session.snapshot
    plan.sheet.go(plan.entry_row(), column)
    paste(room, plan, ("Хорошее", ""), line) if column == TEXT else paste(room, plan, line)
    assert "Nothing was pasted: row" in plan.status.text()
    assert told in plan.status.text()
    assert room.session.snapshot is before


def test_one_column_of_a_table_makes_a_card_of_each_row(room: Room, plan: PlanPage) -> None:
    room.perform(AddCards("action", ("Раз",)))
    plan.sheet.go(plan.entry_row(), TEXT)
    paste(room, plan, ("Два",), ("Три",))
    assert [card.text for card in room.cards("action")[-3:]] == ["Раз", "Два", "Три"]


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\x00")), min_size=2, max_size=2)
    )
)
def test_cells_come_back_as_they_were_copied(grid: list[list[str]]) -> None:
    kept = [[cell.strip() for cell in row] for row in grid]
    assert text_to_cells(cells_to_text(grid)) == [row for row in kept if any(row)]


@pytest.mark.parametrize(
    ("text", "block"), [("а\tб", True), ("а\n", True), ("а\nб", False), ("а", False), ("\n", False)]
)
def test_a_block_is_told_from_lines_of_text(text: str, block: bool) -> None:
    assert is_block(text) is block
