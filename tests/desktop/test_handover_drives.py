"""Straight to a stick: which drives are offered, and what happens when one is full or gone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.desktop.handover import SECRET, choose, make_key, open_page, page, read_clear
from tests.desktop.window import Desk
from tests.helpers.disks import contents, fill, small_disk
from ui.desktop.handover import save_bar
from ui.desktop.handover.drives import Drive, Volume, mounted_volumes, plugged_in, removable

ANNA = "/home/anna"


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, tmp_path)
    desk.open_practice()
    yield desk
    desk.leave()


def plug_in(monkeypatch: pytest.MonkeyPatch, *roots: Path) -> None:
    drives = tuple(Drive(root, root.name) for root in roots)
    monkeypatch.setattr(save_bar, "plugged_in", lambda: drives)


def titles(platform: str, fixed: set[str], *volumes: Volume) -> list[str]:
    return [drive.title for drive in removable(volumes, fixed, platform)]


def test_on_windows_every_letter_but_those_of_the_system_and_the_home() -> None:
    volumes = (
        Volume("C:/", "System"),
        Volume("D:/", "Users"),
        Volume("F:/", ""),
        Volume("E:/", "KINGSTON"),
        Volume("G:/", "", ready=False),
        Volume("H:/", "CD", read_only=True),
    )
    assert titles("win32", {"C:/", "D:/"}, *volumes) == ["F:", "KINGSTON (E:)"]


@pytest.mark.parametrize(
    ("root", "offered"),
    [
        ("/media/anna/KINGSTON", True),
        ("/run/media/anna/KINGSTON", True),
        ("/mnt/KINGSTON", True),
        ("/", False),
        ("/boot/efi", False),
        ("/srv/media/KINGSTON", False),
        (ANNA, False),
    ],
)
def test_on_linux_what_is_mounted_where_sticks_are(root: str, offered: bool) -> None:
    assert titles("linux", {"/", ANNA}, Volume(root, "")) == (["KINGSTON"] if offered else [])


def test_on_linux_a_home_on_a_stick_is_no_place_to_carry_away() -> None:
    assert titles("linux", {"/", "/mnt/stick"}, Volume("/mnt/stick", "STICK"), Volume("/", "root")) == []


def test_on_a_mac_what_is_among_the_volumes() -> None:
    volumes = (Volume("/System/Volumes/Data", "Data"), Volume("/Volumes/KINGSTON", "KINGSTON"))
    assert titles("darwin", {"/"}, *volumes) == ["KINGSTON"]


def test_a_drive_that_is_mounted_twice_is_offered_once() -> None:
    stick = Volume("/media/anna/STICK", "STICK")
    assert titles("linux", {"/"}, stick, stick) == ["STICK"]


def test_the_disks_of_this_machine_are_seen_and_its_own_are_not_offered(tmp_path: Path) -> None:
    with small_disk(tmp_path / "stick", "64k") as stick:
        (seen,) = (volume for volume in mounted_volumes() if volume.root == str(stick))
        assert seen.ready
        assert not seen.read_only
        assert stick in {drive.root for drive in removable(mounted_volumes(), {"/"}, "win32")}
        assert Path("/") not in {drive.root for drive in plugged_in()}


def test_buttons_come_and_go_with_the_drives(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plug_in(monkeypatch)
    bar = open_page(desk).save_bar
    assert not bar.drive_buttons
    plug_in(monkeypatch, tmp_path / "KINGSTON", tmp_path / "SANDISK")
    bar._timer.timeout.emit()
    assert [button.text() for button in bar.drive_buttons] == ["Записать на KINGSTON", "Записать на SANDISK"]
    assert bar.file_button.nextInFocusChain() is bar.drive_buttons[0]
    assert bar.drive_buttons[0].nextInFocusChain() is bar.drive_buttons[1]
    kept = bar.drive_buttons[0]
    bar._timer.timeout.emit()
    assert bar.drive_buttons[0] is kept
    plug_in(monkeypatch)
    bar._timer.timeout.emit()
    assert not bar.drive_buttons


def test_nobody_looks_for_drives_while_the_page_is_away(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    plug_in(monkeypatch)
    bar = open_page(desk).save_bar
    assert bar._timer.isActive()
    desk.workspace.go_to("people")
    assert not bar._timer.isActive()


def test_a_stick_takes_the_package_beside_what_lies_on_it(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with small_disk(tmp_path / "stick", "1m") as stick:
        plug_in(monkeypatch, stick)
        open_page(desk)
        name = desk.session.snapshot.principal
        (stick / f"{name}.fpkg").write_bytes(b"PK somebody else's")
        page(desk).save_bar.drive_buttons[0].click()
        assert page(desk).key.problem.text() == "Придумайте пароль для нового ключа."
        page(desk).key.passphrase.setText(SECRET)
        page(desk).key.again.setText(SECRET)
        page(desk).save_bar.drive_buttons[0].click()
        desk.settle()
        package = stick / f"{name} (2).fpkg"
        assert str(package) in page(desk).package.outcome.text
        assert read_clear(package, desk.home).envelope.rev == 1
        assert (stick / f"{name}.fpkg").read_bytes() == b"PK somebody else's"
        page(desk).key.passphrase.setText(SECRET)
        page(desk).save_bar.drive_buttons[0].click()
        desk.settle()
        assert read_clear(stick / f"{name} (3).fpkg", desk.home).envelope.rev == 2


def test_a_full_stick_keeps_no_half_file_and_another_place_is_offered(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with small_disk(tmp_path / "stick", "64k") as stick:
        fill(stick)
        before = contents(stick)
        plug_in(monkeypatch, stick)
        open_page(desk)
        page(desk).key.passphrase.setText(SECRET)
        page(desk).key.again.setText(SECRET)
        page(desk).save_bar.drive_buttons[0].click()
        desk.settle()
        outcome = page(desk).package.outcome
        assert outcome.text.startswith("Диск заполнен")
        assert "Работа группы цела" in outcome.text
        assert contents(stick) == before
        assert outcome.elsewhere_button.hasFocus()
        assert not outcome.folder_button.isVisible()
        suggested = choose(monkeypatch, tmp_path / "elsewhere.fpkg")
        outcome.elsewhere_button.click()
        desk.settle()
        assert suggested == [f"{desk.session.snapshot.principal}.fpkg"]
        assert outcome.head.text() == "✓ Пакет записан и проверен."
        assert read_clear(tmp_path / "elsewhere.fpkg", desk.home).envelope.rev == 2


def test_a_stick_that_was_pulled_out_leaves_nothing_in_the_folder_it_lay_in(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    plug_in(monkeypatch, folder)
    open_page(desk)
    page(desk).key.passphrase.setText(SECRET)
    page(desk).key.again.setText(SECRET)
    page(desk).save_bar.drive_buttons[0].click()
    desk.settle()
    outcome = page(desk).package.outcome
    assert outcome.text.startswith("Такой папки нет")
    assert outcome.elsewhere_button.hasFocus()
    assert not list(folder.iterdir())
    assert page(desk).save_bar.isEnabled()


def test_a_full_disk_of_this_computer_is_not_helped_by_another_place(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_page(desk)
    make_key(desk, monkeypatch, tmp_path / "first.fpkg")
    blocked = desk.session.path.with_name(f"{desk.session.path.name}.backups")
    for copy in blocked.iterdir():
        copy.unlink()
    blocked.rmdir()
    blocked.write_text("no folder")
    page(desk).key.passphrase.setText(SECRET)
    page(desk).save_bar.file_button.click()
    desk.settle()
    outcome = page(desk).package.outcome
    assert not outcome.isHidden()
    assert not outcome.elsewhere_button.isVisible()
    assert "Сохраните пакет в другое место" not in outcome.text
    blocked.unlink()


def test_a_file_of_another_sort_is_not_replaced(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    diary = tmp_path / "diary.fpkg"
    diary.write_text("дневник")
    open_page(desk)
    make_key(desk, monkeypatch, diary)
    assert diary.read_text() == "дневник"
    assert page(desk).package.outcome.elsewhere_button.hasFocus()


def test_a_name_the_disk_cannot_keep_is_said(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_page(desk)
    make_key(desk, monkeypatch, tmp_path / f"{'x' * 300}.fpkg")
    assert page(desk).package.outcome.text.startswith("Не удалось записать файл")
    assert page(desk).package.outcome.elsewhere_button.hasFocus()
