"""The agenda: minutes that add up, the difference from the plan in words, and the rest of the day shifted."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTime
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facilitator.domain.records import Step, timestamp
from facilitator.room.agenda import Slot
from facilitator.services.commands import TakeRecords
from tests.desktop.window import Desk
from ui.desktop.agenda_page import AgendaPage, DayCard
from ui.desktop.agenda_words import drift_words

MORNING = datetime(2018, 2, 8, 10, 0).astimezone()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, tmp_path)
    desk.open_practice()
    yield desk
    desk.leave()


@pytest.fixture
def day(desk: Desk) -> DayCard:
    """The card of the first day, gone to by its key."""
    desk.press(Qt.Key.Key_F12, on=desk.window)
    page = desk.workspace._places["agenda"]
    assert isinstance(page, AgendaPage)
    return page.days[1]


def begin_late(desk: Desk, day: DayCard) -> None:
    """Begin the first step at 10:12 instead of 10:00; it is 10:30 now."""
    day.now = lambda: MORNING + timedelta(minutes=30)
    group = desk.session.snapshot.group.id
    started = timestamp(MORNING + timedelta(minutes=12))
    step = Step(id=f"{group}/present", group=group, step="present", state="running", started=started)
    desk.session.perform(TakeRecords((step,)))
    desk.settle()


def test_the_keyboard_begins_at_the_start_of_the_day(desk: Desk, day: DayCard) -> None:
    assert day.starts.hasFocus()
    desk.press(Qt.Key.Key_Up)
    desk.settle()
    assert desk.session.room.agenda(1).starts == "11:00"
    assert day._planned["present"].text() == "11:00–12:00"


def test_minutes_and_breaks_add_up(desk: Desk, day: DayCard) -> None:
    assert day.sums.text() == "Работа: 330 мин · конец в 15:30"
    day.minutes["present"].setValue(90)
    day.breaks["barriers"].setValue(15)
    desk.settle()
    assert day.sums.text() == "Работа: 360 мин · перерывы: 15 мин · конец в 16:15"
    assert day._planned["barriers"].text() == "12:45–13:45"
    assert desk.session.room.agenda(1).minutes == {"present": 90}
    items = desk.workspace.steps_panel._items
    assert (
        items["step:barriers"].data(Qt.ItemDataRole.AccessibleTextRole).startswith("Барьеры, 12:45 · 60 мин")
    )
    day.minutes["present"].setValue(60)
    desk.settle()
    assert desk.session.room.agenda(1).minutes == {}


def test_a_day_that_nobody_has_begun_is_not_late(desk: Desk, day: DayCard) -> None:
    assert day.drift.text() == "День ещё не начат"
    assert day._expected["present"].text() == "–"
    assert not day.shift_button.isEnabled()


def test_the_rest_of_a_late_day_is_shifted_and_back(desk: Desk, day: DayCard) -> None:
    begin_late(desk, day)
    assert day.drift.text() == "Отстаём на 12 минут"
    assert day._expected["present"].text().startswith("▸ ")
    day.shift_button.click()
    QApplication.processEvents()
    assert day.drift.text() == "Идём по плану"
    assert "сдвиг: +12 мин" in day.sums.text()
    assert not day.shift_button.isEnabled()
    day.unshift_button.click()
    QApplication.processEvents()
    assert day.drift.text() == "Отстаём на 12 минут"
    assert not day.unshift_button.isVisible()


def test_what_is_being_typed_survives_the_next_minute(desk: Desk, day: DayCard) -> None:
    day.starts.setCurrentSection(day.starts.Section.HourSection)
    day.starts.setTime(QTime(9, 0))
    field = day.minutes["future"]
    field.setFocus()
    field.selectAll()
    desk.type("7")
    day.show_plan()
    assert field.text() == "7"


@pytest.mark.parametrize(
    ("states", "late", "words"),
    [
        ("waiting waiting", 90, "День ещё не начат"),
        ("done running", 0, "Идём по плану"),
        ("done running", 1, "Отстаём на 1 минуту"),
        ("done waiting", 22, "Отстаём на 22 минуты"),
        ("running waiting", -11, "Опережаем на 11 минут"),
        ("done done", 0, "Закончили по плану"),
        ("done done", 5, "Закончили на 5 минут позже плана"),
        ("done done", -21, "Закончили на 21 минуту раньше"),
    ],
)
def test_the_difference_is_said_in_words(desk: Desk, states: str, late: int, words: str) -> None:
    step = desk.session.script.steps[0]
    ends = MORNING + timedelta(minutes=60 + late)
    slots = [Slot(step, MORNING, 60, MORNING, ends, state) for state in states.split()]
    assert drift_words(desk.workspace._context, slots) == words
