"""The report is written where the person says, and opened."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.desktop.window import Desk


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, tmp_path)
    desk.open_practice()
    yield desk
    desk.leave()


def test_the_report_is_written_and_opened(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "Отчёт"), ""))
    desk.workspace.header.report_asked.emit()
    desk.settle()
    report = tmp_path / "Отчёт.docx"
    assert [url.toLocalFile() for url in opened] == [str(report)]
    with zipfile.ZipFile(report) as document:
        text = document.read("word/document.xml").decode()
    assert desk.cards("image")[0].text.split(".")[0] in text
    assert not [
        card.text for card in desk.session.snapshot.cards.values() if card.private and card.text in text
    ]


def test_a_report_that_cannot_be_written_is_said(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "nowhere" / "r.docx"), ""))
    desk.workspace.header.report_asked.emit()
    desk.settle()
    assert "Такой папки нет" in desk.window.error_bar.text
