"""Texts keep themselves, personal missions stay private, and the image is composed from its sources."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from facilitator.domain.records import Card
from facilitator.services.commands import RemoveCards
from facilitator.services.commands.command import shortened
from facilitator.services.group_service import ActName
from tests.desktop.sheets import Room
from tests.desktop.statements import refuse_writing
from ui.desktop.models.card_model import WORDS_ROLE
from ui.desktop.steps.compose import ComposePage
from ui.desktop.steps.page import StepPage
from ui.desktop.steps.texts import TextsPage
from ui.desktop.widgets.autosaved_text import AutosavedText

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ENTER, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Space


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    room = Room(qtbot, tmp_path)
    yield room
    room.leave()


def shown(room: Room, page: StepPage) -> None:
    room.session.changed.connect(page.refresh)
    room.show(page)
    page.focus_entry()


@pytest.fixture
def texts(room: Room) -> TextsPage:
    page = TextsPage(room.context, room.session.script.step("mission"))
    shown(room, page)
    return page


@pytest.fixture
def compose(room: Room) -> ComposePage:
    page = ComposePage(room.context, room.session.script.step("image"))
    shown(room, page)
    return page


def retype(room: Room, text: AutosavedText, words: str) -> None:
    text.selectAll()
    room.type(words)


def missions(room: Room) -> list[str]:
    return [card.text for card in room.cards("mission")]


def test_the_mission_is_kept_after_a_pause_and_typing_goes_on(room: Room, texts: TextsPage) -> None:
    retype(room, texts.agreed[0], "Помогать рано")
    assert missions(room) != ["Помогать рано"]
    room.qtbot.waitUntil(lambda: missions(room) == ["Помогать рано"], timeout=3_000)
    room.type(" и вместе ")
    assert texts.agreed[0].toPlainText() == "Помогать рано и вместе "
    assert texts.agreed[0].hasFocus()


def test_the_mission_is_kept_when_one_leaves_it(room: Room, texts: TextsPage) -> None:
    retype(room, texts.agreed[0], "Помощь до беды")
    texts.personal[0].line.setFocus()
    room.settle()
    assert missions(room) == ["Помощь до беды"]


def test_the_mission_is_kept_when_the_page_is_left(room: Room, texts: TextsPage) -> None:
    retype(room, texts.agreed[0], "Рядом, когда трудно")
    texts.hide()
    room.settle()
    assert missions(room) == ["Рядом, когда трудно"]


def test_words_typed_while_the_former_are_being_kept_stay(room: Room, texts: TextsPage) -> None:
    text = texts.agreed[0]
    retype(room, text, "Раз")
    text.keep()
    text.insertPlainText(" два")
    room.settle()
    assert text.toPlainText() == "Раз два"
    text.keep()
    room.settle()
    assert missions(room) == ["Раз два"]


def test_a_text_that_cannot_be_kept_stays_and_is_kept_later(
    room: Room, texts: TextsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = texts.agreed[0]
    refuse_writing(room, monkeypatch)
    retype(room, text, "Не потеряйте")
    text.keep()
    room.settle()
    assert text.toPlainText() == "Не потеряйте"
    assert text.refused
    monkeypatch.undo()
    text.keep()
    room.settle()
    assert missions(room) == ["Не потеряйте"]
    assert not text.refused


def test_undo_of_the_act_brings_the_former_text_into_the_field(room: Room, texts: TextsPage) -> None:
    text = texts.agreed[0]
    former = text.toPlainText()
    retype(room, text, "Другая миссия")
    text.keep()
    room.settle()
    room.session.undo()
    room.settle()
    assert text.toPlainText() == former
    assert not text.document().isUndoAvailable()


def test_an_emptied_text_is_not_removed_in_the_middle_of_typing(room: Room, texts: TextsPage) -> None:
    text = texts.agreed[0]
    before = missions(room)
    text.selectAll()
    room.press(Qt.Key.Key_Delete)
    text._pause.timeout.emit()
    room.settle()
    assert missions(room) == before
    text.keep()
    room.settle()
    assert missions(room) == []


def test_a_personal_mission_is_private_until_its_author_agrees(room: Room, texts: TextsPage) -> None:
    personal = texts.personal[0]
    personal.line.setFocus()
    room.type("Звоню трём людям")
    personal.author.setFocus()
    room.type("5")
    room.press(ENTER)
    room.settle()
    card = room.cards("personal-mission")[-1]
    assert (card.text, card.private) == ("Звоню трём людям", True)
    assert personal.line.hasFocus()
    personal.list.show_card(card.id)
    assert "does not leave this file" in details(texts, card)
    assert not personal.publish.isChecked()
    personal.publish.setFocus()
    room.qtbot.keyClick(personal.publish, SPACE)
    room.settle()
    assert not room.session.snapshot.cards[card.id].private
    assert "published" in details(texts, card)
    room.session.undo()
    room.settle()
    assert room.session.snapshot.cards[card.id].private
    assert not personal.publish.isChecked()


def details(page: TextsPage, card: Card) -> str:
    said: str = page.personal[0].list.cards.index_of(card.id).data(WORDS_ROLE).details
    return said


def test_enter_on_a_source_inserts_its_words_at_the_cursor_and_links_it(
    room: Room, compose: ComposePage
) -> None:
    room.perform(RemoveCards((room.cards("image")[0].id,)))
    assert compose.text.toPlainText() == ""
    sources = [card for kind in ("future-norm", "rule") for card in room.cards(kind)][:2]
    compose.text.setFocus()
    room.type("Мы видим:")
    for source in sources:
        row = next(row for row in compose.sources.list.rows() if row.text() == source.text)
        compose.sources.list.setCurrentItem(row)
        compose.sources.list.setFocus()
        room.press(ENTER)
    room.settle()
    room.settle()
    image = room.cards("image")[0]
    assert image.text == f"Мы видим: {sources[0].text} {sources[1].text}"
    assert room.targets(image, "draws-on") == {source.id for source in sources}
    assert compose.sources.list.hasFocus()


def test_space_ticks_a_source_and_what_is_left_is_counted(room: Room, compose: ComposePage) -> None:
    image = room.cards("image")[0]
    linked = room.targets(image, "draws-on")
    rows = [row for row in compose.sources.list.rows() if row.data(Qt.ItemDataRole.UserRole)]
    left = len(rows) - len(linked)
    assert str(left) in compose.sources.heading.text()
    row = next(row for row in rows if row.data(Qt.ItemDataRole.UserRole) not in linked)
    compose.sources.list.setCurrentItem(row)
    compose.sources.list.setFocus()
    room.press(SPACE)
    room.settle()
    assert room.targets(image, "draws-on") == linked | {row.data(Qt.ItemDataRole.UserRole)}
    assert str(left - 1) in compose.sources.heading.text()
    compose.sources.only_open.setChecked(True)
    shown = [row for row in rows if not row.isHidden()]
    assert len(shown) == left - 1


def test_sentences_are_counted_against_the_range_of_the_script(room: Room, compose: ComposePage) -> None:
    retype(room, compose.text, "Раз.")
    assert "1 sentence (of 3–10: too few yet)" in compose.counts.text()
    compose.text.setPlainText("Раз. Два. Три.")
    assert "3 sentences (of 3–10: fits)" in compose.counts.text()
    compose.text.setPlainText("Слово. " * 11)
    assert "(of 3–10: too many)" in compose.counts.text()
    compose.text.keep()
    room.settle()
    room.session.undo()
    room.settle()
    assert "(of 3–10: fits)" in compose.counts.text()


def stand_on_source(compose: ComposePage, card: Card) -> None:
    row = next(row for row in compose.sources.list.rows() if row.data(Qt.ItemDataRole.UserRole) == card.id)
    compose.sources.list.setCurrentItem(row)
    compose.sources.list.setFocus()


def left_out(room: Room) -> Card:
    linked = room.targets(room.cards("image")[0], "draws-on")
    return next(card for card in room.cards("future-norm") if card.id not in linked)


def test_the_words_of_a_source_and_its_link_are_one_act_apart_from_what_was_typed(
    room: Room, compose: ComposePage
) -> None:
    source, before = left_out(room), room.cards("image")[0].text
    compose.text.moveCursor(compose.text.textCursor().MoveOperation.End)
    compose.text.setFocus()
    room.type(" И вот:")
    stand_on_source(compose, source)
    room.press(ENTER)
    room.settle()
    assert room.cards("image")[0].text == f"{before} И вот: {source.text}"
    assert source.id in room.targets(room.cards("image")[0], "draws-on")
    assert room.session.undo_name == ActName("source-inserted", shortened(source.text))
    room.session.undo()
    room.settle()
    assert room.cards("image")[0].text == f"{before} И вот:" == compose.text.toPlainText()
    assert source.id not in room.targets(room.cards("image")[0], "draws-on")
    room.session.undo()
    room.settle()
    assert compose.text.toPlainText() == before


def test_a_tick_after_an_insertion_keeps_the_link_of_the_insertion(room: Room, compose: ComposePage) -> None:
    source = left_out(room)
    stand_on_source(compose, source)
    room.press(ENTER)
    mission = room.cards("mission")[0]
    stand_on_source(compose, mission)
    ticked = mission.id in room.targets(room.cards("image")[0], "draws-on")
    room.press(SPACE)
    room.settle()
    linked = room.targets(room.cards("image")[0], "draws-on")
    assert source.id in linked
    assert (mission.id in linked) is not ticked


def test_what_is_not_drawn_on_is_counted_by_kind(room: Room, compose: ComposePage) -> None:
    def headings() -> dict[str, str]:
        rows = [row.text() for row in compose.sources.list.rows() if not row.data(Qt.ItemDataRole.UserRole)]
        return dict(row.split(" · ") for row in rows)

    linked = room.targets(room.cards("image")[0], "draws-on")
    norms = room.cards("future-norm")
    open_ = sum(card.id not in linked for card in norms)
    assert headings()["Нормы будущего"] == f"not drawn on: {open_} of {len(norms)}"
    for norm in norms:
        if norm.id not in linked:
            stand_on_source(compose, norm)
            room.press(SPACE)
            room.settle()
    assert headings()["Нормы будущего"] == "all drawn on"


def test_characters_are_counted_against_the_limit_in_words(room: Room, compose: ComposePage) -> None:
    retype(room, compose.text, "Раз.")
    assert "4 characters of 5000" in compose.counts.text()
    compose.text.setPlainText("я" * 5_002)
    assert "2 too many: they are not kept" in compose.counts.text()
    assert compose.counts.property("role") == "warn"
    compose.text.setPlainText("Раз. Два. Три.")
    assert compose.counts.property("role") == "small"


def test_the_text_can_be_asked_for_to_be_read_aloud(room: Room, compose: ComposePage) -> None:
    retype(room, compose.text, "Раз. Два. Три.")
    shown: list[str] = []
    compose.reading_asked.connect(lambda card: shown.append(room.session.snapshot.cards[card].text))
    compose.read_button.click()
    room.settle()
    assert shown == ["Раз. Два. Три."], "what was typed last is kept before it is shown"
    compose.read_button.click()
    assert len(shown) == 2
    compose.text.selectAll()
    room.press(Qt.Key.Key_Delete)
    assert not compose.read_button.isEnabled()
