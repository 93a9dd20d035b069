"""The timer of a step, as it is worked and read in the window: by the clock, and by keys alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from facilitator.room.timer import clock_words
from tests.desktop.window import CONTROL, SHIFT, Desk
from ui.desktop.room_clock import RoomClock, until_change
from ui.desktop.timer_words import read_length

NOON = 1_542_000_000.0


class Wall:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, tmp_path)
    desk.open_practice()
    yield desk
    desk.leave()


@pytest.fixture
def wall(desk: Desk) -> Wall:
    """The clock by which the window counts."""
    wall = Wall()
    desk.workspace.clock._now = wall
    desk.workspace.go_to("step:rules")
    return wall


def pass_time(desk: Desk, wall: Wall, seconds: float) -> None:
    """Let time go by; the window looks at the clock when its Qt timer says so."""
    wall.now += seconds
    desk.workspace.clock._tick()


def shown(desk: Desk) -> str:
    return desk.workspace.header.timer_button.text()


def test_f5_starts_and_pauses_and_shift_f5_gives_a_minute(desk: Desk, wall: Wall) -> None:
    assert shown(desk) == "► 45:00"
    desk.press(Qt.Key.Key_F5, on=desk.window)
    pass_time(desk, wall, 61)
    assert shown(desk) == "‖ 43:59"
    desk.press(Qt.Key.Key_F5, on=desk.window)
    pass_time(desk, wall, 500)
    assert shown(desk) == "► 43:59 · Пауза"
    desk.press(Qt.Key.Key_F5, SHIFT, on=desk.window)
    assert shown(desk) == "► 44:59 · Пауза"


def test_every_second_of_ten_minutes_is_shown_at_its_time(desk: Desk, wall: Wall) -> None:
    clock = desk.workspace.clock
    clock.begin(600)
    for _ in range(600):
        before = clock_words(clock.left)
        waits = until_change(clock._counted(wall.now), wall.now)
        pass_time(desk, wall, waits - 0.01)
        assert clock_words(clock.left) == before
        pass_time(desk, wall, 0.012)
        assert clock_words(clock.left) != before or not clock.left
    assert abs(wall.now - NOON - 600) < 2
    assert abs(clock.left - (600 - (wall.now - NOON))) < 1e-3


def test_overtime_counts_up_and_is_said_in_words(desk: Desk, wall: Wall) -> None:
    button = desk.workspace.header.timer_button
    desk.workspace.clock.begin(60)
    pass_time(desk, wall, 95)
    assert shown(desk) == "‖ +0:35 · Время вышло"
    assert button.property("state") == "over"
    assert button.accessibleName() == "Приостановить таймер"
    assert "Время вышло" in button.accessibleDescription()


def test_the_timer_goes_on_by_itself_while_the_group_is_closed(desk: Desk, wall: Wall) -> None:
    desk.workspace.clock.begin(600)
    desk.settle()
    path = desk.session.path
    desk.window.workspace.start_asked.emit()  # type: ignore[union-attr]
    desk.wait(lambda: desk.window.workspace is None and desk.window.start_page.isVisible())
    desk.window.open_group(path)
    workspace = desk.wait_for_workspace()
    wall.now += 125
    workspace.clock._now = wall
    workspace.go_to("step:rules")
    assert workspace.clock.timer.running
    assert shown(desk) == "‖ 7:55"


def test_at_another_step_the_running_timer_is_named_and_f5_takes_its_place(desk: Desk, wall: Wall) -> None:
    desk.workspace.clock.begin(600)
    pass_time(desk, wall, 100)
    desk.workspace.go_to("step:present")
    assert shown(desk) == "Шаг 5 ‖ 8:20"
    desk.press(Qt.Key.Key_F5, on=desk.window)
    assert shown(desk) == "‖ 1:00:00"
    rules = desk.session.room.timer(desk.session.script.step("rules"))
    assert not rules.running
    assert rules.left_at(wall.now) == 500


def test_the_length_is_typed_and_a_wrong_one_is_said(desk: Desk, wall: Wall) -> None:
    line = desk.workspace.header.timer_line
    desk.press(Qt.Key.Key_F5, CONTROL, on=desk.window)
    assert line.length.hasFocus()
    type_over(desk, line.length, "скоро")
    desk.press(Qt.Key.Key_Return)
    assert line.isVisible()
    assert line.length.accessibleDescription() == "Введите минуты, например 5 или 5:30."
    type_over(desk, line.length, "7:30")
    desk.press(Qt.Key.Key_Return)
    assert not line.isVisible()
    assert shown(desk) == "► 7:30"
    desk.press(Qt.Key.Key_F5, CONTROL, on=desk.window)
    desk.press(Qt.Key.Key_Escape)
    assert not line.isVisible()


def type_over(desk: Desk, field: QLineEdit, words: str) -> None:
    field.selectAll()
    desk.type(words)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("5", 300),
        ("5:30", 330),
        ("0.45", 45),
        ("1:30:00", 5400),
        (" 12 ", 720),
        ("0", None),
        ("", None),
        ("пять", None),
        ("-5", None),
        ("99:00:00", None),
        ("1:2:3:4", None),
    ],
)
def test_a_length_is_minutes_or_minutes_and_seconds(text: str, seconds: int | None) -> None:
    assert read_length(text) == seconds


def test_one_qt_timer_serves_all_that_counts(desk: Desk, wall: Wall) -> None:
    clocks = desk.window.findChildren(RoomClock)
    assert len(clocks) == 1
    assert until_change((), 90.0) == 30
    assert until_change((12.25, 3.75), 0.0) == 0.25
    assert until_change((7.0,), 0.0) == 1
