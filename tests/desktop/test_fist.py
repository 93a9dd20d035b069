"""The fist of five at the window: hands by digits, covered until revealed; objections; a second round."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from facilitator.domain.records import Round, Vote
from facilitator.room.voting import agreement, current_round, rounds_about
from facilitator.services.commands import GiveDots, OpenRound, RemoveCards, SetRoundState, WriteText
from tests.desktop.sheets import Room
from tests.desktop.statements import open_page, refuse_writing, words
from ui.desktop.models.vote_words import verdict_words
from ui.desktop.projector.votes import result_lines
from ui.desktop.steps.compose import ComposePage
from ui.desktop.steps.texts import TextsPage
from ui.desktop.voting.bars import Bars
from ui.desktop.voting.fist_panel import FistPanel

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ENTER, ESC, UP = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Up
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    room = Room(qtbot, tmp_path)
    yield room
    room.leave()


@pytest.fixture
def page(room: Room) -> TextsPage:
    page = TextsPage(room.context, room.session.script.step("mission"))
    room.session.changed.connect(page.refresh)
    room.show(page)
    room.perform(WriteText("mission", "Мы вместе ради семей"))
    page.begin_method("fist-of-five")
    return page


def lead_on(room: Room, panel: FistPanel) -> None:
    room.qtbot.keyClick(panel.bar.on, Qt.Key.Key_Return, CONTROL)
    room.settle()


def last(room: Room, step: str = "mission") -> Round:
    found = current_round(room.session.snapshot, step, "fist")
    assert found is not None
    return found


def votes(room: Room, round_: Round) -> dict[str, Vote]:
    return {str(vote.participant): vote for vote in room.session.snapshot.votes_in(round_.id)}


def lines(panel: FistPanel) -> list[str]:
    return [panel.people.item(row).text() for row in range(panel.people.count())]


def said(panel: FistPanel) -> str:
    """All words of the results, top to bottom."""
    found = []
    for place in range(panel.results.count()):
        widget = panel.results.itemAt(place).widget()
        assert widget is not None
        found += [each.text() for each in widget.findChildren(type(panel.bar.words))]
        found += [each.accessibleName() for each in widget.findChildren(Bars)]
    return "\n".join(found)


def test_digits_enter_hands_which_stay_covered(room: Room, page: TextsPage) -> None:
    panel = page.fist.panel
    assert panel.bar.on.hasFocus()
    assert panel.bar.on.text() == "Open the vote"
    lead_on(room, panel)
    people = panel._people
    assert panel.people.hasFocus()
    assert all(line.startswith("○ ") for line in lines(panel))
    room.type("45")
    room.settle()
    hands = votes(room, last(room))
    assert [hands[person.id].value for person in people[:2]] == [4, 5]
    assert [line[0] for line in lines(panel)[:3]] == ["●", "●", "○"]
    assert not any(
        digit in line.split("(")[0].rsplit(" ", 1)[-1] for line in lines(panel)[:1] for digit in "45"
    )
    assert f"2 of {len(people)} have shown" in panel.bar.words.text()
    assert panel.people.person == people[2].id
    room.type("9")
    room.settle()
    assert len(votes(room, last(room))) == 2
    assert said(panel) == ""


def test_who_shows_few_is_heard_and_the_others_show_five(room: Room, page: TextsPage) -> None:
    panel = page.fist.panel
    lead_on(room, panel)
    people = panel._people
    room.type("1")
    assert panel.objection.hasFocus()
    room.settle()
    assert votes(room, last(room))[people[0].id].value == 1
    assert panel.objection.hasFocus()
    room.type("Слишком общо")
    room.press(ENTER)
    room.settle()
    assert votes(room, last(room))[people[0].id].objection == "Слишком общо"
    assert panel.people.person == people[1].id
    room.type("2")
    room.type("лишнее")
    room.press(ESC)
    room.type("0")
    room.press(ENTER)
    room.settle()
    assert votes(room, last(room))[people[1].id].objection is None
    assert not panel.objection.isVisible()
    panel.rest.click()
    room.settle()
    assert panel.bar.on.hasFocus()
    assert not panel.rest.isEnabled()
    shown = agreement(room.session.snapshot, last(room).id)
    assert shown.fingers == (1, 1, 1, 0, 0, len(people) - 3)
    panel.people.choose(people[0].id)
    panel.people.setFocus()
    room.type("1")
    assert panel.objection.text() == "Слишком общо"
    room.press(ENTER)
    room.settle()
    assert panel.bar.on.hasFocus()
    panel.people.setFocus()
    panel.people.choose(people[-1].id)
    room.press(ENTER)
    assert panel.bar.on.hasFocus()


def test_the_result_is_hidden_then_told_in_words_and_both_rounds_stay(room: Room, page: TextsPage) -> None:
    panel = page.fist.panel
    lead_on(room, panel)
    room.type("0")
    room.type("Не про нас")
    room.press(ENTER)
    panel.rest.click()
    lead_on(room, panel)
    assert last(room).state == "closed"
    assert "hidden" in panel.bar.words.text()
    assert said(panel) == ""
    assert not panel.people.isVisible()
    panel.bar.back.click()
    room.settle()
    assert last(room).state == "open"
    lead_on(room, panel)
    lead_on(room, panel)
    assert panel.bar.words.text() == "Not agreed: 1 person is below three"
    assert "≠ opinions differ" in said(panel)
    assert "— Не про нас" in said(panel)
    assert "0 – 1" in said(panel)
    first = last(room)
    assert panel.bar.on.text() == "Another round"
    lead_on(room, panel)
    panel.rest.click()
    lead_on(room, panel)
    lead_on(room, panel)
    assert panel.bar.words.text() == "Agreed: everyone has shown 3 or more"
    (mission,) = room.cards("mission")
    kept = rounds_about(room.session.snapshot, "mission", mission.id)
    assert [each.id for each in kept] == [first.id, last(room).id]
    assert said(panel).index("Round 1") < said(panel).index("Round 2")
    page.fist.toggle.click()
    assert not panel.isVisible()
    page.fist.toggle.setFocus()
    page.fist.toggle.click()
    assert panel.bar.on.hasFocus()


def test_without_a_text_there_is_nothing_to_agree_on(room: Room) -> None:
    room.perform(RemoveCards(tuple(card.id for card in room.cards("image"))))
    page = ComposePage(room.context, room.session.script.step("image"))
    room.session.changed.connect(page.refresh)
    room.show(page)
    page.begin_method("fist-of-five")
    panel = page.fist.panel
    assert not panel.bar.on.isEnabled()
    panel.lead_on()
    room.settle()
    assert not room.session.snapshot.rounds_of("image", "fist")
    room.perform(WriteText("image", "Каждый получает помощь дома."))
    assert panel.bar.on.isEnabled()
    page.begin_method("silent-writing")


def test_what_the_disk_refuses_was_not_shown(
    room: Room, page: TextsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = page.fist.panel
    lead_on(room, panel)
    refuse_writing(room, monkeypatch)
    panel._enter(5)
    assert panel._has_shown(panel._people[0].id)
    room.settle()
    assert lines(panel)[0].startswith("○ ")
    lead_on(room, panel)
    assert last(room).state == "open"


def test_an_opening_that_is_refused_is_forgotten(
    room: Room, page: TextsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = page.fist.panel
    refuse_writing(room, monkeypatch)
    lead_on(room, panel)
    assert not panel._opening
    assert panel.round is None


def test_one_of_many_statements_is_voted_on_and_marked_when_opinions_differ(room: Room) -> None:
    page = open_page(room, "rules")
    if len(room.cards("rule")) < 2:
        room.type("Ещё одно правило")
        room.press(ENTER)
        room.settle()
    page.begin_method("fist-of-five")
    mode = page.vote.fist
    assert mode.list.hasFocus()
    one, other = mode.list.cards.cards[:2]
    room.press(ENTER)
    assert mode.panel.bar.on.hasFocus()
    lead_on(room, mode.panel)
    mode.list.show_card(other.id)
    assert "…" in mode.panel.bar.words.text() or "A vote is going on about" in mode.panel.bar.words.text()
    assert not mode.panel.bar.on.isEnabled()
    mode.list.show_card(one.id)
    mode.panel.focus_entry()
    room.type("0")
    room.press(ENTER)
    mode.panel.rest.click()
    lead_on(room, mode.panel)
    lead_on(room, mode.panel)
    assert "≠ opinions differ" in words(mode.list, 0).details
    page.tabs.setCurrentIndex(0)
    page.entry.list.show_card(one.id)
    row = page.entry.list.currentIndex().row()
    assert "≠ opinions differ" in words(page.entry.list, row).details
    page.begin_method("dot-voting")
    assert page.dots.isVisible()
    assert page.dots.list.hasFocus()


def test_only_where_a_method_asks_for_it(room: Room) -> None:
    page = open_page(room, "present")
    page.tabs.setCurrentIndex(2)
    assert not page.vote.way.isVisible()
    page.vote.way.setFocus()


def test_a_round_nobody_knows_the_text_of_belongs_to_the_text_that_is_there(
    room: Room, page: TextsPage
) -> None:
    room.perform(OpenRound("mission", "fist"))
    panel = page.fist.panel
    assert panel.round == last(room)
    assert panel.people.isVisible()
    assert panel.people.minimumSizeHint().height() > 0


def test_the_room_reads_the_results_of_a_revealed_vote(room: Room, page: TextsPage) -> None:
    panel = page.fist.panel
    lead_on(room, panel)
    room.type("5")
    room.type("1")
    room.press(ENTER)
    panel.rest.click()
    room.settle()
    assert result_lines(room.context, last(room)) == ()
    lead_on(room, panel)
    lead_on(room, panel)
    many = len(panel._people) - 1
    said_ = [(line.text, line.count) for line in result_lines(room.context, last(room))]
    assert said_ == [("Not agreed: 1 person is below three", 0), ("5 fingers", many), ("1 finger", 1)]
    one, other = room.cards("rule")[:2]
    room.perform(OpenRound("rules", "dots", 3))
    room.perform(GiveDots(one.id, 2))
    room.perform(GiveDots(other.id, 5))
    round_ = room.session.snapshot.rounds_of("rules", "dots")[-1]
    room.perform(SetRoundState(round_.id, "closed"))
    room.perform(SetRoundState(round_.id, "revealed"))
    round_ = room.session.snapshot.rounds[round_.id]
    shown = [(line.text, line.dots) for line in result_lines(room.context, round_)]
    assert shown == [(other.text, 5), (one.text, 2)]


def test_a_round_without_a_hand_says_so(room: Room) -> None:
    assert (
        verdict_words(room.context, agreement(room.session.snapshot, "nothing")) == "Nobody has shown a hand"
    )
