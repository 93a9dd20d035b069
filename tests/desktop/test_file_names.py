"""A name typed in a dialog is taken in full, and no file is replaced that nobody was asked about."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from ui.desktop.file_names import ask_where, completed


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Сбор 12.02", "Сбор 12.02.fpkg"),
        ("Сбор 12.02.fpkg", "Сбор 12.02.fpkg"),
        ("Сбор.FPKG", "Сбор.FPKG"),
        ("skfo-2018.g3", "skfo-2018.g3.fpkg"),
    ],
)
def test_a_typed_name_gets_its_suffix_once_and_keeps_its_dots(typed: str, name: str) -> None:
    assert completed(typed, ".fpkg") == Path(name)


def test_a_name_that_means_another_file_with_its_suffix_is_asked_again(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "Сбор 12.02.fpkg"
    there.touch()
    answers = iter([tmp_path / "Сбор 12.02", there])
    proposed: list[str] = []

    def answer(_parent: QWidget, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        proposed.append(name)
        return str(next(answers)), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    parent = QWidget()
    qtbot.addWidget(parent)
    assert ask_where(parent, "", tmp_path / "skfo-2018.fpkg", "") == there
    assert proposed == [str(tmp_path / "skfo-2018.fpkg"), str(there)]
