"""Statements are split, joined, separated and shown large from the keyboard; no words are lost."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from facilitator.domain.records import Card
from facilitator.services.commands import AddCards, ChangeCards
from tests.desktop.sheets import Room
from tests.desktop.statements import ENTER, enter, open_page, refuse_writing, texts, words
from ui.desktop.steps.collect import CollectPage
from ui.desktop.widgets.split_box import parts_at, proposed_parts

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
PLAIN, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ESCAPE = Qt.Key.Key_Escape


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    room = Room(qtbot, tmp_path)
    yield room
    room.leave()


@pytest.fixture
def page(room: Room) -> CollectPage:
    room.perform(AddCards("rule", ("Едем сами. Ищем деньги вместе; не ждём", "Ищем деньги", "Деньги найдём")))
    return open_page(room, "rules")


def press(room: Room, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    """Press a key as the system does: shortcuts see it first."""
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClick(field, key, modifiers)
    room.settle()


def new(room: Room) -> tuple[Card, ...]:
    """Return the cards the test has added, in their order."""
    return tuple(card for card in room.cards("rule") if "еньги" in card.text or "ждём" in card.text)


def choose(room: Room, page: CollectPage, *cards: Card) -> None:
    """Select cards with the keyboard alone."""
    rows = [page.entry.list.cards.index_of(card.id).row() for card in cards]
    page.show_card(cards[0].id)
    for before, row in pairwise(rows):
        for _step in range(abs(row - before)):
            press(room, Qt.Key.Key_Down if row > before else Qt.Key.Key_Up, CONTROL)
        press(room, Qt.Key.Key_Space, CONTROL)
    assert set(page.entry.list.chosen) == {card.id for card in cards}


def test_thoughts_end_where_sentences_do() -> None:
    assert proposed_parts("Едем сами. Ищем; не ждём!\n«Да»") == ("Едем сами.", "Ищем", "не ждём!", "«Да»")
    assert proposed_parts("В 2018 г. край даст 1.5 млн") == ("В 2018 г. край даст 1.5 млн",)
    assert parts_at("Едем, ищем", 5) == ("Едем", "ищем")
    assert parts_at("Едем", 4) == ("Едем",)


def test_a_statement_is_split_where_its_thoughts_end(room: Room, page: CollectPage) -> None:
    page.show_card(new(room)[0].id)
    press(room, Qt.Key.Key_F2, SHIFT)
    assert page.entry.acts.split_box.isVisible()
    assert page.entry.acts.split_box.parts == ("Едем сами.", "Ищем деньги вместе", "не ждём")
    shown: list[str] = []
    page.spotlight_asked.connect(shown.append)
    press(room, ENTER, CONTROL)
    assert texts(page.entry.list.cards)[-5:-2] == ["Едем сами.", "Ищем деньги вместе", "не ждём"]
    assert page.entry.list.isVisible()
    assert page.entry.list.hasFocus()
    assert shown == []


def test_a_statement_is_split_at_the_cursor_while_it_is_edited(room: Room, page: CollectPage) -> None:
    page.show_card(new(room)[1].id)
    press(room, ENTER)
    field = QApplication.focusWidget()
    assert isinstance(field, QPlainTextEdit)
    for _letter in "деньги":
        press(room, Qt.Key.Key_Left)
    press(room, Qt.Key.Key_F2, SHIFT)
    assert page.entry.acts.split_box.parts == ("Ищем", "деньги")
    press(room, ESCAPE)
    assert new(room)[1].text == "Ищем деньги"
    assert page.entry.list.hasFocus()


def test_one_line_is_nothing_to_split(room: Room, page: CollectPage) -> None:
    page.show_card(new(room)[1].id)
    press(room, Qt.Key.Key_F2, SHIFT)
    assert not page.entry.acts.split_box.do.isEnabled()
    press(room, ENTER, CONTROL)
    assert page.entry.acts.split_box.isVisible()


def test_a_refused_split_is_offered_again_as_it_was(
    room: Room, page: CollectPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_writing(room, monkeypatch)
    page.show_card(new(room)[0].id)
    press(room, Qt.Key.Key_F2, SHIFT)
    page.entry.acts.split_box.field.setPlainText("Едем\nИщем")
    press(room, ENTER, CONTROL)
    assert page.entry.acts.split_box.isVisible()
    assert page.entry.acts.split_box.parts == ("Едем", "Ищем")


def test_joined_statements_fold_under_the_one_and_come_out_again(room: Room, page: CollectPage) -> None:
    _first, second, third = new(room)
    author = next(iter(room.session.snapshot.participants.values()))
    room.perform(ChangeCards((third.id,), {"author": author.id}))
    before = texts(page.entry.list.cards)
    choose(room, page, second, third)
    press(room, Qt.Key.Key_F3)
    assert page.entry.acts.join_box.isVisible()
    press(room, Qt.Key.Key_Up)
    press(room, ENTER)
    assert texts(page.entry.list.cards) == before[:-1]
    row = len(before) - 2
    assert words(page.entry.list, row).links == (f"Speaks also for: Деньги найдём ({author.label})",)
    assert room.session.snapshot.cards[third.id].status == "parked"
    describer = page._describer.describe(room.session.snapshot.cards[third.id])
    assert "joined with “Ищем деньги”" in describer.details
    page.show_card(third.id)
    assert page.entry.list.current is not None
    assert page.entry.list.current.id == second.id
    press(room, Qt.Key.Key_F3, SHIFT)
    assert texts(page.entry.list.cards) == before
    assert room.session.snapshot.cards[third.id].status == "open"


def test_a_wording_for_all_speaks_for_them_and_one_of_them_is_let_go(room: Room, page: CollectPage) -> None:
    first, second, third = new(room)
    choose(room, page, third, second, first)
    press(room, Qt.Key.Key_F3)
    page.entry.acts.join_box.wording.setFocus()
    room.type("Ищем сами и вместе")
    press(room, ENTER)
    assert texts(page.entry.list.cards)[-1] == "Ищем сами и вместе"
    assert page.entry.list.current is not None
    assert page.entry.list.current.text == "Ищем сами и вместе"
    press(room, Qt.Key.Key_F3, SHIFT)
    box = page.entry.acts.separate_box
    assert box.isVisible()
    assert box.list.count() == 3
    press(room, Qt.Key.Key_Down)
    chosen = box.list.currentItem().text()
    press(room, ENTER)
    assert chosen in texts(page.entry.list.cards)
    assert page.entry.list.isVisible()


def test_a_wording_that_is_refused_is_not_lost(
    room: Room, page: CollectPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_writing(room, monkeypatch)
    _first, second, third = new(room)
    choose(room, page, second, third)
    press(room, Qt.Key.Key_F3)
    page.entry.acts.join_box.wording.setText("Вместе")
    page.entry.acts.join_box.wording.setFocus()
    press(room, ENTER)
    assert page.entry.acts.join_box.isVisible()
    assert page.entry.acts.join_box.wording.text() == "Вместе"
    press(room, ESCAPE)
    assert page.entry.list.isVisible()


def test_one_statement_alone_is_not_joined(room: Room, page: CollectPage) -> None:
    page.show_card(new(room)[0].id)
    press(room, Qt.Key.Key_F3)
    press(room, Qt.Key.Key_F3, SHIFT)
    assert page.entry.list.isVisible()


def test_the_menu_names_the_keys_and_offers_what_can_be_done(room: Room, page: CollectPage) -> None:
    acts = page.entry.acts
    page.show_card(new(room)[0].id)
    acts._fill_menu()
    can = {action.text(): action.isEnabled() for action in acts._menu.actions()}
    assert can == {
        "Edit\tF2": True,
        "Split\tShift+F2": True,
        "Join the chosen\tF3": False,
        "Separate the joined\tShift+F3": False,
        "Show large to the room\tCtrl+Enter": True,
        "Delete\tDel": True,
    }
    shown: list[str] = []
    page.spotlight_asked.connect(shown.append)
    for action in acts._menu.actions():
        if action.text().startswith(("Show", "Split")):
            action.trigger()
    assert shown == [new(room)[0].id]
    assert acts.split_box.isVisible()
    press(room, ESCAPE)
    before = len(room.cards("rule"))
    acts._remove()
    room.settle()
    assert len(room.cards("rule")) == before - 1


def test_control_enter_shows_the_chosen_the_last_or_what_is_typed(room: Room, page: CollectPage) -> None:
    shown: list[str] = []
    page.spotlight_asked.connect(shown.append)
    first, _second, third = new(room)
    page.show_card(first.id)
    press(room, ENTER, CONTROL)
    page.focus_entry()
    press(room, ENTER, CONTROL)
    assert shown == [first.id, third.id]
    room.type("Скажем всем")
    press(room, ENTER, CONTROL)
    said = room.cards("rule")[-1]
    assert said.text == "Скажем всем"
    assert shown[-1] == said.id
    assert page.entry.line.hasFocus()
    enter(room, "Не для экрана")
    assert len(shown) == 3


def test_control_enter_keeps_an_edit_and_shows_the_card(room: Room, page: CollectPage) -> None:
    shown: list[str] = []
    page.spotlight_asked.connect(shown.append)
    page.show_card(new(room)[1].id)
    press(room, ENTER)
    room.type(" всюду")
    press(room, ENTER, CONTROL)
    assert new(room)[1].text == "Ищем деньги всюду"
    assert shown == [new(room)[1].id]


def test_what_is_refused_is_not_shown_large_later(
    room: Room, page: CollectPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    page.spotlight_asked.connect(shown.append)
    refuse_writing(room, monkeypatch)
    room.type("Скажем всем")
    press(room, ENTER, CONTROL)
    monkeypatch.undo()
    press(room, ENTER)
    assert room.cards("rule")[-1].text == "Скажем всем"
    assert shown == []
