"""The log of acts in the window: newest first, searched, read lazily, written for Excel."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from exports.act_log import LogRow
from facilitator.services.commands import AddCards
from tests.desktop.sheets import Room
from ui.desktop.log_page import LogPage
from ui.desktop.models.log_model import Index, LogModel

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    room = Room(qtbot, tmp_path)
    yield room
    room.leave()


@pytest.fixture
def page(room: Room) -> LogPage:
    page = LogPage(room.context)
    room.show(page)
    page.focus_entry()
    room.settle()
    return page


def newest(page: LogPage) -> list[str]:
    return [str(page.model.index(0, column).data()) for column in range(page.model.columnCount())]


def test_the_newest_act_stands_first_with_when_it_was_taken_back(room: Room, page: LogPage) -> None:
    room.perform(AddCards("rule", ("Едем сами",)))
    room.qtbot.waitUntil(lambda: newest(page)[2] == "recording “Едем сами”")
    assert newest(page)[1] == room.session.snapshot.group.moderator
    assert newest(page)[3] == ""
    room.session.undo()
    room.qtbot.waitUntil(lambda: newest(page)[3] != "")


def test_typed_words_find_acts(room: Room, page: LogPage) -> None:
    total = page.model.total
    assert page.count.text() == f"{total} acts"
    room.type("cluster")
    assert 0 < page.model.rowCount() < total
    assert page.count.text() == f"{page.model.rowCount()} of {total} acts"
    page.search.clear()
    page.table.setFocus()
    room.qtbot.keyClick(page.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.search.hasFocus()


def test_ten_thousand_acts_are_put_into_cells_only_where_they_are_seen(room: Room) -> None:
    class Counting(LogModel):
        read: ClassVar[set[int]] = set()

        def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
            self.read.add(index.row())
            return super().data(index, role)

    page = LogPage(room.context)
    model = Counting(room.context, page)
    page.table.setModel(model)
    room.show(page)
    model.show_rows((LogRow(datetime.now(UTC), "Борис", "запись", None),) * 10_000)
    page.table.grab()
    assert model.rowCount() == 10_000
    assert 0 < len(Counting.read) < 100
    room.settle()


def test_the_log_is_written_where_one_says(
    room: Room, page: LogPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for made, suffix, start in (
        (page.excel_button, ".xlsx", b"PK"),
        (page.text_button, ".csv", b"\xef\xbb\xbf"),
    ):
        target = tmp_path / f"журнал{suffix}"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, path=target: (str(path), ""))
        made.click()
        room.settle()
        assert target.read_bytes().startswith(start)
        assert page.answer.text() == f"Written: {target}"
    refused: list[str] = []
    room.session.refused.connect(lambda fault, _command: refused.append(fault.code))
    page.write(tmp_path / "no" / "log.csv")
    room.settle()
    assert refused == ["folder-missing"]
