"""The panel names the gaps and leads to the cards."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from facilitator.script.chain import find_gaps
from facilitator.services.commands import AddCards, RemoveCards, SetLinks
from tests.desktop.sheets import Room
from ui.desktop.chain_panel import ChainPanel
from ui.desktop.models.gap_model import GapLine

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    room = Room(qtbot, tmp_path)
    yield room
    room.leave()


def lines(panel: ChainPanel, role: str) -> list[GapLine]:
    return [line for line in panel.model.lines if line.role == role]


def test_every_gap_is_named_under_its_step_with_a_count(room: Room) -> None:
    panel = ChainPanel(room.context)
    room.show(panel)
    room.perform(AddCards("barrier", ("Нет дороги", "Нет связи")))
    step = next(line for line in lines(panel, "step") if line.text == "Барьеры")
    named = [line.card for line in lines(panel, "card")]
    assert step.number == sum(
        gap.kind == "barrier" for gap in find_gaps(room.session.script, room.session.snapshot)
    )
    assert {card.id for card in room.cards("barrier")[-2:]} <= set(named)
    assert panel.title.text() == f"Gaps: {len(named)}"


def test_a_closed_gap_leaves_and_undo_brings_it_back(room: Room) -> None:
    room.perform(AddCards("rule", ("Решаем вместе",)))
    panel = ChainPanel(room.context)
    room.show(panel)
    rule = room.cards("rule")[-1].id
    assert rule in [line.card for line in panel.model.lines]
    room.perform(SetLinks(rule, "overcomes", (room.cards("barrier")[0].id,)))
    assert rule not in [line.card for line in panel.model.lines]
    room.session.undo()
    room.settle()
    assert rule in [line.card for line in panel.model.lines]


def test_no_gap_is_said_in_words(room: Room) -> None:
    panel = ChainPanel(room.context)
    room.show(panel)
    gaps = find_gaps(room.session.script, room.session.snapshot)
    while gaps:
        room.perform(RemoveCards((gaps[0].card,)))
        gaps = find_gaps(room.session.script, room.session.snapshot)
    assert panel.title.text() == "No gaps"
    assert panel.empty.isVisible()
    assert not panel.list.isVisible()


def test_what_waits_for_a_later_step_is_counted_and_not_listed(room: Room) -> None:
    room.perform(RemoveCards(tuple(card.id for card in room.cards("future-norm"))))
    panel = ChainPanel(room.context)
    room.show(panel)
    assert all(line.text != "Нормы настоящего" for line in lines(panel, "step"))
    assert panel.model.waiting >= len(room.cards("present-norm"))
    assert str(panel.model.waiting) in panel.waiting.text()


def test_enter_leads_to_the_card(room: Room) -> None:
    room.perform(AddCards("rule", ("Решаем вместе",)))
    panel = ChainPanel(room.context)
    room.show(panel)
    row = next(row for row, line in enumerate(panel.model.lines) if line.card)
    panel.list.setFocus()
    panel.list.setCurrentIndex(panel.model.index(row))
    with room.qtbot.waitSignal(panel.card_asked) as asked:
        room.press(Qt.Key.Key_Return)
    assert asked.args == [panel.model.lines[row].card]


def test_the_card_one_stands_on_stays_when_gaps_above_go(room: Room) -> None:
    room.perform(AddCards("rule", ("Решаем вместе", "Слушаем")))
    first, second = room.cards("rule")[-2:]
    panel = ChainPanel(room.context)
    room.show(panel)
    row = next(row for row, line in enumerate(panel.model.lines) if line.card == second.id)
    panel.list.setCurrentIndex(panel.model.index(row))
    room.perform(RemoveCards((first.id,)))
    assert panel.model.lines[panel.list.currentIndex().row()].card == second.id


def test_the_button_asks_for_the_whole_way(room: Room) -> None:
    panel = ChainPanel(room.context)
    room.show(panel)
    button = next(each for each in panel.findChildren(QPushButton) if each.text() == "Show the chain")
    with room.qtbot.waitSignal(panel.whole_asked):
        button.click()
