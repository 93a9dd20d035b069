"""Statements are recorded, mended, sorted and counted without a mouse."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication, QListView
from pytestqt.qtbot import QtBot

from facilitator.services.commands import AddCards, ChangePerson, NewPerson, SetLinks
from facilitator.services.groups import open_group
from tests.desktop.sheets import Room
from tests.desktop.statements import enter, open_page, refuse_writing, texts, words
from ui.desktop.models.card_model import CARD_ROLE
from ui.desktop.models.card_words import CardWords

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ENTER, TAB, UP, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Up, Qt.Key.Key_Down


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    room = Room(qtbot, tmp_path)
    yield room
    room.leave()


def left_by_a_killed_program(room: Room, folder: Path) -> list[str]:
    """Return the statements that are found in the file if the program ends this very moment."""
    copy = folder / "killed.fgroup"
    for suffix in ("", "-wal"):
        shutil.copy(f"{room.session.path}{suffix}", f"{copy}{suffix}")
    with open_group(copy) as service:
        return [card.text for card in service.snapshot.cards_of("present-norm")]


def test_twenty_statements_are_recorded_without_leaving_the_line_and_each_is_durable(
    room: Room, tmp_path: Path
) -> None:
    page = open_page(room, "present")
    before = len(room.cards("present-norm"))
    said = [f"Сейчас принято, что № {number} ждёт «ещё раз»" for number in range(1, 21)]
    for number, statement in enumerate(said, 1):
        enter(room, statement)
        assert page.entry.line.hasFocus()
        assert page.entry.line.toPlainText() == ""
        assert len(room.cards("present-norm")) == before + number
        if number in (1, 10, 20):
            assert left_by_a_killed_program(room, tmp_path)[before:] == said[:number]
    assert texts(page.entry.list.cards)[before:] == said


def test_the_line_is_given_back_when_the_disk_refuses(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_page(room, "present")
    refuse_writing(room, monkeypatch)
    enter(room, "Ждут полгода")
    assert page.entry.line.toPlainText() == "Ждут полгода"
    assert page.entry.line.hasFocus()
    monkeypatch.undo()
    room.press(ENTER)
    room.settle()
    assert room.cards("present-norm")[-1].text == "Ждут полгода"
    assert page.entry.line.toPlainText() == ""


def test_words_typed_meanwhile_stay_behind_those_that_come_back(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(room, "present")
    refuse_writing(room, monkeypatch)
    room.type("Первое")
    page.entry.line.entered.emit()
    page.entry.line.setPlainText("Второе")
    room.settle()
    assert page.entry.line.lines() == ("Первое", "Второе")


def test_many_pasted_lines_become_as_many_cards_and_one_act(room: Room) -> None:
    page = open_page(room, "present")
    before = texts(page.entry.list.cards)
    pasted = QMimeData()
    pasted.setText("  Раз\n\nДва, ёлки\r\nТри\n")
    page.entry.line.insertFromMimeData(pasted)
    room.settle()
    assert texts(page.entry.list.cards) == [*before, "Раз", "Два, ёлки", "Три"]
    room.session.undo()
    room.settle()
    assert texts(page.entry.list.cards) == before


def test_tab_leads_to_the_author_and_a_number_finds_the_label(room: Room) -> None:
    page = open_page(room, "present")
    room.type("Говорит третий")
    page.entry.author.setFocus(Qt.FocusReason.TabFocusReason)
    room.type("3")
    room.press(ENTER)
    room.settle()
    card = room.cards("present-norm")[-1]
    assert card.author is not None
    assert room.session.snapshot.participants[card.author].label == "Участник 3"
    assert page.entry.line.hasFocus()
    assert "Участник 3" in words(page.entry.list, len(room.cards("present-norm")) - 1).details


def test_tab_goes_from_the_line_to_the_author(room: Room) -> None:
    page = open_page(room, "present")
    room.press(TAB)
    assert page.entry.author.hasFocus()


def test_letters_that_name_nobody_record_nothing(room: Room) -> None:
    page = open_page(room, "present")
    before = len(room.cards("present-norm"))
    room.type("Кто это сказал")
    page.entry.author.setFocus()
    room.type("незнакомец")
    room.press(ENTER)
    room.settle()
    assert len(room.cards("present-norm")) == before
    assert page.entry.line.toPlainText() == "Кто это сказал"
    assert "незнакомец" in page.entry.doubt.text()
    assert page.entry.doubt.isVisible()
    room.press(ENTER)
    assert page.entry.author.hasFocus()
    page.entry.author.setEditText("")
    assert not page.entry.doubt.isVisible()
    room.press(ENTER)
    room.settle()
    assert room.cards("present-norm")[-1].text == "Кто это сказал"


def test_a_statement_with_an_unknown_author_does_not_run_into_the_next(room: Room) -> None:
    page = open_page(room, "present")
    page.entry.author.setFocus()
    room.type("незнакомец")
    page.entry.line.setFocus()
    room.type("Первое")
    room.press(ENTER)
    assert page.entry.author.hasFocus()
    assert page.entry.line.toPlainText() == "Первое"


def test_a_name_finds_its_participant(room: Room) -> None:
    page = open_page(room, "present")
    participants = room.session.snapshot.participants.values()
    third = next(each for each in participants if each.label == "Участник 3")
    room.perform(ChangePerson(third.id, NewPerson(name="Ёлкина Зоя")))
    room.type("Говорит Зоя")
    page.entry.author.setFocus(Qt.FocusReason.TabFocusReason)
    room.type("ёлк")
    room.press(ENTER)
    room.settle()
    assert room.cards("present-norm")[-1].author == third.id
    assert page.entry.author.currentText() == "Участник 3 · Ёлкина Зоя"
    assert "Ёлкина" not in str(words(page.entry.list, len(room.cards("present-norm")) - 1))


def test_the_arrow_up_in_the_empty_line_edits_the_last_statement_and_comes_back(room: Room) -> None:
    page = open_page(room, "present")
    enter(room, "Ждут полгод")
    room.press(UP)
    room.type("а")
    room.press(ENTER)
    room.settle()
    assert room.cards("present-norm")[-1].text == "Ждут полгода"
    assert page.entry.line.hasFocus()


def test_escape_leaves_a_statement_as_it_was(room: Room) -> None:
    page = open_page(room, "present")
    last = room.cards("present-norm")[-1].text
    room.press(UP)
    room.type("лишнее")
    room.press(Qt.Key.Key_Escape)
    room.settle()
    assert room.cards("present-norm")[-1].text == last
    assert page.entry.line.hasFocus()


@pytest.mark.parametrize("key", [Qt.Key.Key_F2, ENTER])
def test_a_chosen_statement_is_edited_in_its_place(room: Room, key: Qt.Key) -> None:
    page = open_page(room, "present")
    first = room.cards("present-norm")[0]
    page.show_card(first.id)
    room.press(key)
    room.type(" — правда")
    room.press(ENTER)
    room.settle()
    assert room.cards("present-norm")[0].text == f"{first.text} — правда"


def test_an_edit_that_is_refused_is_open_again_with_what_was_typed(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(room, "present")
    refuse_writing(room, monkeypatch)
    page.show_card(room.cards("present-norm")[0].id)
    room.press(ENTER)
    room.type(" — дописано")
    room.press(ENTER)
    room.settle()
    assert page.entry.list.state() == QListView.State.EditingState
    field = QApplication.focusWidget()
    assert field is not None
    assert field.property("plainText").endswith(" — дописано")
    room.press(Qt.Key.Key_Escape)


def test_delete_takes_the_chosen_away_and_undo_brings_it_back_with_its_links(room: Room) -> None:
    page = open_page(room, "future")
    target = room.cards("present-norm")[0]
    card = room.cards("future-norm")[0]
    room.perform(SetLinks(card.id, "replaces", (target.id,)))
    before = texts(page.entry.list.cards)
    page.show_card(card.id)
    room.press(Qt.Key.Key_Delete)
    room.settle()
    assert texts(page.entry.list.cards) == before[1:]
    room.session.undo()
    room.settle()
    assert texts(page.entry.list.cards) == before
    assert room.targets(card, "replaces") == {target.id}
    assert any(line.startswith("заменяет: ") for line in words(page.entry.list, 0).links)


def test_a_statement_that_lacks_a_link_says_so_in_words_until_it_is_linked(room: Room) -> None:
    page = open_page(room, "future")
    enter(room, "Каждый выбирает сам")
    row = len(page.entry.list.cards.cards) - 1
    assert words(page.entry.list, row).gaps == ("не заменяет ни одной нормы настоящего",)
    picker = page.entry.panel.pickers["replaces"]
    picker.search.setFocus()
    assert picker.search.hasFocus()
    wanted = room.cards("present-norm")[1]
    room.type(wanted.text[:12])
    room.press(ENTER)
    room.settle()
    assert room.targets(room.cards("future-norm")[-1], "replaces") == {wanted.id}
    assert words(page.entry.list, row).gaps == ()
    assert wanted.text[:20] in words(page.entry.list, row).links[0]


def test_space_ticks_and_unticks_a_target(room: Room) -> None:
    page = open_page(room, "future")
    enter(room, "Помощь приходит сама")
    picker = page.entry.panel.pickers["replaces"]
    picker.list.setFocus()
    picker.list.setCurrentRow(0)
    room.press(Qt.Key.Key_Space)
    room.settle()
    assert room.targets(room.cards("future-norm")[-1], "replaces") == set(picker.chosen) != set()
    room.press(Qt.Key.Key_Space)
    room.settle()
    assert room.targets(room.cards("future-norm")[-1], "replaces") == set()


def test_a_barrier_is_recorded_with_its_type(room: Room) -> None:
    page = open_page(room, "barriers")
    box = page.entry._boxes["type"]
    box.setCurrentIndex(box.findData("staffing"))
    enter(room, "Некому ехать в село")
    assert room.cards("barrier")[-1].fields == {"type": "staffing"}
    assert "Кадровый" in words(page.entry.list, len(room.cards("barrier")) - 1).details


def test_marks_are_ticked_in_the_panel(room: Room) -> None:
    page = open_page(room, "present")
    card = room.cards("present-norm")[0]
    page.show_card(card.id)
    picker = page.entry.panel.pickers["marks"]
    picker.list.setFocus()
    picker.list.setCurrentRow(0)
    ticked = bool(card.marks)
    room.press(Qt.Key.Key_Space)
    room.settle()
    assert bool(room.cards("present-norm")[0].marks) != ticked


def test_an_empty_step_says_what_to_do(room: Room) -> None:
    page = open_page(room, "rules")
    for card in room.cards("rule"):
        page.show_card(card.id)
        room.press(Qt.Key.Key_Delete)
        room.settle()
    assert page.entry._empty.isVisible()
    enter_page = page.entry.line
    enter_page.setFocus()
    enter(room, "Решаем вместе")
    assert page.entry.list.isVisible()


def test_a_step_with_several_kinds_lets_one_choose(room: Room) -> None:
    page = open_page(room, "effects")
    assert page.entry.kind.isVisible()
    page.entry.kind.setCurrentIndex(page.entry.kind.findData("product"))
    enter(room, "Единое окно")
    assert room.cards("product")[-1].text == "Единое окно"
    assert "Единое окно" in texts(page.entry.list.cards)


def test_every_place_for_the_keyboard_has_a_name(room: Room) -> None:
    page = open_page(room, "barriers")
    page.show_card(room.cards("barrier")[0].id)
    for number in range(3):
        page.tabs.setCurrentIndex(number)
        nameless = [
            widget
            for widget in page.findChildren(QListView)
            if widget.isVisible() and widget.focusPolicy() and not widget.accessibleName()
        ]
        assert nameless == []
    spoken = page.entry.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert page.entry.list.model().index(0, 0).data(CARD_ROLE).text in spoken


def test_two_thousand_cards_stay_quick(room: Room) -> None:
    page = open_page(room, "present")
    room.perform(AddCards("present-norm", tuple(f"Норма {n}: " + "слово " * 20 for n in range(2_000))))
    asked: list[str] = []
    delegate = page.entry.list.itemDelegate()
    measure = delegate._height

    def counted(font: object, said: CardWords, width: int) -> int:
        asked.append(said.text)
        return int(measure(font, said, width))

    QApplication.processEvents()
    page.entry.list.grab()
    delegate._height = counted
    page.entry.line.setFocus()
    enter(room, "Ещё одна")
    page.entry.list.grab()
    assert asked == ["Ещё одна"]


def test_a_card_that_comes_back_is_gone_to_and_its_panel_starts_at_the_top(room: Room) -> None:
    page = open_page(room, "present")
    first, *_, last = room.cards("present-norm")
    page.show_card(first.id)
    room.press(Qt.Key.Key_Delete)
    room.settle()
    page.show_card(last.id)
    scroll = page.entry.panel.verticalScrollBar()
    scroll.setRange(0, max(scroll.maximum(), 50))
    scroll.setValue(30)
    assert scroll.value() == 30
    room.session.undo()
    room.settle()
    assert page.entry.list.current == first
    assert scroll.value() == 0


def test_a_long_name_does_not_widen_the_page(room: Room) -> None:
    page = open_page(room, "present")
    before = page.entry.author.minimumSizeHint().width()
    participant = next(iter(room.session.snapshot.participants))
    room.perform(ChangePerson(participant, NewPerson(name="Константинопольский Константин Константинович")))
    assert page.entry.author.findText("Константинопольский", Qt.MatchFlag.MatchContains) > 0
    assert page.entry.author.minimumSizeHint().width() == before
