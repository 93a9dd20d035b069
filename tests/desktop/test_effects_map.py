"""The effects as a picture: the same cards, joined by lines, walked by keys; a box leads to its cell."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from facilitator.services.commands import AddCards, ChangeCards, RemoveCards, SetLinks
from tests.desktop.sheets import Room
from ui.desktop.steps.matrix import MatrixPage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
CONTROL = Qt.KeyboardModifier.ControlModifier


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


def draw(room: Room, page: MatrixPage) -> None:
    room.qtbot.keyClick(page.sheet, Qt.Key.Key_2, CONTROL)


def test_every_card_has_a_box_beside_what_it_is_linked_to(room: Room, page: MatrixPage) -> None:
    draw(room, page)
    assert page.map.isVisible()
    assert not page.sheet.isVisible()
    boxes = page.map.picture.boxes
    cards = [*room.cards("counterparty"), *room.cards("product"), *room.cards("effect")]
    assert set(boxes) == {card.id for card in cards}
    for product in room.cards("product"):
        (party,) = room.targets(product, "by")
        assert boxes[party].right() < boxes[product.id].left()
        assert product.id in page.map.nodes[party].children
    columns: dict[int, list[tuple[int, int]]] = {}
    for box in boxes.values():
        columns.setdefault(box.left(), []).append((box.top(), box.bottom()))
    for places in columns.values():
        ordered = sorted(places)
        assert all(one[1] < other[0] for one, other in pairwise(ordered))


def test_the_picture_is_told_in_words(room: Room, page: MatrixPage) -> None:
    room.perform(AddCards("product", ("Ничей",)))
    draw(room, page)
    told = page.map.accessibleDescription().splitlines()
    product = room.cards("product")[0]
    (party,) = room.targets(product, "by")
    assert any(
        line.startswith(f"{room.session.snapshot.cards[party].text} → {product.text}") for line in told
    )
    assert any(line.startswith("Ничей. не указан контрагент") for line in told)
    assert page.map.nodes[room.cards("product")[-1].id].loose
    assert not page.map.grab().isNull()


def test_keys_walk_along_the_lines_and_enter_leads_to_the_cell(room: Room, page: MatrixPage) -> None:
    product = room.cards("product")[0]
    (party,) = room.targets(product, "by")
    page.show_card(party)
    draw(room, page)
    assert page.map.hasFocus()
    assert page.map.chosen == party
    room.press(Qt.Key.Key_Right)
    assert page.map.chosen == product.id
    assert product.text in page.map.accessibleName()
    room.press(Qt.Key.Key_Right)
    assert room.session.snapshot.cards[page.map.chosen or ""].kind == "effect"
    room.press(Qt.Key.Key_Right, Qt.Key.Key_Left)
    assert page.map.chosen == product.id
    other = next(card for card in room.cards("product") if card.id != product.id)
    room.press(Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down)
    assert page.map.chosen in (product.id, other.id)
    chosen = page.map.chosen
    room.press(Qt.Key.Key_Return)
    assert page.sheet.hasFocus()
    index = page.sheet.currentIndex()
    assert page.matrix.cell(index.row(), index.column()).card == chosen


def test_escape_lets_go_and_a_double_click_leads_to_the_cell(room: Room, page: MatrixPage) -> None:
    draw(room, page)
    effect = room.cards("effect")[0]
    place = page.map.picture.boxes[effect.id].center()
    room.qtbot.mouseClick(page.map, Qt.MouseButton.LeftButton, pos=place)
    assert page.map.chosen == effect.id
    room.press(Qt.Key.Key_Escape)
    assert page.map.chosen is None
    room.press(Qt.Key.Key_Down)
    assert page.map.chosen == next(iter(page.map.nodes))
    room.qtbot.mouseDClick(page.map, Qt.MouseButton.LeftButton, pos=place)
    assert page.sheet.isVisible()
    index = page.sheet.currentIndex()
    assert page.matrix.cell(index.row(), index.column()).card == effect.id


def test_the_picture_follows_the_group(room: Room, page: MatrixPage) -> None:
    draw(room, page)
    product = room.cards("product")[0]
    room.perform(AddCards("counterparty", ("Вторые руки",)))
    other = room.cards("counterparty")[-1].id
    room.perform(SetLinks(product.id, "by", (other,)))
    assert page.map.nodes[other].children == (product.id,)
    room.perform(ChangeCards((product.id,), {"status": "parked"}))
    assert product.id not in page.map.nodes
    room.perform(RemoveCards(tuple(room.session.snapshot.cards)))
    assert page.map.nodes == {}
    assert "Nothing to draw yet" in page.status.text()
    room.press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert page.map.chosen is None


def test_the_way_back_to_the_table_stands_on_the_same_card(room: Room, page: MatrixPage) -> None:
    draw(room, page)
    effect = room.cards("effect")[-1]
    page.map.choose(effect.id)
    room.qtbot.keyClick(page.map, Qt.Key.Key_1, CONTROL)
    index = page.sheet.currentIndex()
    assert page.matrix.cell(index.row(), index.column()).card == effect.id
    assert page.sheet.hasFocus()
    page.tabs.setCurrentIndex(1)
    page.focus_entry()
    assert page.map.hasFocus()
