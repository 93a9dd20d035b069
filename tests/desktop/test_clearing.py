"""Delete in a table clears all the cells that are selected, as one act that one undo takes back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from pytestqt.qtbot import QtBot

from facilitator.domain.records import Card
from facilitator.services.commands import AddCards, ChangeCards, SetLinks
from tests.desktop.sheets import Room
from ui.desktop.steps.matrix import MatrixPage
from ui.desktop.steps.plan import PlanPage
from ui.desktop.steps.sheet_page import SheetPage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
NUMBER, TEXT, START, END, RESPONSIBLE = range(5)


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    room = Room(qtbot, tmp_path)
    yield room
    room.leave()


def shown(room: Room, page: SheetPage) -> None:
    room.session.changed.connect(page.refresh)
    room.show(page)
    page.focus_entry()


@pytest.fixture
def plan(room: Room) -> PlanPage:
    page = PlanPage(room.context, room.session.script.step("roadmap"))
    shown(room, page)
    return page


@pytest.fixture
def effects(room: Room) -> MatrixPage:
    page = MatrixPage(room.context, room.session.script.step("effects"))
    shown(room, page)
    return page


def stored(room: Room, card: Card, name: str) -> object:
    return room.session.snapshot.cards[card.id].fields.get(name)


def choose(page: SheetPage, first: tuple[int, int], last: tuple[int, int]) -> None:
    """Select a block of cells as Shift and the arrows do."""
    index = page.model.index
    page.sheet.go(*last)
    page.sheet.selectionModel().select(
        QItemSelection(index(*first), index(*last)), QItemSelectionModel.SelectionFlag.ClearAndSelect
    )


def test_delete_clears_all_the_selected_cells_in_one_act(room: Room, plan: PlanPage) -> None:
    for card, fields in zip(room.cards("action"), ({"start": "2018"}, {"start": "2019"}), strict=False):
        room.perform(ChangeCards((card.id,), {"fields": {**card.fields, **fields, "end": "2020"}}))
    before = room.session.snapshot
    first, second = room.cards("action")[:2]
    plan.sheet.go(0, START)
    room.press(Qt.Key.Key_Right, Qt.Key.Key_Down, shift=True)
    room.press(Qt.Key.Key_Delete)
    room.settle()
    for card in (first, second):
        assert (stored(room, card, "start"), stored(room, card, "end")) == (None, None)
    assert room.session.undo_name is not None
    assert room.session.undo_name.code == "card-details-set"
    room.session.undo()
    room.settle()
    assert room.session.snapshot == before


def test_delete_over_whole_rows_takes_their_actions_away(room: Room, plan: PlanPage) -> None:
    before = room.session.snapshot
    third = room.cards("action")[2]
    choose(plan, (0, NUMBER), (1, plan.plan.columnCount() - 1))
    room.press(Qt.Key.Key_Delete)
    room.settle()
    assert room.cards("action")[0] == third
    room.session.undo()
    room.settle()
    assert room.session.snapshot == before


def test_delete_over_several_cells_drops_their_drafts_too(room: Room, plan: PlanPage) -> None:
    plan.sheet.go(0, START)
    room.type("когда-нибудь")
    room.press(Qt.Key.Key_Return)
    assert plan.plan.draft(0, START) == "когда-нибудь"
    end = stored(room, room.cards("action")[0], "end")
    assert end is not None
    choose(plan, (0, START), (0, END))
    room.press(Qt.Key.Key_Delete)
    room.settle()
    assert plan.plan.draft(0, START) is None
    assert stored(room, room.cards("action")[0], "end") is None
    choose(plan, (plan.entry_row(), NUMBER), (plan.entry_row(), END))
    undo = room.session.undo_name
    room.press(Qt.Key.Key_Delete)
    room.settle()
    assert room.session.undo_name == undo


def test_delete_over_a_value_and_a_link_is_one_act_too(room: Room, plan: PlanPage) -> None:
    action, owner = room.cards("action")[0], room.cards("counterparty")[0]
    room.perform(SetLinks(action.id, "responsible", (owner.id,)))
    room.perform(ChangeCards((action.id,), {"fields": {**action.fields, "end": "2020"}}))
    choose(plan, (0, END), (0, RESPONSIBLE))
    room.press(Qt.Key.Key_Delete)
    room.settle()
    assert stored(room, action, "end") is None
    assert room.targets(action, "responsible") == set()
    assert room.session.undo_name is not None
    assert room.session.undo_name.code == "table-cleared"
    room.session.undo()
    room.settle()
    assert stored(room, action, "end") == "2020"
    assert room.targets(action, "responsible") == {owner.id}


def test_delete_over_several_cells_leaves_what_only_goes_on_there(room: Room, effects: MatrixPage) -> None:
    """A counterparty that is shown once for several rows stays unless the row it is shown in is chosen."""
    counterparty = effects.matrix.rows[0].cards[0]
    room.perform(AddCards("product", ("Ещё один продукт",), links=(("by", counterparty),)))
    rows = effects.matrix.rows
    row = effects.matrix.row_of(room.cards("product")[-1].id)
    assert row is not None
    assert row > 0
    before, cards = room.session.snapshot, effects.matrix.cards_in(rows[row])
    choose(effects, (row, 0), (row, effects.matrix.columnCount() - 1))
    room.press(Qt.Key.Key_Delete)
    room.settle()
    assert cards[0] in room.session.snapshot.cards
    assert cards[-1] not in room.session.snapshot.cards
    room.session.undo()
    room.settle()
    assert room.session.snapshot == before
