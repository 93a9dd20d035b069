"""A statement that comes late is recorded at its step from wherever one is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.desktop.sheets import Room
from tests.desktop.statements import ENTER, open_page, refuse_writing
from ui.desktop.late_card import LateCard
from ui.desktop.steps.collect import CollectPage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    room = Room(qtbot, tmp_path)
    yield room
    room.leave()


@pytest.fixture
def page(room: Room) -> CollectPage:
    return open_page(room, "rules")


@pytest.fixture
def late(room: Room, page: CollectPage) -> LateCard:
    return LateCard(room.context, page)


def test_a_late_statement_goes_to_its_step_and_the_keyboard_comes_back(
    room: Room, page: CollectPage, late: LateCard
) -> None:
    said: list[str] = []
    late.recorded.connect(said.append)
    room.type("Недописано")
    late.open()
    assert late.kind.hasFocus()
    room.type("1")
    room.press(ENTER)
    room.type("Опоздал, но сказал")
    late.author.setFocus(Qt.FocusReason.TabFocusReason)
    room.type("3")
    room.press(ENTER)
    room.settle()
    card = room.cards("present-norm")[-1]
    assert card.text == "Опоздал, но сказал"
    assert room.session.snapshot.participants[card.author or ""].label == "Участник 3"
    assert not late.isVisible()
    assert page.entry.line.hasFocus()
    assert page.entry.line.toPlainText() == "Недописано"
    assert said == [f"Recorded at the step “{room.session.script.step('present').title.ru}”."]
    late.open()
    assert late.author.author is None
    assert late.line.toPlainText() == ""


def test_escape_goes_back_and_keeps_what_was_typed(room: Room, page: CollectPage, late: LateCard) -> None:
    late.open()
    room.press(ENTER)
    room.type("Ещё думаю")
    room.press(Qt.Key.Key_Escape)
    assert not late.isVisible()
    assert page.entry.line.hasFocus()
    late.open()
    assert late.line.toPlainText() == "Ещё думаю"


def test_every_kind_but_the_one_agreed_text_can_be_chosen(room: Room, late: LateCard) -> None:
    kinds = {late.kind.itemData(row) for row in range(late.kind.count())}
    script = room.session.script
    assert kinds == {kind.id for step in script.steps for kind in step.card_kinds if not kind.single}


def test_what_is_refused_comes_back(
    room: Room, page: CollectPage, late: LateCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_writing(room, monkeypatch)
    late.open()
    room.press(ENTER)
    room.type("Опоздал")
    room.press(ENTER)
    room.settle()
    assert late.isVisible()
    assert late.line.toPlainText() == "Опоздал"
    monkeypatch.undo()
    room.press(ENTER)
    room.settle()
    assert room.cards("present-norm")[-1].text == "Опоздал"
    assert page.entry.line.hasFocus()


def test_an_unknown_author_keeps_the_line_open(room: Room, late: LateCard) -> None:
    late.open()
    room.press(ENTER)
    room.type("Кто это")
    late.author.setFocus()
    room.type("незнакомец")
    room.press(ENTER)
    QApplication.processEvents()
    assert late.isVisible()
    assert "незнакомец" in late.doubt.text()
