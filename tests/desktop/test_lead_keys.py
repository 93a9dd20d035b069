"""The page «Сведение» by keyboard alone, in little room, and in both languages."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from facilitator.packages import create_key
from facilitator.services.home import Home
from tests.desktop.lead_table import SECRET, Session, Table
from tests.merge.laptops import Laptop
from ui.desktop.lead.outcome_list import OutcomeList
from ui.desktop.lead.values import Row


@pytest.fixture(params=["ru", "en"])
def busy(request: pytest.FixtureRequest, qtbot: QtBot, tmp_path: Path) -> Iterator[Table]:
    """A page with everything on it: a conflict, a file that waits, a refused one, a loss, a missing group."""
    session = Session(tmp_path, 1, 2, 3)
    session.enrol(1, 2, 3)
    table = Table(qtbot, tmp_path, request.param)
    table.begin(session.roster)
    common = session.laptop(3, "Общее").export()
    session.save(common, "g3.fpkg")
    shorter = Laptop(session.keys[3], exports=common.exports)
    session.save(shorter.write("На первом ноутбуке").export(), "g3-a.fpkg")
    session.save(common.write("На втором ноутбуке").export(), "g3-b.fpkg")
    session.send(1)
    session.save(Laptop(create_key(tmp_path / "stranger", None), number=2).export(), "g2.fpkg")
    (session.stick / "битый.fpkg").write_bytes(b"PK")
    table.drop(session.stick)
    yield table
    table.leave()


def stops(table: Table) -> list[QWidget]:
    """Return what Tab goes through, from the first button on."""
    first = stop = table.window.centralWidget().nextInFocusChain()
    found: list[QWidget] = []
    while not found or stop is not first:
        tabbed = stop.focusPolicy() & Qt.FocusPolicy.TabFocus
        if tabbed and stop.isVisible() and stop.isEnabled() and not stop.focusProxy():
            found.append(stop)
        stop = stop.nextInFocusChain()
    return found


def place(table: Table, widget: QWidget) -> tuple[int, int]:
    corner = widget.mapTo(table.page, QPoint(0, widget.height() // 2))
    return corner.y(), corner.x()


def test_tab_goes_in_the_order_of_reading_and_everything_has_a_name(busy: Table) -> None:
    busy.click(busy.page.aside.refused_button)
    busy.click(busy.contest.take_buttons[0])
    found = stops(busy)
    names = [each.accessibleName() for each in found]
    assert all(names)
    assert len(names) == len(set(names))
    rows = [place(busy, each) for each in found]
    one_line = 24
    for (before_y, before_x), (y, x) in pairwise(rows):
        assert y > before_y - one_line
        assert y > before_y + one_line or x > before_x, names


def test_the_page_is_never_wider_than_the_window(busy: Table) -> None:
    busy.window.setMinimumSize(640, 360)
    busy.window.resize(683, 384)
    busy.settle()
    assert busy.page._area.horizontalScrollBar().maximum() == 0
    assert busy.page._area.verticalScrollBar().maximum() > 0


def test_a_centre_with_a_long_name_does_not_widen_the_page(qtbot: QtBot, tmp_path: Path) -> None:
    centre = tmp_path / f"{'Северо-Кавказский округ ' * 4}.fcentre"
    centre.touch()
    Home(tmp_path / "home").remember_centre(centre)
    table = Table(qtbot, tmp_path)
    table.window.resize(683, 384)
    table.settle()
    assert table.page.setup.again_button.isVisible()
    assert table.page._area.horizontalScrollBar().maximum() == 0
    table.leave()


def test_in_little_room_the_page_goes_along_with_what_one_does(busy: Table) -> None:
    busy.window.resize(683, 384)
    busy.settle()
    page, sight = busy.page, busy.page._area.viewport()

    def in_sight(widget: QWidget) -> bool:
        busy.settle()
        top = widget.mapTo(sight, QPoint(0, 0)).y()
        return top >= 0 and top + widget.height() <= sight.height()

    busy.press(Qt.Key.Key_F8, busy.window)
    assert in_sight(busy.contest.take_buttons[0])
    busy.click(busy.contest.take_buttons[0])
    assert in_sight(busy.contest.signing)
    busy.give(busy.contest, SECRET)
    assert in_sight(busy.contest.take_buttons[0])
    busy.press(Qt.Key.Key_F8, busy.window)
    assert in_sight(page.aside.release_button)
    page._area.verticalScrollBar().setValue(0)
    busy.click(page.aside.release_button)
    assert in_sight(page.overview.counts)


def test_rows_are_as_high_as_their_words_need_in_the_room_there_is(qtbot: QtBot) -> None:
    window, holder, shown = QMainWindow(), QWidget(), OutcomeList("Файлы")
    qtbot.addWidget(window)
    window.setMinimumSize(320, 480)
    window.setCentralWidget(holder)
    QVBoxLayout(holder).addWidget(shown)
    reason = "Здесь есть более новый пакет этой группы. Этот тоже сохранён, как и все остальные"
    row = Row("g3.fpkg", "Группа 3", "superseded", "старше того, что есть", reason)
    window.show()
    shown.show_rows([row] * 30)
    heights = set()
    for width in (800, 500, 400, 800):
        window.resize(width, 480)
        QApplication.processEvents()
        heights.add(shown.sizeHintForRow(0))
        assert shown.visualRect(shown.outcomes.index(0)).height() == shown.sizeHintForRow(0)
    assert len(heights) > 1


def test_f8_goes_from_one_thing_to_decide_to_the_next(busy: Table) -> None:
    take, release = busy.contest.take_buttons[0], busy.page.aside.release_button
    for expected in (take, release, take):
        busy.press(Qt.Key.Key_F8, busy.window)
        assert QApplication.focusWidget() is expected


def test_del_takes_a_row_off_the_list_and_nothing_out_of_the_centre(busy: Table) -> None:
    shown = busy.page.news.list
    names = [row.name for row in busy.rows]
    shown.setFocus()
    shown.setCurrentIndex(shown.outcomes.index(1))
    busy.press(Qt.Key.Key_Delete, shown)
    assert [row.name for row in busy.rows] == [names[0], *names[2:]]
    assert shown.currentIndex().row() == 1
    busy.click(busy.page.news.clear_button)
    assert not busy.page.news.isVisible()
    assert busy.ask(lambda centre: len(centre.packages()) + len(centre.aside())) == len(names)


def test_leaving_is_asked_for_and_closing_lets_the_centre_go(busy: Table) -> None:
    left: list[bool] = []
    busy.page.left.connect(lambda: left.append(True))
    busy.press(Qt.Key.Key_Space, stops(busy)[0])
    assert left == [True]
    busy.leave()
    busy.page.close()
    assert busy.ask(lambda centre: centre.result().groups) == 2
