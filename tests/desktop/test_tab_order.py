"""Tab leads through the window in the order in which it is read."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.desktop.window import Desk


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, tmp_path)
    yield desk
    desk.leave()


def tab_stops(desk: Desk) -> list[QWidget]:
    """Return what Tab goes through, from the window's first stop on."""
    stops: list[QWidget] = []
    widget = desk.window.nextInFocusChain()
    while widget is not desk.window:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled():
            stops.append(widget)
        widget = widget.nextInFocusChain()
    return stops


def test_tab_goes_through_the_workspace_as_one_reads_it(desk: Desk) -> None:
    workspace = desk.open_practice()
    parts = [workspace.header, workspace.steps_panel, workspace._centre, workspace.chain_panel]
    for step in workspace.session.script.steps:
        workspace.go_to(f"step:{step.id}")
        QApplication.processEvents()
        visited = [
            place for stop in tab_stops(desk) for place, part in enumerate(parts) if part.isAncestorOf(stop)
        ]
        assert visited == sorted(visited), step.id
        assert set(visited) == {0, 1, 2, 3}


def test_tab_comes_back_into_the_page_and_reads_the_card_before_the_chain(desk: Desk) -> None:
    workspace = desk.open_practice()
    workspace.go_to("step:future")
    workspace.focus_entry()
    desk.settle()
    round_trip: list[QWidget] = []
    while (there := QApplication.focusWidget()) is not None and there not in round_trip:
        round_trip.append(there)
        desk.press(Qt.Key.Key_Tab)
    names = [stop.accessibleName() for stop in round_trip]
    assert there is round_trip[0]
    order = ["Высказывания", "Заменяет", "Статус", "Пробелы в цепочке", "Шаги и разделы группы", "Начать шаг"]
    places = [names.index(name if name in names else "Продолжить шаг") for name in order]
    assert places == sorted(places), names


def test_tab_goes_down_the_form_of_a_new_group(desk: Desk) -> None:
    desk.window.show_new_group()
    QApplication.processEvents()
    heights = [stop.mapTo(desk.window, QPoint(0, 0)).y() for stop in tab_stops(desk)]
    assert len(heights) >= 8
    assert heights == sorted(heights)
