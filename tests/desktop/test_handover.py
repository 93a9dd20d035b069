"""The package leaves signed, checked, and without what must stay."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.desktop.window import Desk
from ui.desktop.handover_page import HandoverPage

SECRET = "слово за слово"


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, tmp_path)
    desk.open_practice()
    desk.workspace.go_to("handover")
    yield desk
    desk.leave()


def page(desk: Desk) -> HandoverPage:
    found = desk.workspace._places["handover"]
    assert isinstance(found, HandoverPage)
    return found


def choose(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))


def test_the_page_says_what_is_inside_and_what_is_missing(desk: Desk) -> None:
    assert "Нормы настоящего: 4" in page(desk).contents.text()
    assert "личное высказывание в пакет не входит" in page(desk).contents.text()
    assert "пробел" in page(desk).missing.text()


def test_the_first_hand_over_makes_a_key_that_is_locked(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "first.fpkg"
    choose(monkeypatch, package)
    page(desk).passphrase.setText(SECRET)
    page(desk).again.setText(SECRET)
    page(desk).sign_button.click()
    desk.settle()
    assert package.is_file()
    assert page(desk).result.text().startswith("✓ Пакет записан и проверен.")
    assert desk.home.key_path.is_file()
    unlocked = subprocess.run(
        ["ssh-keygen", "-y", "-P", "", "-f", desk.home.key_path], capture_output=True, check=False
    )
    assert unlocked.returncode != 0
    assert page(desk).passphrase.text() == ""


def test_two_passphrases_that_differ_make_no_key(desk: Desk) -> None:
    page(desk).passphrase.setText(SECRET)
    page(desk).again.setText("другое")
    page(desk).sign_button.click()
    assert page(desk).problem.text() == "Пароли не совпадают. Введите их ещё раз."
    assert not desk.home.key_path.exists()


def test_a_wrong_passphrase_is_said_and_nothing_is_written(desk: Desk, tmp_path: Path) -> None:
    page(desk).passphrase.setText(SECRET)
    page(desk).sign(tmp_path / "first.fpkg")
    desk.settle()
    page(desk).passphrase.setText("не то")
    page(desk).sign(tmp_path / "second.fpkg")
    desk.settle()
    assert page(desk).problem.text() == "Пароль не подходит к ключу. Введите его ещё раз."
    assert not (tmp_path / "second.fpkg").exists()


def test_a_folder_that_is_not_there_is_said_on_the_page(desk: Desk, tmp_path: Path) -> None:
    page(desk).sign(tmp_path / "nowhere" / "first.fpkg")
    desk.settle()
    assert "Такой папки нет" in page(desk).problem.text()
    assert page(desk).sign_button.isEnabled()


def test_the_line_for_the_list_of_signers_needs_no_passphrase(desk: Desk, tmp_path: Path) -> None:
    page(desk).passphrase.setText(SECRET)
    page(desk).sign(tmp_path / "first.fpkg")
    desk.settle()
    assert page(desk).passphrase.text() == ""
    assert "SHA256:" in page(desk).fingerprint.text()
    page(desk).copy_button.click()
    desk.settle()
    line = QGuiApplication.clipboard().text()
    principal = desk.workspace._context.session.snapshot.principal
    assert line.startswith(f'{principal} namespaces="fpkg@facilitator" ssh-ed25519 AAAA')
    assert line in page(desk).result.text()


def test_a_damaged_key_is_said_on_the_page(desk: Desk) -> None:
    desk.home.prepare()
    desk.home.key_path.write_text("не ключ")
    page(desk).copy_button.click()
    desk.settle()
    assert page(desk).problem.text() != ""
