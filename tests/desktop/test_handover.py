"""The package leaves signed, checked, without what must stay; its key asks for no more than it needs."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from facilitator.packages.keys import create_key
from facilitator.services.commands import AddCards
from facilitator.services.identity import own_key
from tests.desktop.handover import SECRET, choose, make_key, open_page, page, read_clear
from tests.desktop.window import Desk
from tests.helpers.keyrings import Drawer, put_in


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, tmp_path)
    desk.open_practice()
    open_page(desk)
    yield desk
    desk.leave()


def come_back(desk: Desk) -> None:
    desk.workspace.go_to("people")
    open_page(desk)


def test_the_page_says_what_is_inside_and_what_is_missing(desk: Desk) -> None:
    assert "Нормы настоящего:\N{NO-BREAK SPACE}4" in page(desk).contents.text()
    assert "личное высказывание в пакет не входит" in page(desk).contents.text()
    assert "пробел" in page(desk).missing.text()


def test_the_first_hand_over_makes_a_key_that_is_locked(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "first.fpkg"
    assert "Ключа на этом компьютере ещё нет" in page(desk).key.note.text()
    make_key(desk, monkeypatch, package)
    outcome = page(desk).package.outcome
    read = read_clear(package, desk.home)
    assert outcome.head.text() == "✓ Пакет записан и проверен."
    assert f"Редакция 1, {desk.session.snapshot.principal}" in outcome.text
    assert str(package) in outcome.text
    assert read.id[:8] in outcome.text
    assert outcome.number.text() == read.id
    unlocked = subprocess.run(
        ["ssh-keygen", "-y", "-P", "", "-f", desk.home.key_path], capture_output=True, check=False
    )
    assert unlocked.returncode != 0
    assert page(desk).key.passphrase.text() == ""
    assert not page(desk).key.again.isVisible()
    assert "Введите его пароль" in page(desk).key.note.text()


def test_what_was_written_is_shown_in_its_folder(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    make_key(desk, monkeypatch, tmp_path / "first.fpkg")
    assert page(desk).package.outcome.folder_button.hasFocus()
    desk.press(Qt.Key.Key_Space)
    assert opened == [str(tmp_path)]


def test_what_has_come_of_it_is_in_view_on_a_small_screen(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in(Drawer(), monkeypatch)
    desk.window.resize(683, 384)
    page(desk).key.remember.setChecked(True)
    make_key(desk, monkeypatch, tmp_path / "first.fpkg")
    outcome, area = page(desk).package.outcome, page(desk)._area
    desk.wait(lambda: outcome.visibleRegion().boundingRect() == outcome.rect())
    assert area.horizontalScrollBar().maximum() == 0


def test_what_was_written_is_no_longer_claimed_once_more_was_said(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_key(desk, monkeypatch, tmp_path / "first.fpkg")
    assert page(desk).package.outcome.isVisible()
    desk.session.perform(AddCards("rule", ("ещё одно правило",)))
    desk.settle()
    assert not page(desk).package.outcome.isVisible()


def test_what_was_written_is_no_longer_claimed_beside_a_refusal(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_key(desk, monkeypatch, tmp_path / "first.fpkg")
    page(desk).save_bar.file_button.click()
    assert page(desk).key.problem.text() == "Введите пароль ключа."
    assert not page(desk).package.outcome.isVisible()


def test_a_name_without_its_ending_gets_it_whole_and_replaces_nothing(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_key(desk, monkeypatch, tmp_path / "skfo-2018.g3")
    first = tmp_path / "skfo-2018.g3.fpkg"
    kept = first.read_bytes()
    page(desk).key.passphrase.setText(SECRET)
    page(desk).save_bar.file_button.click()
    desk.settle()
    assert first.read_bytes() == kept
    assert read_clear(tmp_path / "skfo-2018.g3 (2).fpkg", desk.home).envelope.rev == 2


def test_pressed_twice_it_writes_once(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    suggested = choose(monkeypatch, tmp_path / "first.fpkg")
    page(desk).key.passphrase.setText(SECRET)
    page(desk).key.again.setText(SECRET)
    page(desk).save_bar.file_button.click()
    page(desk).save_bar.file_button.click()
    assert page(desk).package.outcome.head.text() == "Подписываем, записываем и перечитываем…"
    desk.settle()
    assert len(suggested) == 1
    assert read_clear(tmp_path / "first.fpkg", desk.home).envelope.rev == 1


def test_no_place_chosen_nothing_done(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    page(desk).key.passphrase.setText(SECRET)
    page(desk).key.again.setText(SECRET)
    page(desk).save_bar.file_button.click()
    desk.settle()
    assert not page(desk).package.outcome.isVisible()
    assert not desk.home.key_path.exists()


def test_two_passphrases_that_differ_make_no_key(desk: Desk) -> None:
    page(desk).key.passphrase.setText(SECRET)
    page(desk).key.again.setText("другое")
    page(desk).save_bar.file_button.click()
    assert page(desk).key.problem.text() == "Пароли не совпадают. Введите их ещё раз."
    assert page(desk).key.passphrase.hasFocus()
    assert not desk.home.key_path.exists()


def test_a_key_without_a_passphrase_is_not_made_here(desk: Desk) -> None:
    page(desk).save_bar.file_button.click()
    assert page(desk).key.problem.text() == "Придумайте пароль для нового ключа."


def test_a_wrong_passphrase_is_said_and_asked_again(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_key(desk, monkeypatch, tmp_path / "first.fpkg")
    choose(monkeypatch, tmp_path / "second.fpkg")
    key = page(desk).key
    page(desk).save_bar.file_button.click()
    assert key.problem.text() == "Введите пароль ключа."
    key.remember.setChecked(True)
    key.passphrase.setText("не то")
    desk.press(Qt.Key.Key_Return, on=key.passphrase)
    desk.settle()
    assert key.problem.text() == "Пароль не подходит к ключу. Введите его ещё раз."
    assert "Введите его пароль" in key.note.text()
    assert key.passphrase.selectedText() == "не то"
    assert not (tmp_path / "second.fpkg").exists()
    assert not page(desk).package.outcome.isVisible()
    desk.type(SECRET)
    desk.press(Qt.Key.Key_Return, on=key.passphrase)
    desk.settle()
    assert read_clear(tmp_path / "second.fpkg", desk.home).envelope.rev == 2


def test_a_key_without_a_passphrase_asks_for_none(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.home.prepare()
    create_key(desk.home.key_path, None)
    come_back(desk)
    assert not page(desk).key.passphrase.isVisible()
    assert "Он без пароля" in page(desk).key.note.text()
    choose(monkeypatch, tmp_path / "first.fpkg")
    page(desk).save_bar.file_button.click()
    desk.settle()
    read_clear(tmp_path / "first.fpkg", desk.home)


def test_a_remembered_passphrase_is_not_asked_for(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in(Drawer(), monkeypatch)
    page(desk).key.remember.setChecked(True)
    make_key(desk, monkeypatch, tmp_path / "first.fpkg")
    assert not page(desk).key.passphrase.isVisible()
    assert "Пароль компьютер помнит" in page(desk).key.note.text()
    choose(monkeypatch, tmp_path / "second.fpkg")
    page(desk).save_bar.file_button.click()
    desk.settle()
    assert read_clear(tmp_path / "second.fpkg", desk.home).envelope.rev == 2


def test_a_passphrase_is_remembered_only_when_one_has_asked_for_it(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawer = put_in(Drawer(), monkeypatch)
    make_key(desk, monkeypatch, tmp_path / "first.fpkg")
    assert not drawer.kept


def test_a_remembered_passphrase_that_does_not_fit_is_asked_for(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawer = put_in(Drawer(), monkeypatch)
    make_key(desk, monkeypatch, tmp_path / "first.fpkg")
    drawer.kept["facilitator", own_key(desk.home).fingerprint] = "прежний"
    come_back(desk)
    assert not page(desk).key.passphrase.isVisible()
    page(desk).save_bar.file_button.click()
    desk.settle()
    assert page(desk).key.passphrase.hasFocus()
    assert page(desk).key.problem.text() == "Пароль не подходит к ключу. Введите его ещё раз."
    assert not drawer.kept


def test_a_computer_that_remembers_nothing_says_so(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in(Drawer(locked=True), monkeypatch)
    page(desk).key.remember.setChecked(True)
    make_key(desk, monkeypatch, tmp_path / "first.fpkg")
    assert (tmp_path / "first.fpkg").exists()
    assert "Запомнить пароль на этом компьютере негде" in page(desk).key.note.text()


def test_the_page_of_the_key_is_one_press_away(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.workspace.identity_asked):
        page(desk).key.identity_button.click()


def test_the_line_for_the_list_of_signers_needs_no_passphrase(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_key(desk, monkeypatch, tmp_path / "first.fpkg")
    assert "SHA256:" in page(desk).key.fingerprint.text()
    page(desk).key.copy_button.click()
    line = QGuiApplication.clipboard().text()
    assert line.startswith(
        f'{desk.session.snapshot.principal} namespaces="fpkg@facilitator" ssh-ed25519 AAAA'
    )
    assert "✓ Строка в буфере обмена" in page(desk).key.note.text()


def cut_short(path: Path) -> None:
    """Leave the public half of a key whole and the private one not."""
    create_key(path, None)
    lines = path.read_text().splitlines()
    path.write_text("\n".join((*lines[:3], lines[-1])))


@pytest.mark.parametrize("damage", [lambda path: path.write_text("не ключ"), cut_short])
def test_a_damaged_key_is_said_on_the_page(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[Path], object]
) -> None:
    desk.home.prepare()
    damage(desk.home.key_path)
    damaged = desk.home.key_path.read_bytes()
    come_back(desk)
    assert "Не удалось прочитать ключ" in page(desk).key.note.text()
    assert not page(desk).key.passphrase.isVisible()
    choose(monkeypatch, tmp_path / "first.fpkg")
    page(desk).save_bar.file_button.click()
    desk.settle()
    assert "Не удалось прочитать ключ" in page(desk).package.outcome.text
    assert desk.home.key_path.read_bytes() == damaged
    assert not (tmp_path / "first.fpkg").exists()
