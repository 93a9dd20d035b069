"""Votes in awkward moments: after a restart, with nobody there, with a statement that goes in between."""

from collections.abc import Iterator
from gettext import NullTranslations
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from exports.phrases import Phrases
from exports.reading import GroupReading
from facilitator.domain.records import Round
from facilitator.room.voting import current_round
from facilitator.services.commands import (
    AddCards,
    CastDots,
    ChangeCards,
    GiveDots,
    OpenRound,
    RemovePerson,
    SetRoundState,
    ShowFingers,
)
from tests.desktop.sheets import Room
from tests.desktop.statements import open_page, words
from ui.desktop.day_words import open_words
from ui.desktop.printing.day_summary import day_summary
from ui.desktop.steps.collect import CollectPage

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


# Nobody, one, and who leaves


def test_one_person_votes_alone(room: Room) -> None:
    page = open_vote(room)
    for person in people(room)[1:]:
        room.perform(ChangeCards(tuple(_by(room, person)), {"author": None}))
        room.perform(RemovePerson(person))
    lead_on(room, page)
    room.type("3")
    room.settle()
    assert "1 of 1 have voted" in page.dots.bar.words.text()
    room.press(ENTER)
    assert page.dots.bar.on.hasFocus()


def _by(room: Room, person: str) -> Iterator[str]:
    return (card.id for card in room.session.snapshot.cards.values() if card.author == person)


def test_dots_of_who_has_left_count_and_can_be_changed(room: Room) -> None:
    page = open_vote(room)
    lead_on(room, page)
    one = page.dots.people.person
    assert one is not None
    room.type("2")
    room.settle()
    everybody_leaves(room)
    assert [person.id for person in page.dots.ballot.people] == [one]
    assert "1 of 1 have voted" in page.dots.bar.words.text()
    page.dots.list.setFocus()
    room.type("3")
    room.settle()
    assert sum(vote.value for vote in room.session.snapshot.votes_in(last(room, "present").id)) == 3
    lead_on(room, page)
    lead_on(room, page)
    assert room.session.snapshot.dots[page.dots.list.cards.cards[0].id] == 3


def test_with_everybody_gone_dots_are_counted_on_the_wall_and_no_hands_are_shown(room: Room) -> None:
    everybody_leaves(room)
    page = open_vote(room, "rules")
    assert page.dots.ballot.by_hand
    page.begin_method("fist-of-five")
    bar = page.vote.fist.panel.bar
    assert not bar.on.isEnabled()
    assert bar.note.text() == "Nobody in the list is here today: check in who has come first."


def test_a_vote_that_nobody_took_part_in_leaves_the_results_before(room: Room) -> None:
    page = open_vote(room, "future")
    lead_on(room, page)
    room.type("2")
    room.settle()
    card = page.dots.list.cards.cards[0]
    for _state in ("closed", "revealed", "ready", "open"):
        lead_on(room, page)
    assert card.id not in room.session.snapshot.dots
    page.work_by(0)
    row = page.entry.list.cards.index_of(card.id).row()
    assert words(page.entry.list, row).dots == ""
    page.work_by(2)
    for _state in ("closed", "revealed"):
        lead_on(room, page)
    assert page.dots.bar.note.text() == "Nobody has given a dot: the results of the round before stay."
    assert room.session.snapshot.dots[card.id] == 2


def test_the_first_vote_that_nobody_took_part_in_says_so(room: Room) -> None:
    page = open_vote(room, "future")
    for _state in ("open", "closed", "revealed"):
        lead_on(room, page)
    assert page.dots.bar.note.text() == "Nobody has given a dot."


# Counted by hand


def test_more_dots_on_the_wall_than_all_have_are_questioned(room: Room) -> None:
    page = open_vote(room)
    page.dots.ballot.by_hand = True
    lead_on(room, page)
    most = page.dots.ballot.together
    page.dots.list.setFocus()
    room.type(str(most + 1))
    room.press(ENTER)
    note = page.dots.bar.note.text()
    assert f"at most {most}" in note
    assert "add to the list who is missing" in note
    page.dots.list.setCurrentIndex(page.dots.list.cards.index(0))
    room.type(str(most))
    room.press(ENTER)
    room.settle()
    for person in people(room)[:2]:
        room.perform(RemovePerson(person))
    page.dots.list.setCurrentIndex(page.dots.list.cards.index(0))
    room.type("-")
    room.settle()
    assert page.dots.ballot.counted == most - 1
    room.type("+")
    assert page.dots.ballot.counted == most - 1
    assert page.dots.bar.refused


# Statements that go in between


def test_dots_on_a_statement_put_off_in_between_can_be_taken_back(room: Room) -> None:
    page = open_vote(room)
    lead_on(room, page)
    card = page.dots.list.cards.cards[0]
    room.type("3")
    room.settle()
    lead_on(room, page)
    room.perform(ChangeCards((card.id,), {"status": "parked"}))
    assert card.id not in [each.id for each in page.dots.list.cards.cards]
    page.dots.bar.back.click()
    room.settle()
    row = page.dots.list.cards.index_of(card.id).row()
    shown = words(page.dots.list, row)
    assert (shown.dots, shown.details) == ("● 3", "put off since: dots can only be taken back")
    page.dots.list.setFocus()
    page.dots.list.show_card(card.id)
    room.type("--")
    room.settle()
    room.type("+")
    assert "put off" in page.dots.bar.note.text()
    room.type("-")
    room.settle()
    assert not room.session.snapshot.votes_in(last(room, "present").id)
    assert card.id not in [each.id for each in page.dots.list.cards.cards]


def test_a_late_statement_takes_no_dots_on_the_wall_after_the_closing(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_vote(room)
    page.dots.ballot.by_hand = True
    lead_on(room, page)
    room.perform(GiveDots(page.dots.list.cards.cards[0].id, 2))
    lead_on(room, page)
    monkeypatch.setattr(
        "facilitator.services.commands.command.Desk.now", lambda _desk: "2999-01-01T00:00:00Z"
    )
    room.perform(AddCards("present-norm", ("Пришло позже",)))
    page.dots.list.show_card(room.cards("present-norm")[-1].id)
    room.type("+")
    assert "came after the vote" in page.dots.bar.note.text()


def test_a_vote_about_a_statement_that_was_put_off_can_be_finished(room: Room) -> None:
    page = open_page(room, "rules")
    page.begin_method("fist-of-five")
    mode = page.vote.fist
    card = mode.list.current
    assert card is not None
    mode.panel.lead_on()
    room.settle()
    mode.panel.lead_on()
    room.settle()
    room.perform(ChangeCards((card.id,), {"status": "parked"}))
    assert card.id in [each.id for each in mode.list.cards.cards]
    mode.list.show_card(card.id)
    mode.panel.lead_on()
    room.settle()
    assert last(room, "rules", "fist").state == "revealed"
    assert card.id not in [each.id for each in mode.list.cards.cards]


def test_undo_after_the_revealing_hides_the_results_again(room: Room) -> None:
    page = open_vote(room, "future")
    lead_on(room, page)
    room.type("2")
    room.settle()
    lead_on(room, page)
    lead_on(room, page)
    page.dots.bar.on.click()
    assert page.dots.ballot.state == "ready"
    room.session.undo()
    room.settle()
    assert page.dots.bar.on.text() == "Reveal the results"
    assert not any(card.id in room.session.snapshot.dots for card in room.cards("future-norm"))
    room.session.redo()
    room.settle()
    assert page.dots.bar.on.text() == "New round"


# Nothing of the round before is led by


def test_what_was_given_before_is_hidden_everywhere_until_the_next_vote_is_revealed(room: Room) -> None:
    page = open_vote(room, "future")
    card, person = room.cards("future-norm")[0], people(room)[0]
    said = card.text[:30]
    assert not _printed(room, said)
    room.perform(OpenRound("future", "dots", 3))
    room.perform(CastDots(last(room, "future").id, card.id, person, 3))
    for state in ("closed", "revealed"):
        room.perform(SetRoundState(last(room, "future").id, state))  # type: ignore[arg-type]
    assert _printed(room, said)
    assert _reported(room, card.id) == 3
    step = room.session.script.step("future")
    before = open_words(room.context, step)
    room.perform(OpenRound("future", "dots", 3))
    assert not _printed(room, said)
    assert _reported(room, card.id) == 0
    assert "a vote is not revealed" in open_words(room.context, step)
    assert "a vote is not revealed" not in before
    assert room.session.snapshot.dots == {}
    page.work_by(0)
    row = page.entry.list.cards.index_of(card.id).row()
    assert words(page.entry.list, row).dots == ""


def _reported(room: Room, card: str) -> int:
    """Return the dots of a card as the reports read them."""
    session = room.session
    phrases = Phrases(NullTranslations(), "en")
    reading = GroupReading(session.snapshot, session.script, session.catalogues, phrases)
    return reading.dots(session.snapshot.cards[card])


def _printed(room: Room, said: str) -> bool:
    """Whether the printed summary of the day counts the dots of a statement."""
    text = "\n".join(line for part in day_summary(room.context, 1).parts for line in part.lines)
    return any(said in line and "●" in line for line in text.splitlines())


def test_opinions_of_the_round_before_do_not_show_while_hands_are_shown_anew(room: Room) -> None:
    page = open_page(room, "rules")
    page.begin_method("fist-of-five")
    mode = page.vote.fist
    card = mode.list.current
    assert card is not None
    mode.panel.lead_on()
    room.settle()
    hands = people(room)
    round_ = last(room, "rules", "fist")
    room.perform(ShowFingers(round_.id, card.id, (hands[0],), 0))
    room.perform(ShowFingers(round_.id, card.id, tuple(hands[1:]), 5))
    for _state in ("closed", "revealed"):
        mode.panel.lead_on()
        room.settle()
    row = mode.list.cards.index_of(card.id).row()
    assert "≠ opinions differ" in words(mode.list, row).details
    mode.panel.lead_on()
    room.settle()
    assert "≠ opinions differ" not in words(mode.list, row).details
