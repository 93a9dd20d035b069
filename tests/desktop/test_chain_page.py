"""The page of the chain: columns driven by the script, links lit up, gaps in words, Enter to the card."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from facilitator.domain.records import Card
from facilitator.services.commands import AddCards, ChangeCards, RemoveCards, SetLinks
from tests.desktop.sheets import Room
from ui.desktop.chain_page import ChainPage
from ui.desktop.chain_view import ColumnList
from ui.desktop.models.chain_model import Light

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    room = Room(qtbot, tmp_path)
    yield room
    room.leave()


@pytest.fixture
def page(room: Room) -> ChainPage:
    page = ChainPage(room.context)
    room.show(page)
    return page


def column(page: ChainPage, kind: str) -> ColumnList:
    return next(each for each in page.view.lists if each.column.kind.id == kind)


def stand_on(page: ChainPage, card: Card) -> None:
    view = column(page, card.kind)
    view.setFocus()
    row = view.column.row_of([card.id])
    assert row is not None
    view.setCurrentIndex(view.column.index(row))


def lights(page: ChainPage) -> dict[str, Light]:
    return {
        card.id: page.view.choice.light(card.id) for each in page.view.lists for card in each.column.cards
    }


def heads(page: ChainPage) -> dict[str, str]:
    return {
        each.column.kind.id: facts.text()
        for each, facts in zip(page.view.lists, page.view.facts, strict=True)
    }


def spoken(page: ChainPage, card: Card) -> str:
    view = column(page, card.kind).column
    said: str = view.data(view.index(view.row_of([card.id]) or 0), Qt.ItemDataRole.AccessibleTextRole)
    return said


def test_the_columns_are_the_kinds_that_relations_touch_in_the_order_of_the_steps(page: ChainPage) -> None:
    assert [each.column.kind.id for each in page.view.lists] == [
        *("present-norm", "future-norm", "barrier", "mission", "rule", "image"),
        *("counterparty", "product", "effect", "action"),
    ]


def test_choosing_a_card_lights_up_what_it_is_linked_to_in_every_column(room: Room, page: ChainPage) -> None:
    barrier = room.cards("barrier")[0]
    stand_on(page, barrier)
    hindered = room.targets(barrier, "hinders")
    replaced = {link.target for key in hindered for link in room.session.snapshot.links_from(key, "replaces")}
    assert hindered
    assert replaced
    assert lights(page)[barrier.id] == "chosen"
    assert {lights(page)[card] for card in hindered | replaced} == {"linked"}
    others = [card.id for card in room.cards("barrier") if card.id != barrier.id]
    assert {lights(page)[card] for card in others} == {"apart"}
    assert f"linked: {len(hindered)}" in heads(page)["future-norm"]
    assert spoken(page, barrier).startswith("chosen. ")
    assert not page.grab().isNull()


def test_what_was_put_off_is_not_on_the_way(room: Room, page: ChainPage) -> None:
    barrier = room.cards("barrier")[0]
    (norm, *_) = room.targets(barrier, "hinders")
    room.perform(ChangeCards((norm,), {"status": "parked"}))
    stand_on(page, barrier)
    assert norm not in lights(page)
    assert norm not in page.view.choice.linked


def test_keys_walk_the_chain_enter_leads_to_the_card_and_escape_lets_go(room: Room, page: ChainPage) -> None:
    barrier = room.cards("barrier")[0]
    stand_on(page, barrier)
    room.press(Qt.Key.Key_Left)
    assert page.view.choice.card in room.targets(barrier, "hinders")
    with room.qtbot.waitSignal(page.card_asked) as asked:
        room.press(Qt.Key.Key_Return)
    assert asked.args == [page.view.choice.card]
    room.press(Qt.Key.Key_Escape)
    assert set(lights(page).values()) == {""}


def test_left_and_right_pass_over_columns_without_cards(room: Room, page: ChainPage) -> None:
    room.perform(RemoveCards(tuple(card.id for card in room.cards("mission"))))
    stand_on(page, room.cards("barrier")[0])
    room.press(Qt.Key.Key_Right)
    assert column(page, "rule").hasFocus()
    stand_on(page, room.cards("present-norm")[0])
    room.press(Qt.Key.Key_Left)
    assert column(page, "present-norm").hasFocus()


def test_a_double_click_leads_to_the_card(room: Room, page: ChainPage) -> None:
    view = column(page, "present-norm")
    place = view.visualRect(view.column.index(1)).center()
    with room.qtbot.waitSignal(page.card_asked) as asked:
        room.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        room.qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked.args == [view.column.cards[1].id]


def test_gaps_stand_in_words_on_the_cards_and_are_counted_in_the_heads(room: Room, page: ChainPage) -> None:
    before = page.view.gaps
    room.perform(AddCards("rule", ("Решаем вместе",)))
    rule = room.cards("rule")[-1]
    room.qtbot.waitUntil(lambda: page.view.gaps == before + 1)
    assert spoken(page, rule).endswith("не преодолевает ни одного барьера")
    assert heads(page)["rule"] == "with gaps: 1"
    assert page.summary.text() == f"Cards with gaps: {before + 1}"
    room.perform(SetLinks(rule.id, "overcomes", (room.cards("barrier")[0].id,)))
    room.qtbot.waitUntil(lambda: heads(page)["rule"] == "no gaps")


def test_only_gaps_can_be_shown_and_the_chosen_card_is_let_go_when_it_has_none(
    room: Room, page: ChainPage
) -> None:
    rule = room.cards("rule")[0]
    stand_on(page, rule)
    page.only_gaps.setChecked(True)
    shown = [card for each in page.view.lists for card in each.column.cards]
    assert len(shown) == page.view.gaps > 0
    assert all(card.lacks for card in shown)
    assert page.view.choice.card is None
    page.only_gaps.setChecked(False)
    assert rule.id in lights(page)


def test_an_empty_chain_says_what_to_do(room: Room, page: ChainPage) -> None:
    assert page.empty.isHidden()
    room.perform(RemoveCards(tuple(room.session.snapshot.cards)))
    room.qtbot.waitUntil(page.empty.isVisible)
    assert "Record the first norm" in page.empty.text()
    assert page.summary.text() == "No gaps"
    page.focus_entry()
    page.only_gaps.setChecked(True)
    assert page.empty.text().startswith("There are no gaps")


def test_a_long_text_is_cut_short_on_its_card(room: Room, page: ChainPage) -> None:
    room.perform(AddCards("rule", ("слово " * 100,)))
    room.qtbot.waitUntil(lambda: column(page, "rule").column.cards[-1].text.endswith("слово…"))


def test_the_page_tells_when_it_has_been_looked_at_and_catches_up_when_shown(room: Room) -> None:
    page = ChainPage(room.context)
    room.perform(AddCards("rule", ("Решаем вместе",)))
    assert page.view.empty
    with room.qtbot.waitSignal(page.looked):
        room.show(page)
    assert column(page, "rule").column.cards[-1].text == "Решаем вместе"
    page.hide()
    rule = room.cards("rule")[-1].id
    room.perform(RemoveCards((rule,)))
    assert rule in lights(page)
    page.show()
    assert rule not in lights(page)
    page.hide()


def test_a_card_of_another_page_can_be_shown_on_its_way(room: Room, page: ChainPage) -> None:
    action = room.cards("action")[0]
    page.choose(action.id)
    page.focus_entry()
    assert column(page, "action").hasFocus()
    assert lights(page)[action.id] == "chosen"
