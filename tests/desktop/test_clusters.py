"""Statements are sorted into clusters without a mouse: put there, joined, split off, folded, hinted at."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAction, QDropEvent
from pytestqt.qtbot import QtBot

from facilitator.services.commands import AddCards, ChangeCards
from tests.desktop.sheets import Room
from tests.desktop.statements import enter, open_page, texts
from ui.desktop.models.card_model import MIME_TYPE
from ui.desktop.steps.collect import CollectPage
from ui.desktop.widgets.cluster_column import ClusterColumn

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ENTER, ESC, DELETE = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Delete
LEFT, F2, F3, F4 = Qt.Key.Key_Left, Qt.Key.Key_F2, Qt.Key.Key_F3, Qt.Key.Key_F4


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    room = Room(qtbot, tmp_path)
    yield room
    room.leave()


def act(column: ClusterColumn, place: int) -> QAction:
    """Return an act of the column's menu: join, split off, fold, dissolve."""
    return column.more.menu().actions()[place]


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
    act(column, 3).trigger()
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


def open_clusters(room: Room, step: str = "present") -> CollectPage:
    page = open_page(room, step)
    page.tabs.setCurrentIndex(1)
    return page


def ids(column: ClusterColumn) -> list[str]:
    return [card.id for card in column.list.cards.cards]


def test_a_column_is_joined_with_the_one_beside_it_in_one_act(room: Room) -> None:
    page = open_clusters(room)
    mode = page.clusters
    first, second = mode.columns[1:3]
    both = {*ids(first), *ids(second)}
    before, number = room.session.snapshot, len(mode.columns)
    second.focus_cards()
    room.press(F3)
    room.settle()
    assert len(mode.columns) == number - 1
    assert set(ids(first)) == both
    assert first.list.hasFocus()
    room.session.undo()
    room.settle()
    assert room.session.snapshot == before
    mode.columns[1].focus_cards()
    room.press(F3)
    room.settle()
    assert mode.columns[1].cluster == second.cluster or set(ids(mode.columns[1])) == both


def test_a_column_alone_and_the_loose_cards_are_joined_with_nothing(room: Room) -> None:
    page = open_clusters(room)
    mode = page.clusters
    while len(mode.columns) > 2:
        mode.columns[-1].joining_asked.emit()
        room.settle()
    before = room.session.snapshot
    mode.columns[1].joining_asked.emit()
    mode.columns[0].joining_asked.emit()
    room.settle()
    assert room.session.snapshot is before


def test_selected_cards_become_a_column_of_their_own(room: Room) -> None:
    page = open_clusters(room)
    mode = page.clusters
    column = mode.columns[1]
    column.focus_cards()
    card = ids(column)[0]
    room.press(F2, shift=True)
    room.settle()
    made = mode.columns[-1]
    assert ids(made) == [card]
    assert made.name.hasFocus()
    room.type("Отдельно")
    room.press(ENTER)
    room.settle()
    assert "Отдельно" in made.heading.text()
    mode.columns[0].list.clearSelection()
    number = len(mode.columns)
    mode.columns[0].splitting_asked.emit()
    room.settle()
    assert len(mode.columns) == number


def test_a_folded_column_keeps_its_name_and_takes_cards(room: Room) -> None:
    enter_one = open_page(room, "present")
    enter(room, "Ещё одна норма")
    enter_one.tabs.setCurrentIndex(1)
    mode = enter_one.clusters
    column = mode.columns[1]
    number = len(ids(column))
    column.focus_cards()
    room.press(F4)
    assert column.folded
    assert not column.list.isVisible()
    assert column.unfold_button.hasFocus()
    mode.columns[0].list.show_card(room.cards("present-norm")[-1].id)
    mode.columns[0].list.setFocus()
    room.type("1")
    room.settle()
    assert len(ids(column)) == number + 1
    assert f"({number + 1})" in column.heading.text()
    column.focus_cards()
    room.press(LEFT)
    assert mode.columns[0].list.hasFocus()
    column.focus_cards()
    room.press(F4)
    assert not column.folded
    assert column.list.hasFocus()
    mode.columns[0].fold(folded=True)
    assert not mode.columns[0].folded


def say_alike(room: Room) -> CollectPage:
    page = open_page(room, "barriers")
    for words in (
        "Районная больница не передаёт сведения о выписанных больных",
        "Районная больница не передаёт сведения о выписанных одиноких больных",
        "Водитель социального такси уволился из-за низкой оплаты",
        "Водитель социального такси уволился из-за очень низкой оплаты",
    ):
        enter(room, words)
    page.tabs.setCurrentIndex(1)
    return page


def test_what_is_alike_is_proposed_when_asked_and_put_together_one_by_one(room: Room) -> None:
    page = say_alike(room)
    mode = page.clusters
    before, number = room.session.snapshot, len(mode.columns)
    assert not mode.hints.isVisible()
    mode.hint.click()
    room.qtbot.waitUntil(mode.hints.isVisible)
    assert room.session.snapshot is before
    assert mode.hints.list.hasFocus()
    find = mode.hints.current
    room.press(ENTER)
    room.settle()
    assert len(mode.columns) == number + 1
    assert set(ids(mode.columns[-1])) == set(find)
    other = mode.hints.current
    assert not set(other) & set(find)
    room.press(DELETE)
    assert mode.hints.current == ()
    room.press(ESC)
    assert not mode.hints.isVisible()
    mode.hint.click()
    room.qtbot.waitUntil(mode.hints.isVisible)
    assert mode.hints.current == ()
    assert mode.hints.heading.text() == "Nothing alike was found."


def test_a_proposal_goes_when_one_of_its_statements_goes(room: Room) -> None:
    page = say_alike(room)
    mode = page.clusters
    mode.hint.click()
    room.qtbot.waitUntil(mode.hints.isVisible)
    find = mode.hints.current
    room.perform(ChangeCards((find[0],), {"status": "parked"}))
    assert mode.hints.current != find
