"""The wheel scrolls a page; it changes nothing on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QScrollArea, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from tests.desktop.window import Desk
from ui.desktop.widgets.card_panel import CardPanel


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, tmp_path)
    yield desk
    desk.leave()


def turn_wheel(over: QWidget) -> None:
    """Turn the wheel a notch down, as the system reports it: to the window, with a place in it."""
    window = over.window()
    place = over.mapTo(window, over.rect().center())
    QTest.wheelEvent(window.windowHandle(), QPointF(place), QPoint(0, -120))
    QApplication.processEvents()


def test_the_wheel_over_the_card_panel_leaves_the_card_as_it_is(desk: Desk) -> None:
    workspace = desk.open_practice()
    card = desk.cards("present-norm")[0]
    workspace.show_card(card.id)
    desk.settle()
    panel = next(each for each in desk.window.findChildren(CardPanel) if each.isVisible())
    before = desk.session.snapshot
    boxes = panel.findChildren(QComboBox)
    assert boxes
    for box in boxes:
        workspace.steps_panel._list.setFocus()
        turn_wheel(box)
        assert not box.hasFocus()
    desk.settle()
    assert desk.session.snapshot is before


def test_the_wheel_over_the_form_scrolls_it_and_changes_no_number(desk: Desk) -> None:
    desk.window.show_new_group()
    desk.window.resize(800, 360)
    QApplication.processEvents()
    page = desk.window._pages.currentWidget()
    number = page.findChild(QSpinBox)
    bar = page.findChild(QScrollArea).verticalScrollBar()
    number.setValue(2)
    turn_wheel(number)
    assert number.value() == 2
    assert not number.hasFocus()
    assert bar.value() > 0


def test_a_box_with_the_keyboard_follows_the_wheel(desk: Desk) -> None:
    desk.window.show_new_group()
    number = desk.window._pages.currentWidget().findChild(QSpinBox)
    number.setValue(2)
    number.setFocus()
    turn_wheel(number)
    assert number.value() == 1
