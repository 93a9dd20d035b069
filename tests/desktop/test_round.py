"""The round robin and silent writing, as a moderator runs them from the keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facilitator.room.presence import Presence, by_number
from facilitator.services.commands import AddPeople, ChangePerson, NewPerson
from facilitator.services.groups import open_group
from tests.desktop.sheets import Room
from tests.desktop.statements import enter, open_page
from ui.desktop.projector.turns import turn_lines
from ui.desktop.steps.collect import CollectPage
from ui.desktop.widgets.turn_bar import TurnBar, numbers

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
PLAIN, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
NOON = 1_518_080_400.0


class Clock:
    now = NOON

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    room = Room(qtbot, tmp_path)
    yield room
    room.leave()


@pytest.fixture
def page(room: Room, clock: Clock) -> CollectPage:
    page = open_page(room, "present")
    page.entry.round._clock = clock
    return page


def press_f8(modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClick(field, Qt.Key.Key_F8, modifiers)
    QApplication.processEvents()


def label(room: Room, person: str | None) -> str:
    return room.session.snapshot.participants[person or ""].label


def speaker(room: Room) -> str:
    turns = room.session.room.turns("present")
    assert turns is not None
    return label(room, turns.speaker)


def choose_from_menu(bar: TurnBar, words: str) -> None:
    bar._fill_menu()
    next(action for action in bar._menu.actions() if action.text().startswith(words)).trigger()


def test_the_bar_is_away_until_it_is_asked_for(page: CollectPage) -> None:
    assert not page.entry.round.isVisible()
    press_f8()
    assert page.entry.round.isVisible()
    assert page.entry.line.hasFocus()
    assert not page.entry.round.running
    choose_from_menu(page.entry.round, "Put the bar away")
    assert not page.entry.round.isVisible()
    assert not page.entry.round_button.isChecked()


def test_a_whole_round_is_run_from_the_line_and_each_card_has_its_speaker(
    room: Room, page: CollectPage, clock: Clock
) -> None:
    people = len(room.session.snapshot.participants)
    press_f8()
    press_f8()
    first = page.entry.author.author
    assert speaker(room) == "Участник 1" == label(room, first)
    clock.now += 30
    page.entry.round._show_words()
    assert "1:00" in page.entry.round.words.text()
    enter(room, "Говорит первый")
    enter(room, "И ещё раз первый")
    assert [card.author for card in room.cards("present-norm")[-2:]] == [first, first]
    for number in range(2, people + 1):
        press_f8()
        assert speaker(room) == f"Участник {number}"
    assert "The last one" in page.entry.round.others.text()
    press_f8()
    assert page.entry.round.words.text() == "Everyone has spoken."
    assert page.entry.author.author is None
    assert page.entry.line.hasFocus()
    press_f8()
    assert speaker(room) == f"Участник {people}"


def test_the_moderator_can_name_another_author_for_a_card(room: Room, page: CollectPage) -> None:
    press_f8()
    press_f8()
    third = next(key for key, each in room.session.snapshot.participants.items() if each.label[-2:] == " 3")
    page.entry.author.author = third
    enter(room, "Перебил третий")
    assert room.cards("present-norm")[-1].author == third
    press_f8()
    assert label(room, page.entry.author.author) == "Участник 2"


def test_who_passes_is_listed_and_can_be_called_back(room: Room, page: CollectPage) -> None:
    press_f8()
    press_f8()
    press_f8(SHIFT)
    press_f8(SHIFT)
    bar = page.entry.round
    assert "Passed: 1, 2" in bar.others.text()
    choose_from_menu(bar, "Call Участник 2")
    assert speaker(room) == "Участник 2"
    choose_from_menu(bar, "End the round")
    assert bar.first.text() == "Call Участник 1"
    assert "passed" in bar.words.text()
    bar.first.click()
    assert speaker(room) == "Участник 1"


def test_next_pressed_too_soon_is_taken_back(room: Room, page: CollectPage) -> None:
    press_f8()
    press_f8()
    press_f8()
    press_f8(CONTROL)
    assert speaker(room) == "Участник 1"
    press_f8(SHIFT)
    choose_from_menu(page.entry.round, "Give the word back")
    assert speaker(room) == "Участник 1"


def test_overtime_counts_up_in_words(page: CollectPage, clock: Clock) -> None:
    press_f8()
    press_f8()
    clock.now += 90
    page.entry.round._show_words()
    assert "0:00" in page.entry.round.words.text()
    clock.now += 12
    page.entry.round._show_words()
    assert "+0:12 over time" in page.entry.round.words.text()


def test_late_comers_join_and_who_has_left_is_not_waited_for(room: Room, page: CollectPage) -> None:
    press_f8()
    press_f8()
    people = sorted(room.session.snapshot.participants.values(), key=lambda each: each.id)
    room.perform(AddPeople((NewPerson(),)))
    turns = room.session.room.turns("present")
    assert turns is not None
    assert turns.queue[-1] not in {person.id for person in people}
    here = Presence(day=1).check_in(room.session.snapshot.participants, "2018-02-08T06:00:00Z")
    assert turns.speaker is not None
    room.session.keep(here.check_out(turns.speaker, "2018-02-08T08:00:00Z"))
    assert speaker(room) == "Участник 2"
    assert label(room, page.entry.author.author) == "Участник 2"


def test_the_name_stands_beside_the_label_here_and_never_on_the_projector(
    room: Room, page: CollectPage, clock: Clock
) -> None:
    first = next(key for key, each in room.session.snapshot.participants.items() if each.label[-2:] == " 1")
    room.perform(ChangePerson(first, NewPerson(name="Ёлкина Зоя")))
    press_f8()
    press_f8()
    assert page.entry.round.words.text().startswith("Участник 1 (Ёлкина Зоя) has the word · 1:30")
    lines = turn_lines(room.session.snapshot, room.session.room, "present", clock())
    assert lines is not None
    assert (lines.speaker, lines.left, lines.next) == ("Участник 1", "1:30", "Участник 2")
    assert not lines.overtime
    assert turn_lines(room.session.snapshot, room.session.room, "future", clock()) is None


def test_a_round_survives_the_end_of_the_program(room: Room, page: CollectPage, tmp_path: Path) -> None:
    press_f8()
    press_f8()
    press_f8()
    room.settle()
    again = CollectPage(room.context, room.session.script.step("present"))
    room.show(again)
    assert again.entry.round.isVisible()
    assert label(room, again.entry.author.author) == "Участник 2"
    path = room.session.path
    room.session.close(lambda: None)
    room.settle()
    with open_group(path) as service:
        turns = service.room.turns("present")
        assert turns is not None
        assert service.snapshot.participants[turns.speaker or ""].label == "Участник 2"


def test_silent_writing_runs_on_the_timer_of_the_step_and_the_round_ends_it(
    room: Room, page: CollectPage, clock: Clock
) -> None:
    press_f8()
    bar = page.entry.round
    bar.second.click()
    step = room.session.script.step("present")
    assert room.session.room.timer(step).left_at(NOON + 60) == 240
    clock.now += 60
    bar._show_words()
    assert bar.words.text() == "Everyone writes silently · 4:00"
    bar.second.click()
    assert not room.session.room.timer(step).running
    choose_from_menu(bar, "Write silently")
    press_f8()
    assert not room.session.room.timer(step).running
    assert bar.running


def test_who_has_not_been_heard_is_named_by_numbers(room: Room, page: CollectPage) -> None:
    press_f8()
    people = room.session.snapshot.participants
    silent = set(people) - {card.author for card in room.cards("present-norm")}
    waiting = sorted((people[key] for key in silent), key=by_number)
    assert page.entry.round.others.text() == f"Not heard yet: {numbers(waiting)}"
    for person in silent:
        page.entry.author.author = person
        enter(room, "Сказал и он")
    assert page.entry.round.others.text() == "Everyone has been heard at this step"


def test_a_method_card_leads_to_the_bar(page: CollectPage) -> None:
    page.tabs.setCurrentIndex(2)
    page.begin_method("dot-voting")
    assert page.tabs.currentIndex() == 2
    page.begin_method("silent-writing")
    assert page.tabs.currentIndex() == 0
    assert page.entry.round.isVisible()
