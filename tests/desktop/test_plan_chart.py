"""The picture of the dates: beside the table along its rows, or with little room below it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facilitator.services.commands import AddCards
from tests.desktop.sheets import Room
from ui.desktop.steps.plan import PlanPage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    room = Room(qtbot, tmp_path)
    yield room
    room.leave()


@pytest.fixture
def page(room: Room) -> PlanPage:
    page = PlanPage(room.context, room.session.script.step("roadmap"))
    room.session.changed.connect(page.refresh)
    room.show(page)
    page.focus_entry()
    return page


def test_the_picture_tells_the_same_dates_in_words(room: Room, page: PlanPage) -> None:
    room.perform(AddCards("action", ("С окончанием",), fields={"end": "2020"}))
    room.perform(AddCards("action", ("Без сроков",)))
    page.toggle.click()
    assert page.chart.isVisible()
    told = page.chart.accessibleDescription().splitlines()
    assert told[-2].endswith("С окончанием: 2020")
    assert told[-1].endswith("Без сроков: no dates yet")
    assert not page.chart.grab().isNull()
    page.toggle.click()
    assert not page.chart.isVisible()


def test_a_click_in_the_picture_leads_to_the_row(room: Room, page: PlanPage) -> None:
    page.toggle.click()
    with room.qtbot.waitSignal(page.chart.row_asked):
        room.qtbot.mouseClick(page.chart, Qt.MouseButton.LeftButton, pos=page.chart.lane(1).center())
    assert page.sheet.currentIndex().row() == 1


def test_a_lane_lies_along_its_row_and_moves_with_it(room: Room, page: PlanPage) -> None:
    room.perform(AddCards("action", ("Ещё одно", "И ещё", "И ещё одно", "Последнее")))
    page.toggle.click()
    room.settle()

    def row_in_chart(row: int) -> tuple[int, int]:
        top = page.sheet.viewport().mapToGlobal(QPoint(0, page.sheet.rowViewportPosition(row))).y()
        return page.chart.mapFromGlobal(QPoint(0, top)).y(), page.sheet.rowHeight(row)

    lane = page.chart.lane(1)
    assert (lane.top(), lane.height()) == row_in_chart(1)
    first = page.chart.lane(0)
    scroll = QWheelEvent(
        *(QPointF(20, 60), QPointF(20, 60), QPoint(0, -60), QPoint(0, -120)),
        *(Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False),
    )
    QApplication.sendEvent(page.chart, scroll)
    assert page.sheet.verticalScrollBar().value() > 0
    assert page.chart.lane(0) != first


def test_with_little_room_the_picture_lies_below_and_names_its_lanes(room: Room, page: PlanPage) -> None:
    page.toggle.click()
    assert page.chart.x() > page.sheet.x() + page.sheet.width() - 2
    page.resize(500, 600)
    room.settle()
    assert page.chart.isVisible()
    assert page.chart.mapTo(page, QPoint(0, 0)).y() > page.sheet.geometry().bottom()
    room.qtbot.mouseClick(page.chart, Qt.MouseButton.LeftButton, pos=page.chart.lane(2).center())
    assert page.sheet.currentIndex().row() == 2
    assert not page.chart.grab().isNull()
    page.resize(800, 600)
    room.settle()
    assert page.chart.x() > page.sheet.x()
