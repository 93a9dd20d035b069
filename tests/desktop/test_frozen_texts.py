"""What the group votes on stays as it is: the field says why, and what was typed before is kept for later."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from facilitator.domain.records import Round
from facilitator.room.notes import Draft, FistSubject
from facilitator.room.voting import current_round
from facilitator.services.abbreviations import Abbreviations
from facilitator.services.commands import (
    AddCards,
    ChangeCards,
    Command,
    OpenRound,
    RemoveCards,
    SetRoundState,
    WriteText,
)
from tests.desktop.sheets import Room
from tests.desktop.statements import open_page, words
from ui.desktop.models.plan_model import TEXT
from ui.desktop.steps.compose import ComposePage
from ui.desktop.steps.page import StepPage
from ui.desktop.steps.plan import PlanPage
from ui.desktop.steps.texts import TextsPage
from ui.desktop.widgets.autosaved_text import kept_words

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ENTER, DELETE = Qt.Key.Key_Return, Qt.Key.Key_Delete
FROZEN = "The group is voting on it: the text stays as it is until the vote is closed"


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    room = Room(qtbot, tmp_path)
    yield room
    room.leave()


def shown(room: Room, page: StepPage) -> None:
    room.session.changed.connect(page.refresh)
    room.show(page)
    page.focus_entry()


def open_mission(room: Room) -> TextsPage:
    page = TextsPage(room.context, room.session.script.step("mission"))
    shown(room, page)
    return page


def show_hands(room: Room, step: str, card: str) -> None:
    room.session.keep(FistSubject(step=step, card=card))
    room.perform(OpenRound(step, "fist"))


def close(room: Room, step: str, method: str = "fist") -> None:
    round_ = current_round(room.session.snapshot, step, method)
    assert isinstance(round_, Round)
    room.perform(SetRoundState(round_.id, "closed"))


def refusals(room: Room) -> list[tuple[str, Command]]:
    heard: list[tuple[str, Command]] = []
    room.session.refused.connect(lambda fault, command: heard.append((fault.code, command)))
    return heard


def test_the_mission_cannot_be_typed_into_while_hands_are_shown(room: Room) -> None:
    page = open_mission(room)
    text, (versions,) = page.agreed[0], page.versions
    room.perform(WriteText("mission", "Мы вместе"))
    page.keep_versions()
    room.perform(WriteText("mission", "Мы вместе ради семей"))
    (mission,) = room.cards("mission")
    show_hands(room, "mission", mission.id)
    heard = refusals(room)
    text.setFocus()
    room.type("Другое ")
    assert text.toPlainText() == "Мы вместе ради семей"
    assert kept_words(room.context, text) == FROZEN
    versions.toggle.click()
    versions.choice.setCurrentIndex(versions.choice.count() - 1)
    assert not versions.restore_button.isEnabled()
    page.personal[0].line.setFocus()
    room.settle()
    assert heard == []
    close(room, "mission")
    assert kept_words(room.context, text) == "Kept"
    assert versions.restore_button.isEnabled()
    text.setFocus()
    text.moveCursor(text.textCursor().MoveOperation.End)
    room.type(" и детей")
    text.keep()
    room.settle()
    assert room.cards("mission")[0].text == "Мы вместе ради семей и детей"


def test_what_was_typed_before_the_vote_waits_for_its_end_even_over_a_restart(room: Room) -> None:
    room.perform(WriteText("mission", "Мы вместе"))
    (mission,) = room.cards("mission")
    show_hands(room, "mission", mission.id)
    room.session.keep(Draft(kind="mission", text="Мы вместе ради семей"))
    room.settle()
    room.reopen()
    page = open_mission(room)
    text, heard = page.agreed[0], refusals(room)
    assert text.toPlainText() == "Мы вместе ради семей"
    assert "yours wait here" in kept_words(room.context, text)
    room.type("и ещё")
    page.hide()
    page.show()
    room.settle()
    assert heard == []
    assert room.cards("mission")[0].text == "Мы вместе"
    assert room.session.room.drafts()
    close(room, "mission")
    room.qtbot.waitUntil(lambda: room.cards("mission")[0].text == "Мы вместе ради семей", timeout=3_000)
    assert not room.session.room.drafts()


def test_no_source_is_inserted_into_the_image_while_hands_are_shown(room: Room) -> None:
    page = ComposePage(room.context, room.session.script.step("image"))
    shown(room, page)
    (image,) = room.cards("image")
    show_hands(room, "image", image.id)
    sources = page.sources.list
    sources.setFocus()
    sources.setCurrentRow(1)
    room.press(ENTER)
    room.settle()
    assert page.text.toPlainText() == image.text
    assert page.state.text() == FROZEN
    close(room, "image")
    sources.setFocus()
    room.press(ENTER)
    room.settle()
    assert len(room.cards("image")[0].text) > len(image.text)


def test_no_abbreviation_is_expanded_in_a_text_that_is_voted_on(room: Room) -> None:
    room.aids.set_abbreviations(Abbreviations({"нко": "некоммерческих организаций"}, on=True))
    room.perform(WriteText("mission", "Поддержка НКО"))
    page = open_mission(room)
    text = page.agreed[0]
    text.moveCursor(text.textCursor().MoveOperation.End)
    show_hands(room, "mission", room.cards("mission")[0].id)
    room.type(" ")
    assert text.toPlainText() == "Поддержка НКО"


def test_a_statement_that_is_agreed_on_opens_no_editor_and_says_why(room: Room) -> None:
    room.perform(AddCards("rule", ("Ещё одно правило",)))
    page = open_page(room, "rules")
    one, other = room.cards("rule")[:2]
    show_hands(room, "rules", one.id)
    view = page.entry.list
    view.setFocus()
    view.show_card(one.id)
    room.press(ENTER)
    assert view.state() != view.State.EditingState
    assert "voted on now" in words(view, view.currentIndex().row()).details
    view.show_card(other.id)
    assert "voted on now" not in words(view, view.currentIndex().row()).details
    room.press(ENTER)
    assert view.state() == view.State.EditingState
    field = QApplication.focusWidget()
    assert isinstance(field, QPlainTextEdit)
    field.selectAll()
    room.type("Иначе")
    room.press(ENTER)
    room.settle()
    assert room.session.snapshot.cards[other.id].text == "Иначе"
    close(room, "rules")
    assert "voted on now" not in words(view, view.cards.index_of(one.id).row()).details
    view.show_card(one.id)
    room.press(ENTER)
    assert view.state() == view.State.EditingState


def test_actions_keep_their_words_while_dots_are_given_and_take_dates(room: Room) -> None:
    page = PlanPage(room.context, room.session.script.step("roadmap"))
    shown(room, page)
    action = room.cards("action")[0]
    room.perform(OpenRound("roadmap", "dots", 3))
    heard, sheet = refusals(room), page.sheet
    sheet.go(0, TEXT)
    room.type("Иначе")
    assert sheet.state() != sheet.State.EditingState
    assert page.status.text() == FROZEN
    room.press(DELETE)
    room.settle()
    assert [code for code, _command in heard] == ["round-open"]
    sheet.go(0, TEXT + 1)
    room.type("2019")
    room.press(ENTER)
    room.settle()
    assert room.session.snapshot.cards[action.id].fields["start"] == "2019"
    close(room, "roadmap", "dots")
    sheet.go(0, TEXT)
    room.type("Иначе")
    room.press(ENTER)
    room.settle()
    assert room.session.snapshot.cards[action.id].text == "Иначе"


def test_what_is_voted_on_is_neither_removed_nor_put_off(room: Room) -> None:
    one = room.cards("rule")[0]
    show_hands(room, "rules", one.id)
    heard = refusals(room)
    room.perform(RemoveCards((one.id,)))
    room.perform(ChangeCards((one.id,), {"status": "parked"}))
    assert [code for code, _command in heard] == ["round-open", "round-open"]
    assert room.session.snapshot.cards[one.id] == one
