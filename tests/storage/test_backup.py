"""Copies of a group's file: checked when made, rotated, told apart when damaged, put back."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from facilitator.domain.snapshot import GroupSnapshot
from facilitator.errors import EnvironmentFault, UserFault
from facilitator.services.commands import AddCards
from facilitator.services.groups import open_group, restore_group
from facilitator.storage import backup
from facilitator.storage.backup import KEPT_RECENT, backup_folder, list_backups
from facilitator.storage.group_file import GroupFile
from tests.helpers.disks import contents, fill, public_folder, read_only, small_disk
from tests.helpers.sessions import begin_closed


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return begin_closed(tmp_path / "группа 3.fgroup")


def add(path: Path, *texts: str) -> None:
    """Record cards; closing the group afterwards makes a copy."""
    with open_group(path) as service:
        service.perform(AddCards("rule", texts))


def snapshot(path: Path) -> GroupSnapshot:
    with closing(GroupFile.open(path)) as file:
        return file.snapshot()


def snapshot_of_copy(copy: Path, folder: Path) -> GroupSnapshot:
    """Read a copy without opening it: opening would change its bytes."""
    return snapshot(Path(shutil.copyfile(copy, folder / "read.fgroup")))


def spoil(copy: Path) -> None:
    data = bytearray(copy.read_bytes())
    data[-1] ^= 1
    copy.write_bytes(data)


def test_closing_a_group_that_was_changed_makes_a_copy(path: Path) -> None:
    add(path, "Правило")
    (copy,) = list_backups(path)
    assert copy.sound
    assert copy.size == copy.path.stat().st_size
    assert datetime.now(UTC) - copy.made < timedelta(minutes=1)
    assert snapshot_of_copy(copy.path, path.parent) == snapshot(path)
    open_group(path).close()
    assert list_backups(path) == (copy,)


def test_a_copy_is_one_file_that_sqlite_finds_sound(path: Path) -> None:
    add(path, "Правило")
    (copy,) = list_backups(path)
    assert sorted(contents(backup_folder(path))) == [copy.path.name, f"{copy.path.name}.sha256"]
    with closing(sqlite3.connect(copy.path)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("delete",)


@pytest.mark.skipif(sys.platform != "linux", reason="sha256sum is a program of Linux")
def test_sha256sum_checks_every_copy(path: Path) -> None:
    add(path, "Правило")
    add(path, "Ещё одно")
    folder = backup_folder(path)
    sums = sorted(each.name for each in folder.glob("*.sha256"))
    checked = subprocess.run(
        ["sha256sum", "--strict", "-c", *sums], cwd=folder, capture_output=True, text=True, check=True
    )
    assert len(sums) == checked.stdout.count(": OK") == 2


def test_a_copy_is_made_while_the_group_is_open(path: Path) -> None:
    with open_group(path) as service:
        assert service.back_up_if_changed() is None
        service.perform(AddCards("rule", ("Правило",)))
        copy = service.back_up_if_changed()
        assert copy is not None
        assert service.back_up_if_changed() is None
        assert snapshot_of_copy(copy, path.parent) == service.snapshot


def test_twelve_copies_and_the_last_of_each_earlier_day_are_kept(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Clock(datetime):
        moment = datetime(2018, 2, 8, 9, tzinfo=UTC)

        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return cls.moment

    monkeypatch.setattr(backup, "datetime", Clock)
    with open_group(path) as service:
        for day in (8, 9, 10):
            for turn in range(KEPT_RECENT + 3):
                Clock.moment = datetime(2018, 2, day, 9, turn, tzinfo=UTC)
                service.back_up()
    kept = [each.made for each in list_backups(path)]
    last = KEPT_RECENT + 2
    assert kept == [
        *(datetime(2018, 2, 10, 9, turn, tzinfo=UTC) for turn in range(last, last - KEPT_RECENT, -1)),
        datetime(2018, 2, 9, 9, last, tzinfo=UTC),
        datetime(2018, 2, 8, 9, last, tzinfo=UTC),
    ]
    assert all(each.sound for each in list_backups(path))
    assert len(contents(backup_folder(path))) == 2 * len(kept)


def test_a_damaged_copy_is_named_and_not_taken(path: Path) -> None:
    add(path, "Первое")
    first = snapshot(path)
    add(path, "Второе")
    newest, older = list_backups(path)
    spoil(newest.path)
    assert [each.sound for each in list_backups(path)] == [False, True]
    before = contents(path.parent)
    with pytest.raises(UserFault) as caught:
        restore_group(path, newest.name)
    assert (caught.value.code, caught.value.facts["name"]) == ("backup-damaged", newest.name)
    assert contents(path.parent) == before
    chosen, _ = restore_group(path)
    assert chosen.name == older.name
    assert snapshot(path) == first


@pytest.mark.parametrize("checksum", [None, b"", b"\xff", b"00  other\n"])
def test_a_copy_without_its_checksum_is_not_sound(path: Path, checksum: bytes | None) -> None:
    add(path, "Правило")
    (copy,) = list_backups(path)
    beside = copy.path.with_name(f"{copy.path.name}.sha256")
    if checksum is None:
        beside.unlink()
    else:
        beside.write_bytes(checksum)
    assert [each.sound for each in list_backups(path)] == [False]


def test_restoring_takes_the_newest_copy_and_keeps_the_former_file(path: Path) -> None:
    add(path, "Первое")
    add(path, "Второе")
    former = path.read_bytes()
    newest = list_backups(path)[0]
    chosen, aside = restore_group(path)
    assert chosen == newest
    assert aside is not None
    assert aside.read_bytes() == former
    assert path.read_bytes() == newest.path.read_bytes()


def test_restoring_by_name_takes_that_copy(path: Path) -> None:
    add(path, "Первое")
    first = snapshot(path)
    add(path, "Второе")
    restore_group(path, list_backups(path)[1].name)
    assert snapshot(path) == first


def test_a_restored_group_can_be_worked_on(path: Path) -> None:
    add(path, "Первое")
    restore_group(path)
    add(path, "Второе")
    assert [card.text for card in snapshot(path).cards_of("rule")] == ["Первое", "Второе"]


def test_a_lost_or_damaged_file_is_restored(path: Path) -> None:
    add(path, "Правило")
    whole = snapshot(path)
    path.unlink()
    assert restore_group(path)[1] is None
    assert snapshot(path) == whole
    path.write_bytes(b"spoiled")
    _, aside = restore_group(path)
    assert aside is not None
    assert aside.read_bytes() == b"spoiled"
    assert snapshot(path) == whole


def test_the_log_of_a_lost_file_is_not_read_into_the_copy(path: Path) -> None:
    """A killed program leaves a log; with its file gone, the log belongs to nothing that is there."""
    add(path, "Первое")
    first = snapshot(path)
    killed = (
        "import os, sys; from pathlib import Path; from facilitator.services.groups import open_group;"
        "from facilitator.services.commands import AddCards; service = open_group(Path(sys.argv[1]));"
        "service.perform(AddCards('rule', ('Второе',))); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", killed, path], check=False)
    assert path.with_name(f"{path.name}-wal").stat().st_size
    path.unlink()
    restore_group(path)
    assert snapshot(path) == first


def test_nothing_is_restored_without_a_copy(path: Path) -> None:
    before = contents(path.parent)
    for name in (None, "20180208T090000000000Z"):
        with pytest.raises(UserFault, match="backup-missing"):
            restore_group(path, name)
    assert contents(path.parent) == before


def test_nothing_is_restored_while_the_group_is_open(path: Path) -> None:
    add(path, "Правило")
    with open_group(path), pytest.raises(EnvironmentFault, match="file-in-use"):
        restore_group(path)
    assert len(list(path.parent.glob("*.fgroup"))) == 1


def test_a_copy_of_another_program_is_not_put_in_place(path: Path) -> None:
    add(path, "Правило")
    (copy,) = list_backups(path)
    copy.path.write_bytes(b"no database")
    digest = contents(backup_folder(path))[copy.path.name]
    copy.path.with_name(f"{copy.path.name}.sha256").write_text(f"{digest}  {copy.path.name}\n")
    before = contents(path.parent)
    with pytest.raises(UserFault, match="not-a-facilitator-file"):
        restore_group(path)
    assert contents(path.parent) == before


def test_a_power_cut_never_leaves_a_copy_without_its_checksum(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    with open_group(path) as service:
        for name in ("os.replace", "write_atomically"):
            with monkeypatch.context() as patched:
                patched.setattr(f"facilitator.storage.backup.{name}", cut)
                with pytest.raises(KeyboardInterrupt):
                    service.back_up()
            assert list_backups(path) == ()
        service.back_up()
    assert [each.sound for each in list_backups(path)] == [True]


def test_what_a_killed_program_left_of_a_copy_is_cleared_away(path: Path) -> None:
    add(path, "Первое")
    (backup_folder(path) / "unfinished.part").write_bytes(b"half a copy")
    add(path, "Второе")
    assert [each.sound for each in list_backups(path)] == [True, True]
    assert not list(backup_folder(path).glob("*.part*"))


def test_a_copy_that_cannot_be_read_is_not_sound(path: Path) -> None:
    add(path, "Правило")
    (copy,) = list_backups(path)
    copy.path.unlink()
    copy.path.mkdir()
    assert [each.sound for each in list_backups(path)] == [False]


def test_a_path_without_a_name_has_no_copies() -> None:
    assert list_backups(Path()) == ()


def test_files_that_are_no_copies_are_passed_over(path: Path) -> None:
    add(path, "Правило")
    folder = backup_folder(path)
    (folder / "старая копия.fgroup").write_bytes(b"")
    (folder / "заметки.txt").write_bytes(b"")
    assert len(list_backups(path)) == 1


def test_a_file_without_a_suffix_has_its_copies_too(tmp_path: Path) -> None:
    path = begin_closed(tmp_path / "группа", "Правило")
    with open_group(path) as service:
        service.back_up()
    assert [each.sound for each in list_backups(path)] == [True, True]


def test_a_full_disk_stops_the_copy_and_leaves_none(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "2m") as disk:
        path = begin_closed(disk / "g.fgroup", "Правило")
        with open_group(path) as service:
            there = list_backups(path)
            ballast = fill(disk)
            with pytest.raises(EnvironmentFault, match="disk-full"):
                service.back_up()
            assert list_backups(path) == there
            assert all(each.suffix in (".fgroup", ".sha256") for each in backup_folder(path).iterdir())
            ballast.unlink()
            service.back_up()


def test_a_read_only_folder_stops_restoring_and_is_left_as_it_was() -> None:
    with public_folder() as folder:
        path = begin_closed(folder / "g.fgroup", "Правило")
        path.chmod(0o666)
        before = contents(folder)
        with read_only(folder), pytest.raises(EnvironmentFault, match="folder-read-only"):
            restore_group(path)
        assert contents(folder) == before
