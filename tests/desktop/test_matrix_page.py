"""The matrix is worked as a spreadsheet, and typing beside a card links."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from facilitator.services.commands import AddCards, RemoveCards, SetLinks
from tests.desktop.sheets import Room
from ui.desktop.steps.matrix import MatrixPage
from ui.desktop.widgets.checklist import Checklist

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
COUNTERPARTY, PRODUCT, EFFECT, INDICATOR = range(4)


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    room = Room(qtbot, tmp_path)
    yield room
    room.leave()


@pytest.fixture
def page(room: Room) -> MatrixPage:
    page = MatrixPage(room.context, room.session.script.step("effects"))
    room.session.changed.connect(page.refresh)
    room.show(page)
    page.focus_entry()
    return page


def place(page: MatrixPage) -> tuple[int, int]:
    index = page.sheet.currentIndex()
    return index.row(), index.column()


def shown(page: MatrixPage, row: int) -> list[str]:
    return [page.matrix.cell(row, column).shown for column in range(5)]


def last(room: Room, kind: str) -> str:
    return room.cards(kind)[-1].text


def test_typing_in_the_empty_line_adds_a_counterparty_and_goes_on_to_its_product_and_effect(
    room: Room, page: MatrixPage
) -> None:
    room.type("Ёлкинская школа")
    room.press(Qt.Key.Key_Tab)
    room.settle()
    assert last(room, "counterparty") == "Ёлкинская школа"
    assert place(page)[1] == PRODUCT
    room.type("Курс «Дом»")
    room.press(Qt.Key.Key_Tab)
    room.settle()
    room.type("Меньше отказов")
    room.press(Qt.Key.Key_Tab)
    room.settle()
    room.type("доля отказов")
    room.press(Qt.Key.Key_Return)
    room.settle()
    product, effect = room.cards("product")[-1], room.cards("effect")[-1]
    assert room.targets(product, "by") == {room.cards("counterparty")[-1].id}
    assert room.targets(effect, "of") == {product.id}
    assert effect.fields == {"indicator": "доля отказов"}
    row = page.matrix.row_of(effect.id)
    assert shown(page, row)[:4] == ["Ёлкинская школа", "Курс «Дом»", "Меньше отказов", "доля отказов"]


def test_enter_after_a_new_card_stands_in_the_line_for_the_next(room: Room, page: MatrixPage) -> None:
    for name in ("Школа", "Больница"):
        room.type(name)
        room.press(Qt.Key.Key_Return)
        room.settle()
        assert page.matrix.rows[place(page)[0]].cards == (None, None, None) or place(page)[1] == COUNTERPARTY
    page.sheet.go(page.matrix.row_of(room.cards("counterparty")[-1].id), PRODUCT)
    for name in ("Первый", "Второй"):
        room.type(name)
        room.press(Qt.Key.Key_Return)
        room.settle()
    by = {card.text: room.targets(card, "by") for card in room.cards("product")[-2:]}
    assert by == {name: {room.cards("counterparty")[-1].id} for name in ("Первый", "Второй")}


def test_several_pasted_lines_become_several_cards(room: Room, page: MatrixPage) -> None:
    QApplication.clipboard().setText("Школа\n\n Больница ")
    room.qtbot.keyClick(page.sheet, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    room.settle()
    assert [card.text for card in room.cards("counterparty")[-2:]] == ["Школа", "Больница"]


def test_typing_replaces_and_enter_edits(room: Room, page: MatrixPage) -> None:
    first = room.cards("counterparty")[0]
    page.sheet.go(0, COUNTERPARTY)
    room.press(Qt.Key.Key_Return)
    room.type("!")
    room.press(Qt.Key.Key_Return)
    room.settle()
    assert room.cards("counterparty")[0].text == first.text + "!"
    page.sheet.go(0, COUNTERPARTY)
    room.type("Новое")
    room.press(Qt.Key.Key_Return)
    room.settle()
    assert room.cards("counterparty")[0].text == "Новое"
    assert place(page) == (1, COUNTERPARTY)


def test_escape_leaves_the_cell_as_it_was(room: Room, page: MatrixPage) -> None:
    before = room.session.snapshot
    page.sheet.go(0, COUNTERPARTY)
    room.type("Другое")
    room.press(Qt.Key.Key_Escape)
    room.settle()
    assert room.session.snapshot is before


def test_arrows_walk_and_tab_turns_at_the_end_of_a_line(room: Room, page: MatrixPage) -> None:
    page.sheet.go(0, 0)
    room.press(Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left)
    assert place(page) == (1, 0)
    page.sheet.go(0, 4)
    room.press(Qt.Key.Key_Tab)
    assert place(page) == (1, 0)
    room.press(Qt.Key.Key_Backtab)
    assert place(page) == (0, 4)


def test_tab_leaves_the_table_at_its_end(room: Room, page: MatrixPage) -> None:
    page.sheet.go(page.matrix.rowCount() - 1, 4)
    room.press(Qt.Key.Key_Tab)
    assert not page.sheet.hasFocus()


def test_delete_removes_a_card_and_undo_brings_it_and_its_links_back(room: Room, page: MatrixPage) -> None:
    product = room.cards("product")[0]
    rows = list(page.matrix.rows)
    page.sheet.go(page.matrix.row_of(product.id), PRODUCT)
    room.press(Qt.Key.Key_Delete)
    room.settle()
    assert product.id not in room.session.snapshot.cards
    orphans = [key.cards for key in page.matrix.rows if key.cards[:2] == (None, None) and key.cards[2]]
    assert orphans
    room.session.undo()
    room.settle()
    assert page.matrix.rows == rows


def test_delete_in_a_field_empties_only_the_field(room: Room, page: MatrixPage) -> None:
    effect = next(card for card in room.cards("effect") if card.fields.get("indicator"))
    page.sheet.go(page.matrix.row_of(effect.id), INDICATOR)
    room.press(Qt.Key.Key_Delete)
    room.settle()
    after = room.session.snapshot.cards[effect.id]
    assert "indicator" not in after.fields
    assert after.text == effect.text


def test_a_card_without_a_link_stands_apart_and_is_linked_by_key(room: Room, page: MatrixPage) -> None:
    room.perform(AddCards("product", ("Ничей",)))
    product = room.cards("product")[-1]
    row = page.matrix.row_of(product.id)
    assert page.matrix.rows[row].cards == (None, product.id, None)
    assert page.matrix.cell(row, COUNTERPARTY).tone == "missing"
    page.sheet.go(row, COUNTERPARTY)
    page.sheet.setFocus()
    room.press(Qt.Key.Key_Return)
    assert page.sheet.viewport().findChild(QComboBox).view().isVisible()
    room.press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    room.settle()
    assert room.targets(product, "by") == {room.cards("counterparty")[1].id}


def test_an_inserted_line_takes_one_more_effect_of_the_same_product(room: Room, page: MatrixPage) -> None:
    effect = room.cards("effect")[0]
    (product,) = room.targets(effect, "of")
    page.sheet.go(page.matrix.row_of(effect.id), EFFECT)
    room.press(Qt.Key.Key_Insert)
    room.type("Ещё один эффект")
    room.press(Qt.Key.Key_Return)
    room.settle()
    assert room.targets(room.cards("effect")[-1], "of") == {product}


def popup_of(page: QWidget) -> Checklist:
    return page.findChildren(Checklist)[-1]


def test_links_of_a_product_change_by_ticking(room: Room, page: MatrixPage) -> None:
    room.perform(AddCards("counterparty", ("Вторые руки",)))
    other = room.cards("counterparty")[-1].id
    product = room.cards("product")[0]
    before = room.targets(product, "by")
    page.sheet.go(page.matrix.row_of(product.id), PRODUCT)
    room.press(Qt.Key.Key_F4)
    popup = popup_of(page)
    room.qtbot.waitActive(popup)
    popup.filter.setFocus()
    room.type("вторые")
    room.press(Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Return)
    room.settle()
    assert room.targets(product, "by") == before | {other}
    assert sum(product.id in key.cards for key in page.matrix.rows) >= 2


def test_what_is_refused_stays_in_its_cell_until_it_is_mended(room: Room, page: MatrixPage) -> None:
    page.sheet.go(0, COUNTERPARTY)
    page.matrix.setData(page.sheet.currentIndex(), "я" * 2001)
    room.settle()
    cell = page.matrix.cell(0, COUNTERPARTY)
    assert (cell.tone, cell.text) == ("wrong", "я" * 2001)
    page.sheet.setFocus()
    room.press(Qt.Key.Key_Delete)
    assert page.matrix.cell(0, COUNTERPARTY).shown == room.cards("counterparty")[0].text


def test_the_cell_one_stands_in_stays_when_others_change(room: Room, page: MatrixPage) -> None:
    row = page.matrix.row_of(room.cards("counterparty")[-1].id)
    key = page.matrix.rows[row]
    page.sheet.go(row, PRODUCT)
    room.perform(RemoveCards((room.cards("counterparty")[0].id,)))
    assert page.matrix.rows[place(page)[0]] == key


def test_what_waits_for_the_roadmap_is_not_held_against_a_product(room: Room, page: MatrixPage) -> None:
    product = room.cards("product")[0]
    page.show_card(product.id)
    room.perform(SetLinks(product.id, "by", ()))
    page.show_card(product.id)
    assert "не указан контрагент" in page.status.text()
    for action in room.cards("action"):
        room.perform(SetLinks(action.id, "delivers", ()))
    assert "не создаётся ни одним мероприятием" in page.status.text()
    room.perform(RemoveCards(tuple(card.id for card in room.cards("action"))))
    assert "не создаётся ни одним мероприятием" not in page.status.text()


def test_a_gap_leads_to_the_card(room: Room, page: MatrixPage) -> None:
    effect = room.cards("effect")[-1]
    page.show_card(effect.id)
    row, column = place(page)
    assert page.matrix.cell(row, column).card == effect.id
    assert column == EFFECT
