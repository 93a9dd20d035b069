"""Statements are recorded, mended, sorted and counted without a mouse."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QListView
from pytestqt.qtbot import QtBot

from facilitator.errors import EnvironmentFault
from facilitator.services.commands import AddCards, Command, SetLinks
from facilitator.services.groups import open_group
from tests.desktop.sheets import Room
from ui.desktop.models.card_model import CARD_ROLE, MIME_TYPE, WORDS_ROLE, CardModel
from ui.desktop.models.card_words import CardWords
from ui.desktop.steps.collect import CollectPage
from ui.desktop.widgets.card_list import CardList

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ENTER, TAB, UP, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Up, Qt.Key.Key_Down


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    room = Room(qtbot, tmp_path)
    yield room
    room.leave()


def open_page(room: Room, step: str) -> CollectPage:
    page = CollectPage(room.context, room.session.script.step(step))
    room.session.changed.connect(page.refresh)
    room.show(page)
    page.focus_entry()
    return page


def enter(room: Room, words: str) -> None:
    room.type(words)
    room.press(ENTER)
    room.settle()


def texts(model: CardModel) -> list[str]:
    return [card.text for card in model.cards]


def words(view: CardList, row: int) -> CardWords:
    said: CardWords = view.model().index(row, 0).data(WORDS_ROLE)
    return said


def left_by_a_killed_program(room: Room, folder: Path) -> list[str]:
    """Return the statements that are found in the file if the program ends this very moment."""
    copy = folder / "killed.fgroup"
    for suffix in ("", "-wal"):
        shutil.copy(f"{room.session.path}{suffix}", f"{copy}{suffix}")
    with open_group(copy) as service:
        return [card.text for card in service.snapshot.cards_of("present-norm")]


def refuse_writing(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every act fail as it does when the disk is full."""

    def full(command: Command) -> None:
        raise EnvironmentFault("disk-full", path="d")

    monkeypatch.setattr(room.session._service, "perform", full)


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


def test_digits_sort_cards_make_clusters_and_take_them_out(room: Room) -> None:
    page = open_page(room, "present")
    enter(room, "Новое раз")
    enter(room, "Новое два")
    page.tabs.setCurrentIndex(1)
    group = page.clusters
    loose = len(group.columns[0].list.cards.cards)
    assert group.columns[0].list.hasFocus()
    group.columns[0].list.show_card(room.cards("present-norm")[-2].id)
    room.type("1")
    room.settle()
    assert room.cards("present-norm")[-2].cluster == group.columns[1].cluster
    assert len(group.columns[0].list.cards.cards) == loose - 1
    assert group.columns[0].list.hasFocus()
    assert group.columns[0].list.current == room.cards("present-norm")[-1]
    there = len(group.columns)
    room.type(str(there))
    room.settle()
    assert len(group.columns) == there + 1
    assert group.columns[-1].name.hasFocus()
    room.type("Своё имя")
    room.press(ENTER)
    room.settle()
    made = room.session.snapshot.clusters_of("present")[-1]
    assert made.title == "Своё имя"
    assert room.cards("present-norm")[-1].cluster == made.id
    assert group.columns[-1].list.hasFocus()
    room.type("0")
    room.settle()
    assert room.cards("present-norm")[-1].cluster is None


def test_f2_names_a_cluster_and_an_empty_name_is_refused(room: Room) -> None:
    page = open_page(room, "present")
    page.tabs.setCurrentIndex(1)
    column = page.clusters.columns[1]
    before = column.heading.text()
    column.focus_cards()
    room.press(Qt.Key.Key_F2)
    room.type(" ")
    room.press(ENTER)
    room.settle()
    assert column.heading.text() == before
    room.press(Qt.Key.Key_F2)
    room.type("Ёмкое имя")
    room.press(ENTER)
    room.settle()
    assert "Ёмкое имя" in column.heading.text()


def test_a_dissolved_cluster_leaves_its_cards(room: Room) -> None:
    page = open_page(room, "present")
    page.tabs.setCurrentIndex(1)
    column = page.clusters.columns[1]
    members = [card.id for card in column.list.cards.cards]
    column.remove.click()
    room.settle()
    loose = {card.id for card in page.clusters.columns[0].list.cards.cards}
    assert set(members) <= loose
    room.session.undo()
    room.settle()
    assert [card.id for card in page.clusters.columns[1].list.cards.cards] == members


def test_cards_dropped_on_a_column_move_into_it(room: Room) -> None:
    page = open_page(room, "present")
    page.tabs.setCurrentIndex(1)
    first, second = page.clusters.columns[1:3]
    dragged = first.list.cards.mimeData([first.list.cards.index(0)])
    assert dragged.hasFormat(MIME_TYPE)
    card = first.list.cards.cards[0]
    second.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            dragged,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    room.settle()
    assert room.session.snapshot.cards[card.id].cluster == second.cluster


def test_plus_minus_and_numbers_count_dots(room: Room) -> None:
    page = open_page(room, "present")
    page.tabs.setCurrentIndex(2)
    view = page.dots.list
    assert view.hasFocus()
    card = view.cards.cards[0]
    room.type("12")
    room.press(ENTER)
    room.settle()
    assert room.session.snapshot.dots[card.id] == 12
    assert view.currentIndex().row() == 1
    assert words(view, 0).dots == "● 12"
    room.press(UP)
    room.type("+++-")
    room.settle()
    assert room.session.snapshot.dots[card.id] == 14
    total = sum(room.session.snapshot.dots.get(card.id, 0) for card in view.cards.cards)
    assert page.dots.sum.text().startswith(f"{total} ")


def test_a_typed_number_stays_with_the_card_it_was_typed_on(room: Room) -> None:
    page = open_page(room, "present")
    page.tabs.setCurrentIndex(2)
    first = page.dots.list.cards.cards[0]
    room.type("7")
    room.press(DOWN)
    room.settle()
    assert room.session.snapshot.dots[first.id] == 7


def test_the_most_dots_come_first_when_asked_and_the_chosen_card_stays_chosen(room: Room) -> None:
    page = open_page(room, "present")
    page.tabs.setCurrentIndex(2)
    view = page.dots.list
    page.dots.by_dots.setChecked(True)
    last = view.cards.cards[-1]
    view.show_card(last.id)
    room.type("99")
    room.press(ENTER)
    room.settle()
    assert view.cards.cards[0].id == last.id
    dots = [room.session.snapshot.dots.get(card.id, 0) for card in view.cards.cards]
    assert dots == sorted(dots, reverse=True)


def test_ctrl_and_a_digit_change_the_way_of_working(room: Room) -> None:
    page = open_page(room, "present")
    room.qtbot.keyClick(page.entry.line, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert page.dots.list.hasFocus()
    room.qtbot.keyClick(page.dots.list, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert page.entry.line.hasFocus()


def test_a_step_with_several_kinds_lets_one_choose(room: Room) -> None:
    page = open_page(room, "effects")
    assert page.entry.kind.isVisible()
    page.entry.kind.setCurrentIndex(page.entry.kind.findData("product"))
    enter(room, "Единое окно")
    assert room.cards("product")[-1].text == "Единое окно"
    assert "Единое окно" in texts(page.entry.list.cards)


def test_what_happened_out_of_sight_is_there_when_it_comes_into_sight(room: Room) -> None:
    page = open_page(room, "future")
    page.tabs.setCurrentIndex(2)
    page.hide()
    room.perform(AddCards("future-norm", ("Записано без окна",)))
    page.show()
    assert texts(page.dots.list.cards)[-1] == "Записано без окна"
    page.tabs.setCurrentIndex(0)
    assert texts(page.entry.list.cards)[-1] == "Записано без окна"
    page.tabs.setCurrentIndex(1)
    assert texts(page.clusters.columns[0].list.cards)[-1] == "Записано без окна"


def test_ctrl_and_an_arrow_move_a_card_aside(room: Room) -> None:
    page = open_page(room, "present")
    page.tabs.setCurrentIndex(1)
    column = page.clusters.columns[1]
    column.focus_cards()
    card = column.list.cards.cards[0]
    room.qtbot.keyClick(column.list, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    room.settle()
    assert room.session.snapshot.cards[card.id].cluster == page.clusters.columns[2].cluster
    room.press(Qt.Key.Key_Right)
    assert page.clusters.columns[2].list.hasFocus()


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
