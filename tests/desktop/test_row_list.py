"""A list that lays itself out: keys, the mouse, screen readers and rows that come, go and change."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QRect, QStringListModel, Qt
from PySide6.QtGui import QAccessible, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QStyledItemDelegate
from pytestqt.qtbot import QtBot

from facilitator.services.commands import AddCards, ChangeCards, RemoveCards
from tests.desktop.sheets import Room
from tests.desktop.statements import open_page
from ui.desktop.widgets.row_list import RowList

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
HINT = QAbstractItemView.ScrollHint
KEY = Qt.Key


@pytest.fixture
def rows(qtbot: QtBot) -> RowList:
    view = RowList()
    view.setItemDelegate(QStyledItemDelegate(view))
    view.setModel(
        QStringListModel([f"строка {number}" + "\nещё" * (number % 3) for number in range(100)], view)
    )
    view.resize(200, 150)
    qtbot.addWidget(view)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.setFocus()
    QApplication.processEvents()
    return view


def assert_in_order(view: RowList) -> None:
    """Every row begins where the one above ends, and is found by a point in it."""
    rects = [view.visualRect(view.model().index(row, 0)) for row in range(view.model().rowCount())]
    assert [rect.top() for rect in rects[1:]] == [rect.bottom() + 1 for rect in rects[:-1]]
    assert [view.indexAt(rect.center()).row() for rect in rects] == list(range(len(rects)))
    assert view.verticalScrollBar().maximum() == max(
        0, rects[-1].bottom() + 1 + view.verticalOffset() - view.viewport().height()
    )


def row(view: RowList) -> int:
    return view.currentIndex().row()


def test_rows_stand_below_one_another_whatever_comes_and_goes(rows: RowList) -> None:
    model = rows.model()
    assert isinstance(model, QStringListModel)
    assert_in_order(rows)
    model.insertRows(3, 2)
    assert_in_order(rows)
    model.setData(model.index(3, 0), "высокая\n\n\n\nстрока")
    assert_in_order(rows)
    model.removeRows(0, 5)
    assert_in_order(rows)
    model.setStringList(["одна"])
    QApplication.processEvents()
    assert_in_order(rows)
    model.setStringList([])
    QApplication.processEvents()
    assert not rows.indexAt(QPoint(5, 5)).isValid()
    QTest.keyClick(rows, KEY.Key_Down)
    assert not rows.currentIndex().isValid()


def test_keys_lead_through_the_rows(rows: RowList) -> None:
    assert row(rows) == 0
    QTest.keyClick(rows, KEY.Key_Down)
    QTest.keyClick(rows, KEY.Key_Down)
    assert row(rows) == 2
    QTest.keyClick(rows, KEY.Key_Up)
    assert row(rows) == 1
    QTest.keyClick(rows, KEY.Key_Left)
    assert row(rows) == 1
    QTest.keyClick(rows, KEY.Key_PageDown)
    page = row(rows)
    assert page > 2
    QTest.keyClick(rows, KEY.Key_PageUp)
    assert row(rows) < page
    QTest.keyClick(rows, KEY.Key_End)
    assert row(rows) == 99
    for key in (KEY.Key_Down, KEY.Key_PageDown):
        QTest.keyClick(rows, key)
        assert row(rows) == 99
    assert rows.viewport().rect().contains(rows.visualRect(rows.currentIndex()).center())
    QTest.keyClick(rows, KEY.Key_Home)
    assert row(rows) == 0


def test_hidden_rows_are_passed_over(rows: RowList) -> None:
    for number in (0, 1, 2):
        rows.setRowHidden(number, True)
    QApplication.processEvents()
    QTest.keyClick(rows, KEY.Key_End)
    QTest.keyClick(rows, KEY.Key_Home)
    assert row(rows) == 3
    QTest.keyClick(rows, KEY.Key_Up)
    assert row(rows) == 3
    assert rows.indexAt(QPoint(5, 2)).row() == 3


def test_rows_are_brought_into_view_as_asked(rows: RowList) -> None:
    index, page = rows.model().index(50, 0), rows.viewport().height()
    rows.scrollTo(index)
    assert rows.visualRect(index).bottom() + 1 == page
    rows.scrollTo(index, HINT.PositionAtTop)
    assert rows.visualRect(index).top() == 0
    rows.scrollTo(index, HINT.PositionAtBottom)
    assert rows.visualRect(index).bottom() + 1 == page
    rows.scrollTo(index, HINT.PositionAtCenter)
    assert abs(rows.visualRect(index).center().y() - page // 2) <= 1
    before = rows.verticalOffset()
    rows.scrollTo(index)
    rows.scrollTo(QModelIndex())
    assert rows.verticalOffset() == before
    assert not rows.visualRect(QModelIndex()).isValid()


def test_a_stretch_of_rows_is_selected_and_says_where_it_is(rows: RowList) -> None:
    first, last = (rows.visualRect(rows.model().index(number, 0)) for number in (1, 3))
    rows.setSelectionMode(RowList.SelectionMode.ExtendedSelection)
    rows.setSelection(QRect(last.center(), first.center()), QItemSelectionModel.SelectionFlag.Select)
    selected = rows.selectionModel().selection()
    assert sorted(index.row() for index in selected.indexes()) == [1, 2, 3]
    assert rows.visualRegionForSelection(selected) == QRegion(first.united(last))
    rows.clearSelection()
    below = QRect(0, 100_000, 5, 5)
    rows.setSelection(below, QItemSelectionModel.SelectionFlag.Select)
    assert not rows.selectionModel().hasSelection()


def test_a_click_with_shift_selects_up_to_it(rows: RowList) -> None:
    rows.setSelectionMode(RowList.SelectionMode.ExtendedSelection)
    for number, keys in ((1, Qt.KeyboardModifier.NoModifier), (4, Qt.KeyboardModifier.ShiftModifier)):
        place = rows.visualRect(rows.model().index(number, 0)).center()
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, keys, place)
    assert sorted(index.row() for index in rows.selectedIndexes()) == [1, 2, 3, 4]


def test_screen_readers_know_it_for_a_list(rows: RowList) -> None:
    found = QAccessible.queryAccessibleInterface(rows)
    assert found.role() == QAccessible.Role.List
    assert found.childCount() == 100
    QAccessible.setActive(True)
    try:
        QTest.keyClick(rows, KEY.Key_End)
        QTest.keyClick(rows, KEY.Key_Home)
    finally:
        QAccessible.setActive(False)
    assert row(rows) == 0


def test_it_wraps_anew_for_another_width(rows: RowList, qtbot: QtBot) -> None:
    rows.resize(120, 300)
    qtbot.waitUntil(lambda: rows.visualRect(rows.model().index(0, 0)).width() == rows.viewport().width())
    assert_in_order(rows)


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    room = Room(qtbot, tmp_path)
    yield room
    room.leave()


def test_acts_keep_the_cards_in_order(room: Room) -> None:
    page = open_page(room, "present")
    view = page.entry.list
    for command in (
        AddCards("present-norm", ("Коротко", "Длинно " * 60)),
        ChangeCards((room.cards("present-norm")[0].id,), {"text": "Очень длинно " * 40}),
        RemoveCards((room.cards("present-norm")[1].id,)),
    ):
        room.perform(command)
        assert_in_order(view)
    room.session.undo()
    room.settle()
    assert_in_order(view)
