"""Statements are sorted into clusters and their dots counted without a mouse."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from facilitator.services.commands import AddCards
from tests.desktop.sheets import Room
from tests.desktop.statements import enter, open_page, texts, words
from ui.desktop.models.card_model import MIME_TYPE

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ENTER, TAB, UP, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Up, Qt.Key.Key_Down


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    room = Room(qtbot, tmp_path)
    yield room
    room.leave()


def test_digits_sort_cards_make_clusters_and_take_them_out(room: Room) -> None:
    page = open_page(room, "present")
    enter(room, "Новое раз")
    enter(room, "Новое два")
    page.tabs.setCurrentIndex(1)
    group = page.clusters
    loose = len(group.columns[0].list.cards.cards)
    assert group.columns[0].list.hasFocus()
    group.columns[0].list.show_card(room.cards("present-norm")[-2].id)
    room.type("1")
    room.settle()
    assert room.cards("present-norm")[-2].cluster == group.columns[1].cluster
    assert len(group.columns[0].list.cards.cards) == loose - 1
    assert group.columns[0].list.hasFocus()
    assert group.columns[0].list.current == room.cards("present-norm")[-1]
    there = len(group.columns)
    room.type(str(there))
    room.settle()
    assert len(group.columns) == there + 1
    assert group.columns[0].list.hasFocus()
    group.columns[-1].focus_cards()
    room.press(Qt.Key.Key_F2)
    room.type("Своё имя")
    room.press(ENTER)
    room.settle()
    made = room.session.snapshot.clusters_of("present")[-1]
    assert made.title == "Своё имя"
    assert room.cards("present-norm")[-1].cluster == made.id
    assert group.columns[-1].list.hasFocus()
    room.type("0")
    room.settle()
    assert room.cards("present-norm")[-1].cluster is None


def test_digits_alone_sort_every_card(room: Room) -> None:
    page = open_page(room, "future")
    before = len(room.session.snapshot.clusters_of("future"))
    for words_of in ("Раз", "Два", "Три"):
        enter(room, words_of)
    said = [card.id for card in room.cards("future-norm")[-3:]]
    page.tabs.setCurrentIndex(1)
    page.clusters.columns[0].list.show_card(said[0])
    for digit in (before + 1, before + 2, before + 1):
        room.type(str(digit))
        room.settle()
    first, second, third = (room.session.snapshot.cards[card].cluster for card in said)
    made = [cluster.id for cluster in room.session.snapshot.clusters_of("future")[before:]]
    assert [first, second] == made
    assert third == first


def test_the_button_makes_a_cluster_and_asks_for_its_name(room: Room) -> None:
    page = open_page(room, "present")
    page.tabs.setCurrentIndex(1)
    page.clusters.new.click()
    room.settle()
    assert page.clusters.columns[-1].name.hasFocus()


def test_f2_names_a_cluster_and_an_empty_name_is_refused(room: Room) -> None:
    page = open_page(room, "present")
    page.tabs.setCurrentIndex(1)
    column = page.clusters.columns[1]
    before = column.heading.text()
    column.focus_cards()
    room.press(Qt.Key.Key_F2)
    room.type(" ")
    room.press(ENTER)
    room.settle()
    assert column.heading.text() == before
    room.press(Qt.Key.Key_F2)
    room.type("Ёмкое имя")
    room.press(ENTER)
    room.settle()
    assert "Ёмкое имя" in column.heading.text()


def test_a_dissolved_cluster_leaves_its_cards(room: Room) -> None:
    page = open_page(room, "present")
    page.tabs.setCurrentIndex(1)
    column = page.clusters.columns[1]
    members = [card.id for card in column.list.cards.cards]
    column.remove.click()
    room.settle()
    loose = {card.id for card in page.clusters.columns[0].list.cards.cards}
    assert set(members) <= loose
    room.session.undo()
    room.settle()
    assert [card.id for card in page.clusters.columns[1].list.cards.cards] == members


def test_cards_dropped_on_a_column_move_into_it(room: Room) -> None:
    page = open_page(room, "present")
    page.tabs.setCurrentIndex(1)
    first, second = page.clusters.columns[1:3]
    dragged = first.list.cards.mimeData([first.list.cards.index(0)])
    assert dragged.hasFormat(MIME_TYPE)
    card = first.list.cards.cards[0]
    second.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            dragged,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    room.settle()
    assert room.session.snapshot.cards[card.id].cluster == second.cluster


def test_plus_minus_and_numbers_count_dots(room: Room) -> None:
    page = open_page(room, "present")
    page.tabs.setCurrentIndex(2)
    view = page.dots.list
    assert view.hasFocus()
    card = view.cards.cards[0]
    room.type("12")
    room.press(ENTER)
    room.settle()
    assert room.session.snapshot.dots[card.id] == 12
    assert view.currentIndex().row() == 1
    assert words(view, 0).dots == "● 12"
    room.press(UP)
    room.type("+++-")
    room.settle()
    assert room.session.snapshot.dots[card.id] == 14
    total = sum(room.session.snapshot.dots.get(card.id, 0) for card in view.cards.cards)
    assert page.dots.sum.text().startswith(f"{total} ")


def test_a_typed_number_stays_with_the_card_it_was_typed_on(room: Room) -> None:
    page = open_page(room, "present")
    page.tabs.setCurrentIndex(2)
    first = page.dots.list.cards.cards[0]
    room.type("7")
    room.press(DOWN)
    room.settle()
    assert room.session.snapshot.dots[first.id] == 7


def test_the_most_dots_come_first_when_asked_and_the_chosen_card_stays_chosen(room: Room) -> None:
    page = open_page(room, "present")
    page.tabs.setCurrentIndex(2)
    view = page.dots.list
    page.dots.by_dots.setChecked(True)
    last = view.cards.cards[-1]
    view.show_card(last.id)
    room.type("99")
    room.press(ENTER)
    room.settle()
    assert view.cards.cards[0].id == last.id
    dots = [room.session.snapshot.dots.get(card.id, 0) for card in view.cards.cards]
    assert dots == sorted(dots, reverse=True)


def test_ctrl_and_a_digit_change_the_way_of_working(room: Room) -> None:
    page = open_page(room, "present")
    room.qtbot.keyClick(page.entry.line, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert page.dots.list.hasFocus()
    room.qtbot.keyClick(page.dots.list, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert page.entry.line.hasFocus()


def test_what_happened_out_of_sight_is_there_when_it_comes_into_sight(room: Room) -> None:
    page = open_page(room, "future")
    page.tabs.setCurrentIndex(2)
    page.hide()
    room.perform(AddCards("future-norm", ("Записано без окна",)))
    page.show()
    assert texts(page.dots.list.cards)[-1] == "Записано без окна"
    page.tabs.setCurrentIndex(0)
    assert texts(page.entry.list.cards)[-1] == "Записано без окна"
    page.tabs.setCurrentIndex(1)
    assert texts(page.clusters.columns[0].list.cards)[-1] == "Записано без окна"


def test_ctrl_and_an_arrow_move_a_card_aside(room: Room) -> None:
    page = open_page(room, "present")
    page.tabs.setCurrentIndex(1)
    column = page.clusters.columns[1]
    column.focus_cards()
    card = column.list.cards.cards[0]
    room.qtbot.keyClick(column.list, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    room.settle()
    assert room.session.snapshot.cards[card.id].cluster == page.clusters.columns[2].cluster
    room.press(Qt.Key.Key_Right)
    assert page.clusters.columns[2].list.hasFocus()
