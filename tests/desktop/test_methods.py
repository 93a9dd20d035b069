"""The method cards of a step: chosen, ordered, begun with one key."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.desktop.window import CONTROL, Desk
from ui.desktop.method_cards import MethodCards


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, tmp_path)
    desk.open_practice()
    desk.workspace.go_to("step:present")
    yield desk
    desk.leave()


@pytest.fixture
def cards(desk: Desk) -> MethodCards:
    """The cards, opened by their key."""
    desk.press(Qt.Key.Key_F10, on=desk.window)
    return desk.workspace.headings["present"].methods


def chosen(desk: Desk) -> tuple[str, ...]:
    return desk.session.room.methods(desk.session.script.step("present"))


def test_one_key_opens_the_cards_and_folds_them_away(desk: Desk, cards: MethodCards) -> None:
    assert cards.isVisible()
    assert cards.tabs.hasFocus()
    assert cards.sum.text() == "Методы занимают 47 из 60 мин шага"
    desk.press(Qt.Key.Key_F10, on=desk.window)
    assert not cards.isVisible()
    assert desk.workspace.step_pages["present"].isAncestorOf(desk.window.focusWidget())


def test_enter_begins_a_method_with_its_minutes(desk: Desk, cards: MethodCards) -> None:
    desk.press(Qt.Key.Key_Return)
    timer = desk.workspace.clock.timer
    assert (timer.running, timer.silent, timer.seconds) == (True, True, 300)
    assert not cards.isVisible()
    desk.press(Qt.Key.Key_F10, on=desk.window)
    desk.press(Qt.Key.Key_Right)
    assert cards.current == "round-robin"
    cards.begin_buttons["round-robin"].click()
    timer = desk.workspace.clock.timer
    assert (timer.running, timer.silent, timer.seconds) == (True, False, 1800)


def test_methods_are_ticked_and_moved_by_key_and_stay_so(desk: Desk, cards: MethodCards) -> None:
    assert chosen(desk) == ("silent-writing", "round-robin", "dot-voting")
    cards.choose_button.click()
    assert cards.choosing.hasFocus()
    desk.press(Qt.Key.Key_Space)
    assert chosen(desk) == ("round-robin", "dot-voting")
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Down, CONTROL)
    assert chosen(desk) == ("dot-voting", "round-robin")
    assert [cards.tabs.tabData(place) for place in range(cards.tabs.count())] == list(chosen(desk))
    assert cards.sum.text() == "Методы занимают 42 из 60 мин шага"


def test_a_step_without_methods_says_what_to_do(desk: Desk, cards: MethodCards) -> None:
    cards.choose_button.click()
    for row in range(cards.choosing.count()):
        cards.choosing.item(row).setCheckState(Qt.CheckState.Unchecked)
    assert chosen(desk) == ()
    assert not cards.tabs.isVisible()
    assert "Выберите" in cards._none.text()
    cards.choosing.item(2).setCheckState(Qt.CheckState.Checked)
    assert cards.current == chosen(desk)[0]
    assert cards.tabs.isVisible()
