"""A vote goes on after a restart where it stood, whatever its state and its way."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from facilitator.domain.records import Round
from facilitator.room.notes import Methods
from facilitator.room.voting import current_round
from facilitator.services.commands import (
    AddCards,
    OpenRound,
)
from tests.desktop.sheets import Room
from tests.desktop.statements import open_page, words
from ui.desktop.steps.collect import CollectPage
from ui.desktop.steps.texts import TextsPage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ENTER = Qt.Key.Key_Return
LATER = "2018-02-08T09:00:00Z"


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    room = Room(qtbot, tmp_path)
    yield room
    room.leave()


def last(room: Room, step: str, method: str = "dots") -> Round:
    found = current_round(room.session.snapshot, step, method)
    assert found is not None
    return found


def open_vote(room: Room, step: str = "present") -> CollectPage:
    page = open_page(room, step)
    page.work_by(2)
    if page.dots.ballot.state == "revealed":
        page.dots.bar.on.click()
    return page


def lead_on(room: Room, page: CollectPage) -> None:
    page.dots.lead_on()
    room.settle()


def people(room: Room) -> list[str]:
    return sorted(room.session.snapshot.participants)


def everybody_leaves(room: Room, day: int = 1) -> None:
    presence = room.session.room.presence(day).check_in(people(room), LATER)
    for person in people(room):
        presence = presence.check_out(person, LATER)
    room.session.keep(presence)
    room.settle()


@pytest.mark.parametrize(
    ("state", "on", "dots"),
    [
        ("open", "Close the vote", "● 2"),
        ("closed", "Reveal the results", ""),
        ("revealed", "New round", "● 2"),
    ],
)
def test_a_vote_by_dots_goes_on_after_a_restart(room: Room, state: str, on: str, dots: str) -> None:
    page = open_vote(room, "future")
    lead_on(room, page)
    room.type("2")
    room.settle()
    card = page.dots.list.cards.cards[0]
    while last(room, "future").state != state:
        lead_on(room, page)
    page.close()
    room.reopen()
    page = open_page(room, "future")
    page.work_by(2)
    assert page.dots.bar.on.text() == on
    row = page.dots.list.cards.index_of(card.id).row()
    assert words(page.dots.list, row).dots == dots
    shown = room.session.snapshot.dots.get(card.id)
    assert shown == (2 if state == "revealed" else None)


@pytest.mark.parametrize(
    ("state", "on"),
    [("open", "Close the vote"), ("closed", "Reveal the results"), ("revealed", "Open the vote")],
)
def test_a_fist_without_hands_is_about_the_same_statement_after_a_restart(
    room: Room, state: str, on: str
) -> None:
    room.perform(AddCards("rule", ("Ещё одно правило",)))
    page = open_page(room, "rules")
    page.begin_method("fist-of-five")
    chosen = page.vote.fist.list.cards.cards[1]
    page.vote.fist.list.show_card(chosen.id)
    page.vote.fist.panel.lead_on()
    room.settle()
    while last(room, "rules", "fist").state != state:
        page.vote.fist.panel.lead_on()
        room.settle()
    page.close()
    room.reopen()
    page = open_page(room, "rules")
    page.work_by(2)
    mode = page.vote.fist
    if state == "revealed":
        page.begin_method("fist-of-five")
        mode.list.show_card(chosen.id)
    assert mode.isVisible()
    assert mode.list.current is not None
    assert mode.list.current.id == chosen.id
    assert mode.panel.bar.on.text() == on
    other = mode.list.cards.cards[0]
    mode.list.show_card(other.id)
    if state == "revealed":
        assert mode.panel.bar.on.isEnabled()
    else:
        assert chosen.text[:20] in mode.panel.bar.words.text()
        assert not mode.panel.bar.on.isEnabled()


def test_the_mission_s_vote_stands_unfolded_after_a_restart(room: Room) -> None:
    room.perform(OpenRound("mission", "fist"))
    room.reopen()
    page = TextsPage(room.context, room.session.script.step("mission"))
    room.session.changed.connect(page.refresh)
    room.show(page)
    assert page.fist.panel.isVisible()
    assert page.fist.panel.bar.on.text() == "Close the vote"
    assert page.agreed[0].isReadOnly()


def test_a_fist_that_was_held_can_be_reached_when_its_method_is_no_longer_chosen(room: Room) -> None:
    page = open_page(room, "present")
    page.work_by(2)
    assert not page.vote.way.isVisible()
    room.session.keep(Methods(step="present", methods=("fist-of-five",)))
    assert page.vote.way.isVisible()
    page.begin_method("fist-of-five")
    page.vote.fist.panel.lead_on()
    room.settle()
    room.session.keep(Methods(step="present", methods=()))
    room.settle()
    room.reopen()
    page = open_page(room, "present")
    page.work_by(2)
    assert page.vote.way.isVisible()
    assert page.vote.fist.isVisible()
