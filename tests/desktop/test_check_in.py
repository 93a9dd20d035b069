"""Who comes, late or not, and who leaves; and a register from Excel, looked at before anything is entered."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from facilitator.domain.records import timestamp
from facilitator.services.commands import SetStepState
from tests.desktop.window import Desk
from ui.desktop.models.people_model import Column
from ui.desktop.people_page import PeoplePage
from ui.desktop.register_preview import RegisterPreview

HEAD = ("№", "ФИО", "Субъект РФ", "Категория", "Телефон")
ENTER = Qt.Key.Key_Return


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, tmp_path)
    desk.open_practice()
    desk.workspace.go_to("people")
    yield desk
    desk.leave()


@pytest.fixture
def page(desk: Desk) -> PeoplePage:
    found = desk.workspace._places["people"]
    assert isinstance(found, PeoplePage)
    found.table.setFocus()
    found.table.setCurrentIndex(found.model.index(0, Column.HERE))
    return found


def sheet(folder: Path, *rows: tuple[object, ...]) -> Path:
    workbook = Workbook()
    active = workbook.active
    assert active is not None
    for row in rows:
        active.append(row)
    workbook.save(folder / "Участники.xlsx")
    return folder / "Участники.xlsx"


def look_at(desk: Desk, page: PeoplePage, path: Path) -> RegisterPreview:
    page.look_at(path)
    desk.wait(lambda: page.preview is not None)
    assert page.preview is not None
    return page.preview


def names(desk: Desk) -> list[str]:
    return sorted(person.name for person in desk.session.snapshot.persons.values())


def test_enter_checks_one_after_another_in(desk: Desk, page: PeoplePage) -> None:
    assert page.presence.count.text() == "Никто ещё не отмечен: все 12 считаются пришедшими"
    for _person in range(3):
        desk.press(ENTER, on=page.table)
    desk.settle()
    assert page.presence.count.text() == "3 из 12 здесь"
    assert page.table.currentIndex().row() == 3
    here = page.model.index(0, Column.HERE)
    assert here.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    assert here.data(Qt.ItemDataRole.AccessibleTextRole) == "здесь"
    assert here.data() == ""
    assert "Ставропольский край 3" in page.presence.shares.text()


def test_space_takes_a_slip_of_the_hand_back(desk: Desk, page: PeoplePage) -> None:
    page.presence.all_button.click()
    assert page.presence.count.text() == "12 из 12 здесь"
    assert not page.presence.all_button.isEnabled()
    desk.press(Qt.Key.Key_Space, on=page.table)
    desk.settle()
    presence = desk.session.room.presence(1)
    assert len(presence.came) == 11
    assert not presence.left
    assert page.presence.all_button.isEnabled()


def test_who_leaves_later_has_left_and_may_come_back(desk: Desk, page: PeoplePage) -> None:
    first = page.model.participant(0).id
    came = timestamp(datetime.now(UTC) - timedelta(hours=2))
    desk.session.keep(desk.session.room.presence(1).check_in((first,), came))
    desk.press(Qt.Key.Key_Space, on=page.table)
    left = page.model.index(0, Column.HERE)
    assert left.data().startswith("нет с ")
    assert left.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked
    assert page.presence.count.text() == "0 из 12 здесь"
    desk.press(Qt.Key.Key_Space, on=page.table)
    desk.settle()
    assert desk.session.room.presence(1).came[first] == came
    assert page.presence.count.text() == "1 из 12 здесь"


def test_who_comes_after_the_first_step_has_begun_is_late(desk: Desk, page: PeoplePage) -> None:
    desk.session.perform(SetStepState("present", "running"))
    desk.settle()
    first, second = (page.model.participant(row).id for row in range(2))
    presence = desk.session.room.presence(1)
    presence = presence.check_in((first,), timestamp(datetime.now(UTC) - timedelta(minutes=5)))
    desk.session.keep(presence.check_in((second,), timestamp(datetime.now(UTC) + timedelta(minutes=5))))
    desk.settle()
    assert page.model.index(0, Column.HERE).data() == ""
    assert page.model.index(1, Column.HERE).data().startswith("с ")
    assert page.model.index(1, Column.HERE).data(Qt.ItemDataRole.AccessibleTextRole).startswith("здесь с ")


def test_each_day_has_its_own_column(desk: Desk, page: PeoplePage) -> None:
    page.presence.all_button.click()
    page.presence.days.setCurrentIndex(1)
    here = page.model.index(0, Column.HERE)
    assert here.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked
    assert page.presence.count.text().startswith("Никто ещё не отмечен")
    desk.settle()


def test_a_sheet_is_looked_at_and_entered_as_one_act(desk: Desk, page: PeoplePage, tmp_path: Path) -> None:
    page.model.setData(page.model.index(0, Column.NAME), "Анна  петрова")
    desk.settle()
    rows = page.model.rowCount()
    path = sheet(
        tmp_path,
        HEAD,
        (1, "Анна Петрова", "Дагестан", "СОНКО", "+7"),
        (2, "Олег Ли", "Марс", "Бизнес", None),
        (3, "Мария Ёлкина", "Чечня", "эксперт", None),
        (4, "Мария Елкина", "Чечня", "марсиане", None),
    )
    preview = look_at(desk, page, path)
    assert preview.take_button.hasFocus()
    assert [row.remark for row in preview.rows] == [
        "уже есть в списке: Участник 1",
        "нет региона «Марс», поле останется пустым",
        "",
        "повторяет строку 4",
    ]
    assert preview.count.text() == "Будут внесены 2 из 4 строк. Посмотрите строки: 2, 3, 5."
    preview.with_unknown.click()
    assert preview.take_button.text() == "Внести 1 участника"
    assert "строка не будет взята" in preview.rows[1].remark
    preview.with_unknown.click()
    preview.take_button.setFocus()
    desk.press(ENTER)
    desk.settle()
    assert page.preview is None
    assert names(desk) == ["Анна  петрова", "Мария Ёлкина", "Олег Ли"]
    desk.workspace.undo()
    desk.settle()
    assert page.model.rowCount() == rows


def test_a_column_is_given_another_meaning(desk: Desk, page: PeoplePage, tmp_path: Path) -> None:
    preview = look_at(desk, page, sheet(tmp_path, ("Кто", "Откуда"), ("Анна", "Чечня")))
    assert [box.currentData() for box in preview.choices] == [None, None]
    assert not preview.take_button.isEnabled()
    for box, part in zip(preview.choices, ("name", "region"), strict=True):
        box.setCurrentIndex(box.findData(part))
    assert preview.table.item(0, 1).text() == "Анна"
    assert preview.table.item(0, 3).text() == "Чеченская Республика"
    preview.take_button.click()
    desk.settle()
    assert names(desk) == ["Анна"]


def test_esc_enters_nobody(desk: Desk, page: PeoplePage, tmp_path: Path) -> None:
    preview = look_at(desk, page, sheet(tmp_path, HEAD, (1, "Анна", "Чечня", None, None)))
    desk.press(Qt.Key.Key_Escape, on=preview.take_button)
    assert page.preview is None
    assert page.table.hasFocus()
    assert not names(desk)


def test_what_is_no_workbook_is_said_above_the_page(
    desk: Desk, page: PeoplePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "r.xlsx"
    path.write_bytes(b"words")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    page.excel_button.click()
    desk.wait(lambda: desk.window.error_bar.isVisible())
    assert page.preview is None


def test_a_workbook_may_be_dropped_on_the_page(desk: Desk, page: PeoplePage, tmp_path: Path) -> None:
    action, buttons, keys = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(sheet(tmp_path, HEAD, (1, "Анна", None, None, None))))])
    enter = QDragEnterEvent(QPointF(5, 5).toPoint(), action, data, buttons, keys)
    page.dragEnterEvent(enter)
    assert enter.isAccepted()
    page.dropEvent(QDropEvent(QPointF(5, 5), action, data, buttons, keys))
    desk.wait(lambda: page.preview is not None)
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "g.fgroup"))])
    other = QDragEnterEvent(QPointF(5, 5).toPoint(), action, data, buttons, keys)
    other.ignore()
    page.dragEnterEvent(other)
    assert not other.isAccepted()
