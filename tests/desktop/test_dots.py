"""A round of dots at the window: opened, given by person or counted on the wall, closed, revealed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from facilitator.domain.records import Round
from facilitator.room.voting import current_round, dots_of
from facilitator.services.commands import AddCards, AddPeople, CastDots, ChangeCards, GiveDots
from tests.desktop.sheets import Room
from tests.desktop.statements import enter, open_page, refuse_writing, texts, words
from ui.desktop.steps.collect import CollectPage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ENTER, TAB, UP, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Up, Qt.Key.Key_Down
LEFT, RIGHT, ESC = Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Escape
STEP = "barriers"


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    room = Room(qtbot, tmp_path)
    yield room
    room.leave()


def open_vote(room: Room, step: str = STEP) -> CollectPage:
    page = open_page(room, step)
    page.tabs.setCurrentIndex(2)
    if page.dots.ballot.state == "revealed":
        page.dots.bar.on.click()
    return page


def lead_on(room: Room, page: CollectPage) -> None:
    room.qtbot.keyClick(page.dots.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    room.settle()


def last(room: Room, step: str = STEP) -> Round:
    found = current_round(room.session.snapshot, step, "dots")
    assert found is not None
    return found


def shown_dots(page: CollectPage) -> list[str]:
    return [words(page.dots.list, row).dots for row in range(page.dots.list.model().rowCount())]


def test_enter_cycles_through_the_whole_round(room: Room) -> None:
    page = open_vote(room)
    bar = page.dots.bar
    assert page.dots.list.hasFocus()
    assert bar.on.text() == "Open the vote"
    page.dots.budget.setValue(4)
    room.press(ENTER)
    room.settle()
    assert last(room).state == "open"
    assert last(room).budget == 4
    assert not page.dots.budget.isVisible()
    assert page.dots.list.hasFocus()
    people = len(page.dots.ballot.people)
    assert f"0 of {people} have voted" in bar.words.text()
    for _person in range(people):
        room.press(ENTER)
    assert bar.on.hasFocus()
    room.press(Qt.Key.Key_Space)
    bar.on.click()
    room.settle()
    assert last(room).state == "closed"
    assert bar.back.isVisible()
    page.dots.list.setFocus()
    room.press(ENTER)
    room.settle()
    assert last(room).state == "revealed"
    assert page.dots.by_dots.isVisible()
    room.press(ENTER)
    assert bar.words.text().startswith("Round")
    bar.back.click()
    assert bar.on.text() == "New round"


def test_dots_are_entered_person_by_person_and_the_cap_is_kept(room: Room) -> None:
    page = open_vote(room)
    lead_on(room, page)
    mode, view = page.dots, page.dots.list
    first, second = view.cards.cards[:2]
    one = mode.people.person
    assert one is not None
    room.type("++")
    room.press(DOWN)
    room.type("2")
    assert "at most 3" in mode.bar.note.text()
    assert mode.bar.note.property("role") == "error"
    room.type("1")
    room.settle()
    assert dict(dots_of(room.session.snapshot, last(room).id, one)) == {first.id: 2, second.id: 1}
    assert "0 of 3" in mode._who.text()
    assert mode.people.item(0).text().startswith("✓ ")
    room.press(TAB)
    assert mode.people.person != one
    assert view.hasFocus()
    assert view.currentIndex().row() == 0
    assert shown_dots(page)[:2] == ["● 0", "● 0"]
    room.type("+")
    room.settle()
    assert shown_dots(page)[0] == "● 1"
    room.press(LEFT)
    assert mode.people.person == one
    assert shown_dots(page)[:2] == ["● 2", "● 1"]
    room.type("-")
    room.settle()
    assert dots_of(room.session.snapshot, last(room).id, one)[first.id] == 1
    room.press(RIGHT)
    assert mode.people.person != one
    assert "2 of" in mode.bar.words.text()


def test_keys_may_come_faster_than_the_disk_and_what_is_refused_does_not_count(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_vote(room)
    lead_on(room, page)
    card = page.dots.list.cards.cards[0]
    refuse_writing(room, monkeypatch)
    for _time in range(3):
        page.dots._add(1)
    assert page.dots.ballot.given(card.id) == 3
    room.settle()
    assert page.dots.ballot.given(card.id) == 0


def test_totals_are_nowhere_until_the_vote_is_revealed(room: Room) -> None:
    page = open_vote(room)
    lead_on(room, page)
    card = page.dots.list.cards.cards[0]
    people = page.dots.ballot.people
    for person in people[:3]:
        room.perform(CastDots(last(room).id, card.id, person.id, 2))
    lead_on(room, page)
    assert last(room).state == "closed"
    assert set(shown_dots(page)) == {""}
    assert card.id not in room.session.snapshot.dots
    room.type("+")
    assert "closed" in page.dots.bar.note.text()
    page.tabs.setCurrentIndex(0)
    assert not any(words(page.entry.list, row).dots for row in range(page.entry.list.model().rowCount()))
    page.tabs.setCurrentIndex(2)
    lead_on(room, page)
    assert page.dots.list.cards.cards[0].id == card.id
    shown = words(page.dots.list, 0)
    assert (shown.dots, shown.details, shown.share) == ("● 6", "from 3 people", 1.0)
    assert room.session.snapshot.dots[card.id] == 6


def test_a_closed_vote_is_opened_again(room: Room) -> None:
    page = open_vote(room)
    lead_on(room, page)
    lead_on(room, page)
    page.dots.bar.back.click()
    room.settle()
    assert last(room).state == "open"
    assert page.dots.people.isVisible()


def test_every_round_is_kept_and_the_former_stands_beside(room: Room) -> None:
    page = open_vote(room)
    people = page.dots.ballot.people
    card = page.dots.list.cards.cards[0]
    for dots in (3, 1):
        lead_on(room, page)
        room.perform(CastDots(last(room).id, card.id, people[0].id, dots))
        lead_on(room, page)
        lead_on(room, page)
        if dots == 3:
            lead_on(room, page)
            assert page.dots.ballot.state == "ready"
    assert words(page.dots.list, 0).details == "from 1 person · in the round before 3"
    assert page.dots.bar.words.text().startswith("The results of round 2")
    page.dots.by_dots.setChecked(False)
    order = [each.id for each in page.dots.list.cards.cards]
    assert order == [each.id for each in room.cards("barrier") if each.id in order]


def test_dots_counted_on_the_wall_are_seen_here_alone(room: Room) -> None:
    page = open_vote(room)
    mode, view = page.dots, page.dots.list
    mode.way.setCurrentIndex(1)
    mode.way.activated.emit(1)
    lead_on(room, page)
    assert not mode.people.isVisible()
    card = view.cards.cards[0]
    view.setFocus()
    room.type("12")
    assert "12" in mode.bar.note.text()
    room.press(ENTER)
    room.settle()
    assert shown_dots(page)[0] == "● 12"
    assert card.id not in room.session.snapshot.dots
    assert view.currentIndex().row() == 1
    room.press(UP)
    room.type("+++-")
    room.settle()
    assert mode.ballot.given(card.id) == 14
    most = mode.ballot.together
    assert most == 3 * len(room.session.snapshot.participants)
    assert mode.bar.words.text().endswith(f"14 of {most} dots counted")
    room.type("999")
    room.press(ENTER)
    assert f"at most {most}" in mode.bar.note.text()
    assert not mode.way.isVisible()
    lead_on(room, page)
    assert shown_dots(page)[0] == "● 14"
    lead_on(room, page)
    assert room.session.snapshot.dots[card.id] == 14
    view.setFocus()
    view.show_card(card.id)
    room.type("7")
    room.press(DOWN)
    room.settle()
    assert room.session.snapshot.dots[card.id] == 7


def test_enter_walks_down_the_list_while_dots_are_counted(room: Room) -> None:
    page = open_vote(room)
    page.dots.ballot.by_hand = True
    lead_on(room, page)
    rows = page.dots.list.model().rowCount()
    for _row in range(rows):
        room.press(ENTER)
    assert page.dots.bar.on.hasFocus()
    page.dots.list.setFocus()
    room.type("4")
    room.press(ESC)
    room.settle()
    assert page.dots.ballot.counted == 0


def test_before_the_opening_nothing_is_given(room: Room) -> None:
    page = open_vote(room)
    before = room.session.snapshot
    room.type("+")
    assert "not open yet" in page.dots.bar.note.text()
    assert room.session.snapshot is before


def test_a_late_card_is_marked_and_what_is_voted_on_stays_as_it_is(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_vote(room)
    lead_on(room, page)
    monkeypatch.setattr(
        "facilitator.services.commands.command.Desk.now", lambda _desk: "2999-01-01T00:00:00Z"
    )
    room.perform(AddCards("barrier", ("Пришло позже",)))
    row = page.dots.list.model().rowCount() - 1
    shown = words(page.dots.list, row)
    assert (shown.details, shown.faded) == ("recorded after the vote was opened", True)
    page.dots.list.show_card(room.cards("barrier")[-1].id)
    room.type("+")
    assert "came after the vote" in page.dots.bar.note.text()
    refused: list[str] = []
    room.session.refused.connect(lambda fault, _command: refused.append(fault.code))
    card = page.dots.list.cards.cards[0]
    room.perform(ChangeCards((card.id,), {"text": "Иначе"}))
    assert refused == ["round-open"]


def test_a_parked_card_is_no_option_and_one_that_was_given_dots_stays_in_the_results(room: Room) -> None:
    page = open_vote(room)
    lead_on(room, page)
    card = page.dots.list.cards.cards[0]
    room.perform(CastDots(last(room).id, card.id, page.dots.ballot.people[0].id, 1))
    lead_on(room, page)
    lead_on(room, page)
    room.perform(ChangeCards((card.id,), {"status": "parked"}))
    assert card.id in [each.id for each in page.dots.list.cards.cards]
    lead_on(room, page)
    assert card.id not in [each.id for each in page.dots.list.cards.cards]


def test_near_duplicates_are_offered_when_asked_and_joined_or_kept_apart(room: Room) -> None:
    page = open_page(room, STEP)
    for said in (
        "Районная больница не передаёт сведения о выписанных больных",
        "Районная больница не передаёт сведения о выписанных одиноких больных",
        "Водитель социального такси уволился из-за низкой оплаты",
        "Водитель социального такси уволился из-за очень низкой оплаты",
    ):
        enter(room, said)
    page.tabs.setCurrentIndex(2)
    if page.dots.ballot.state == "revealed":
        page.dots.bar.on.click()
    pairs = page.dots.pairs
    pairs.button.click()
    room.qtbot.waitUntil(pairs.isVisible)
    find = pairs.box.current
    room.press(DOWN)
    room.press(ENTER)
    room.settle()
    assert room.session.snapshot.cards[find[0]].status == "parked"
    assert find[0] not in [card.id for card in page.dots.list.cards.cards]
    assert find[1] in [card.id for card in page.dots.list.cards.cards]
    other = pairs.box.current
    pairs.box.pass_.click()
    assert pairs.box.heading.text() == "Nothing else is alike."
    pairs.box.leave()
    assert page.dots.list.hasFocus()
    pairs.button.click()
    room.qtbot.waitUntil(pairs.isVisible)
    assert pairs.box.current != other


def test_who_comes_later_votes_too_and_nobody_in_the_list_means_the_wall(room: Room) -> None:
    page = open_vote(room)
    number = len(page.dots.ballot.people)
    lead_on(room, page)
    room.perform(AddPeople(()))
    presence = room.session.room.presence(1)
    here = page.dots.ballot.people
    room.perform(CastDots(last(room).id, page.dots.list.cards.cards[0].id, here[0].id, 1))
    room.session.keep(presence.check_in([person.id for person in here[1:]], "2018-02-08T09:00:00Z"))
    room.settle()
    assert len(page.dots.ballot.people) == number
    assert f"1 of {number}" in page.dots.bar.words.text()


def test_a_step_without_statements_says_what_to_do(room: Room) -> None:
    page = open_page(room, "barriers")
    room.perform(ChangeCards(tuple(card.id for card in room.cards("barrier")), {"status": "rejected"}))
    page.tabs.setCurrentIndex(2)
    if page.dots.ballot.state == "revealed":
        page.dots.bar.on.click()
    assert page.dots.bar.note.text() == "There is nothing to vote on yet: record statements first."
    assert not page.dots.bar.on.isEnabled()
    page.dots._add(1)
    page.dots._set_current(1)
    page.dots._set("nobody", 1)


def test_what_happened_out_of_sight_is_there_when_it_comes_into_sight(room: Room) -> None:
    page = open_page(room, "future")
    page.tabs.setCurrentIndex(2)
    page.hide()
    room.perform(AddCards("future-norm", ("Записано без окна",)))
    page.show()
    assert texts(page.dots.list.cards)[-1] == "Записано без окна"


def test_dots_recorded_without_a_round_are_results(room: Room) -> None:
    page = open_page(room, "rules")
    card = room.cards("rule")[0]
    room.perform(GiveDots(card.id, 5))
    page.tabs.setCurrentIndex(2)
    page.vote.way.setCurrentIndex(0)
    assert page.dots.ballot.state == "revealed"
    assert "5" in page.dots.bar.words.text()
    assert page.dots.more.isVisible()
