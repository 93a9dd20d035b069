"""The roadmap is worked as a spreadsheet; what is missing stands in its cell in words."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from facilitator.domain.records import Card
from facilitator.services.commands import AddCards, ChangeCards, RemoveCards
from facilitator.services.group_service import ActName
from tests.desktop.sheets import Room
from tests.desktop.statements import refuse_writing
from ui.desktop.models.plan_dates import first_day, last_day, read_date, show_date
from ui.desktop.steps.plan import PlanPage
from ui.desktop.widgets.checklist import Checklist

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
NUMBER, TEXT, START, END, RESPONSIBLE, COEXECUTORS, LEVEL, DOCUMENT = range(8)
LINK = 13


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    room = Room(qtbot, tmp_path)
    yield room
    room.leave()


@pytest.fixture
def page(room: Room) -> PlanPage:
    page = PlanPage(room.context, room.session.script.step("roadmap"))
    room.session.changed.connect(page.refresh)
    room.show(page)
    page.focus_entry()
    return page


def test_the_actions_are_voted_on_by_dots_and_by_hands(room: Room, page: PlanPage) -> None:
    page.begin_method("dot-voting")
    assert page.vote.dots.list.hasFocus()
    assert not page.sheet.isVisible()
    room.press(Qt.Key.Key_Return)
    room.settle()
    (round_,) = room.session.snapshot.rounds.values()
    assert (round_.step, round_.state) == ("roadmap", "open")
    room.type("2")
    room.settle()
    (vote,) = room.session.snapshot.votes.values()
    assert (vote.card, vote.value) == (room.cards("action")[0].id, 2)
    page.begin_method("fist-of-five")
    assert page.vote.fist.list.hasFocus()
    page.begin_method("round-robin")
    assert page.votes
    page.show_card(room.cards("action")[1].id)
    assert page.sheet.hasFocus()
    assert page.sheet.isVisible()


def test_the_picture_of_the_dates_waits_while_one_votes(room: Room, page: PlanPage) -> None:
    page.toggle.click()
    assert page.chart.isVisible()
    page.work_by(1)
    assert not page.chart.isVisible()
    page.work_by(0)
    assert page.chart.isVisible()
    assert page.sheet.hasFocus()


def add_action(room: Room, page: PlanPage) -> tuple[int, Card]:
    room.perform(AddCards("action", ("Провести обучение",)))
    action = room.cards("action")[-1]
    return page.plan.rows.index(action.id), action


def stored(room: Room, action: Card, field: str) -> object:
    return room.session.snapshot.cards[action.id].fields.get(field)


def tick_first(room: Room, page: PlanPage) -> None:
    popup = page.findChildren(Checklist)[-1]
    room.qtbot.waitActive(popup)
    popup.filter.setFocus()
    room.press(Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Return)
    room.settle()


def test_the_columns_stand_in_the_order_of_the_form(page: PlanPage) -> None:
    titles = [column.title for column in page.plan.columns]
    assert titles == [
        *("No.", "Мероприятие", "Начало", "Окончание", "Responsible", "Соисполнители", "Уровень"),
        *("Вид документа", "Результат", "Показатель", "База", "Цель", "Финансирование", "Link"),
    ]


def test_typing_in_the_last_line_adds_an_action_and_tab_goes_on_to_its_start(
    room: Room, page: PlanPage
) -> None:
    room.type("Открыть курсы")
    room.press(Qt.Key.Key_Tab)
    room.settle()
    room.type("03.2019")
    room.press(Qt.Key.Key_Tab)
    room.settle()
    room.type("31.12.2020")
    room.press(Qt.Key.Key_Return)
    room.settle()
    action = room.cards("action")[-1]
    assert action.text == "Открыть курсы"
    assert action.fields == {"start": "2019-03", "end": "2020-12-31"}
    assert page.plan.cell(page.plan.rows.index(action.id), END).shown == "31.12.2020"


def test_the_column_says_what_it_takes(page: PlanPage) -> None:
    page.sheet.go(0, START)
    assert "2019-03" in page.status.text()


def test_enter_adds_one_action_after_another(room: Room, page: PlanPage) -> None:
    for words in ("Первое", "Второе"):
        room.type(words)
        room.press(Qt.Key.Key_Return)
        room.settle()
    assert [card.text for card in room.cards("action")[-2:]] == ["Первое", "Второе"]
    assert page.sheet.currentIndex().row() == page.entry_row()


def test_what_is_no_date_stays_in_the_cell_with_words_how_to_mend_it(room: Room, page: PlanPage) -> None:
    row, action = add_action(room, page)
    page.sheet.go(row, END)
    room.type("осенью")
    room.press(Qt.Key.Key_Return)
    room.settle()
    assert stored(room, action, "end") is None
    assert page.plan.cell(row, END).shown == "осенью"
    assert "not a date" in page.status.text()
    assert page.sheet.currentIndex() == page.plan.index(row, END)
    room.type("2020")
    room.press(Qt.Key.Key_Return)
    room.settle()
    assert stored(room, action, "end") == "2020"
    assert page.plan.cell(row, END).tone == "value"


@pytest.mark.parametrize(
    ("start", "end", "early"), [("2019-03", "2019-02", True), ("2019-03", "2019", False), ("", "2018", False)]
)
def test_an_end_before_the_start_is_told_in_its_cell(
    room: Room, page: PlanPage, start: str, end: str, early: bool
) -> None:
    fields = {name: value for name, value in (("start", start), ("end", end)) if value}
    room.perform(AddCards("action", ("Провести обучение",), fields=fields))
    cell = page.plan.cell(page.entry_row() - 1, END)
    assert ("earlier than the start" in cell.shown) is early
    assert cell.tone == ("wrong" if early else "value")
    assert "earlier" not in cell.text


def test_a_row_says_in_words_what_is_missing_until_it_is_given(room: Room, page: PlanPage) -> None:
    row, action = add_action(room, page)
    page.sheet.go(row, TEXT)
    said = [page.plan.cell(row, column).shown for column in (END, RESPONSIBLE, DOCUMENT, LINK)]
    assert said == [
        *("нет срока окончания", "нет ответственного"),
        *("не указан вид документа", "не создаёт продукта и не устраняет барьера"),
    ]
    assert all(words in page.status.text() for words in said)
    assert all(words in page.plan.cell(row, TEXT).note for words in said)
    assert said[0] in page.plan.data(page.plan.index(row, TEXT), Qt.ItemDataRole.AccessibleTextRole)
    room.perform(ChangeCards((action.id,), {"fields": {"document": "Приказ"}}))
    assert page.plan.cell(row, DOCUMENT).shown == "Приказ"
    assert "не указан вид документа" not in page.status.text()


def test_a_level_is_chosen_by_keys(room: Room, page: PlanPage) -> None:
    row, action = add_action(room, page)
    page.sheet.go(row, LEVEL)
    room.press(Qt.Key.Key_Return)
    assert page.sheet.viewport().findChild(QComboBox).view().isVisible()
    room.press(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    room.settle()
    assert stored(room, action, "level") == "regional"
    assert page.plan.cell(row, LEVEL).shown == "Региональный"


def test_who_is_responsible_is_ticked_among_the_counterparties(room: Room, page: PlanPage) -> None:
    row, action = add_action(room, page)
    page.sheet.go(row, RESPONSIBLE)
    room.press(Qt.Key.Key_Return)
    tick_first(room, page)
    first = room.cards("counterparty")[0]
    assert room.targets(action, "responsible") == {first.id}
    assert page.plan.cell(row, RESPONSIBLE).shown == first.text
    assert page.sheet.hasFocus()


def test_a_responsible_who_is_no_counterparty_is_told_and_made(room: Room, page: PlanPage) -> None:
    row, action = add_action(room, page)
    before = len(room.cards("counterparty"))
    page.sheet.go(row, RESPONSIBLE)
    room.press(Qt.Key.Key_Return)
    popup = page.findChildren(Checklist)[-1]
    room.qtbot.waitActive(popup)
    popup.filter.setFocus()
    room.type("Фонд «Ёлка»")
    assert popup.nothing.text() == "There is no such counterparty."
    assert popup.nothing.isVisible()
    room.press(Qt.Key.Key_Return)
    assert popup.isVisible()
    assert len(room.cards("counterparty")) == before
    popup.make.click()
    room.settle()
    made = room.cards("counterparty")[-1]
    assert made.text == "Фонд «Ёлка»"
    assert room.targets(action, "responsible") == {made.id}
    assert page.plan.cell(row, RESPONSIBLE).shown == "Фонд «Ёлка»"
    assert room.session.undo_name == ActName("target-added", "Фонд «Ёлка»")
    room.session.undo()
    room.settle()
    assert len(room.cards("counterparty")) == before
    assert room.targets(action, "responsible") == set()


def test_a_result_is_taken_as_an_action_that_is_linked_to_it_in_one_act(room: Room, page: PlanPage) -> None:
    room.perform(AddCards("product", ("Карта маршрутов",)))
    product, before = room.cards("product")[-1], len(room.cards("action"))
    room.qtbot.keyClick(page.sheet, Qt.Key.Key_F3)
    popup = page.findChildren(Checklist)[-1]
    room.qtbot.waitActive(popup)
    popup.filter.setFocus()
    room.type("карта")
    room.press(Qt.Key.Key_Return)
    room.settle()
    action = room.cards("action")[-1]
    assert action.text == "Bring into being: Карта маршрутов"
    assert room.targets(action, "delivers") == {product.id}
    room.type(" в сети")
    room.press(Qt.Key.Key_Return)
    room.settle()
    assert room.cards("action")[-1].text == "Bring into being: Карта маршрутов в сети"
    room.session.undo()
    room.settle()
    room.session.undo()
    room.settle()
    assert len(room.cards("action")) == before


def test_what_has_its_action_is_not_offered_and_what_lacks_any_way_comes_first(
    room: Room, page: PlanPage
) -> None:
    offered = {key for key, _ in page.plan.results_left().options}
    delivered = {card for action in room.cards("action") for card in room.targets(action, "delivers")}
    assert delivered
    assert not offered & delivered
    room.perform(AddCards("barrier", ("Нет связи",)))
    barriers = [key for key, _ in page.plan.results_left().options if key in room.session.snapshot.cards]
    lacking = [bool(page.plan.missing(key)) for key in barriers]
    assert lacking == sorted(lacking, reverse=True)
    (of_barrier,) = page.plan.taking(room.cards("barrier")[-1].id).texts
    assert of_barrier == "Remove the barrier: Нет связи"


def test_when_every_result_has_its_action_this_is_said(room: Room, page: PlanPage) -> None:
    left = [key for key, _ in page.plan.results_left().options if key]
    room.perform(RemoveCards(tuple(left)))
    page.take_result()
    assert page.status.text() == "Every product and every barrier has its action."
    assert page.findChildren(Checklist) == []


def test_a_wording_that_is_refused_is_not_waited_for(
    room: Room, page: PlanPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_writing(room, monkeypatch)
    page.take_result()
    page.findChildren(Checklist)[-1].accept()
    room.settle()
    monkeypatch.undo()
    room.perform(AddCards("action", ("Другое",)))
    assert page.sheet.state() != page.sheet.State.EditingState


def test_products_and_barriers_are_linked_in_one_list(room: Room, page: PlanPage) -> None:
    row, action = add_action(room, page)
    page.sheet.go(row, LINK)
    room.press(Qt.Key.Key_Return)
    popup = page.findChildren(Checklist)[-1]
    room.qtbot.waitActive(popup)
    barrier, product = room.cards("barrier")[0], room.cards("product")[0]
    for card in (barrier, product):
        popup.filter.setFocus()
        popup.filter.clear()
        room.type(card.text[:20])
        room.press(Qt.Key.Key_Down, Qt.Key.Key_Space)
    room.press(Qt.Key.Key_Return)
    room.settle()
    assert room.targets(action, "removes") == {barrier.id}
    assert room.targets(action, "delivers") == {product.id}
    assert barrier.text in page.plan.cell(row, LINK).shown


def test_escape_in_the_list_changes_nothing(room: Room, page: PlanPage) -> None:
    row, _action = add_action(room, page)
    before = room.session.snapshot
    page.sheet.go(row, RESPONSIBLE)
    room.press(Qt.Key.Key_Return)
    popup = page.findChildren(Checklist)[-1]
    room.qtbot.waitActive(popup)
    popup.filter.setFocus()
    room.press(Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Escape)
    room.settle()
    assert room.session.snapshot is before


def test_delete_takes_away_a_value_a_link_and_at_last_the_action(room: Room, page: PlanPage) -> None:
    action = next(
        card for card in room.cards("action") if card.fields.get("end") and room.targets(card, "responsible")
    )
    row = page.plan.rows.index(action.id)
    for column in (END, RESPONSIBLE):
        page.sheet.go(row, column)
        room.press(Qt.Key.Key_Delete)
        room.settle()
    assert stored(room, action, "end") is None
    assert room.targets(action, "responsible") == set()
    page.sheet.go(row, TEXT)
    room.press(Qt.Key.Key_Delete)
    room.settle()
    assert action.id not in room.session.snapshot.cards


def test_numbers_follow_when_a_row_goes(room: Room, page: PlanPage) -> None:
    room.perform(RemoveCards((room.cards("action")[0].id,)))
    numbers = [page.plan.cell(row, NUMBER).shown for row in range(page.entry_row())]
    assert numbers == [str(number) for number in range(1, len(room.cards("action")) + 1)]


def test_a_renamed_product_is_shown_anew_where_it_is_linked(room: Room, page: PlanPage) -> None:
    action = next(card for card in room.cards("action") if room.targets(card, "delivers"))
    (product, *_) = room.targets(action, "delivers")
    room.perform(ChangeCards((product,), {"text": "Новое имя продукта"}))
    assert "Новое имя продукта" in page.plan.cell(page.plan.rows.index(action.id), LINK).shown


def test_the_first_columns_stay_in_sight(room: Room, page: PlanPage) -> None:
    page.sheet.go(0, LINK)
    row, column = 0, TEXT
    shown = page.sheet.childAt(page.sheet.width() // 8, page.sheet.height() // 3)
    assert shown is not None
    assert shown.parent() is not page.sheet
    page.sheet.go(row, column)
    assert page.sheet.horizontalScrollBar().value() == 0


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        *((" 2020 ", "2020"), ("2020-3", "2020-03"), ("2020-03-05", "2020-03-05"), ("", "")),
        *(("05.03.2020", "2020-03-05"), ("5.3.2020", "2020-03-05"), ("3.2020", "2020-03"), ("2020.", "2020")),
    ],
)
def test_dates_are_read_as_people_write_them(typed: str, kept: str) -> None:
    assert read_date(typed) == kept


@pytest.mark.parametrize("typed", ["завтра", "31.02.2020", "2020-13", "20", "0000", "1.2.3.2020", "٢٠٢٠"])
def test_what_is_no_date_is_not_read(typed: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_date(typed)


@given(st.dates(date(1000, 1, 1)), st.sampled_from((4, 7, 10)), st.sampled_from(("ru", "en")))
def test_a_date_shown_is_read_back(day: date, length: int, language: str) -> None:
    kept = day.isoformat()[:length]
    assert read_date(show_date(kept, language)) == kept
    assert first_day(kept) <= day <= last_day(kept)
