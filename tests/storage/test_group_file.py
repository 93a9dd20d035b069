"""A group's file: whole or not at all, exclusive, durable, and refused untouched when it is not ours."""

import errno
import hashlib
import os
import sqlite3
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from facilitator.domain.edits import Edit, added, inverse
from facilitator.domain.ids import new_id
from facilitator.domain.records import AnyRecord, Card
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.errors import EnvironmentFault, Fault, UserFault
from facilitator.files import place_new
from facilitator.services.commands import AddCards
from facilitator.services.groups import open_group
from facilitator.storage.engine import Database
from facilitator.storage.group_file import GROUP_KIND, GroupFile
from tests.helpers.disks import contents, fill, public_folder, read_only, small_disk
from tests.helpers.records import cards, whole_groups
from tests.helpers.sessions import begin_closed, new_event, new_group

# Each example makes a file.
FEWER = settings(max_examples=settings.default.max_examples // 3)
META = {"script": "{}"}
HOLD = """
import sys
from pathlib import Path
from facilitator.storage.group_file import GroupFile
file = GroupFile.open(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
file.close()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return begin_closed(tmp_path / "группа 3.fgroup", "Первое правило", "Второе правило")


def fault_of_opening(path: Path) -> Fault:
    with pytest.raises(Fault) as caught:
        GroupFile.open(path).close()
    return caught.value


@FEWER
@given(whole_groups())
def test_every_record_comes_back_from_the_disk(records: list[AnyRecord]) -> None:
    with public_folder() as folder:
        path = folder / "g.fgroup"
        GroupFile.create(path, records, META)
        with closing(GroupFile.open(path)) as file:
            assert file.snapshot() == GroupSnapshot.of(records)
            assert file.meta() == META
            assert file.altered_records() == file.integrity_problems() == ()


@FEWER
@given(whole_groups(), st.lists(cards(), max_size=3))
def test_edits_and_their_inverse_are_carried_out_on_the_disk(
    records: list[AnyRecord], others: list[Card]
) -> None:
    with public_folder() as folder:
        path = folder / "g.fgroup"
        GroupFile.create(path, records, META)
        with closing(GroupFile.open(path)) as file:
            before = file.snapshot()
            edits = _lawful(before, others)
            with file.writing() as writer:
                writer.apply(edits)
            assert file.snapshot() == before.apply(edits)
            with file.writing() as writer:
                writer.apply(inverse(edits))
            assert file.snapshot() == before


def _lawful(group: GroupSnapshot, others: list[Card]) -> tuple[Edit, ...]:
    """Return edits that add loose cards, change others, and leave every reference whole."""
    new = {
        card.id: msgspec.structs.replace(card, group=group.group.id, author=None, cluster=None)
        for card in others
        if card.id not in group.cards
    }
    changed = [Edit(card, msgspec.structs.replace(card, text="Иначе")) for card in group.cards.values()]
    return (*added(new.values()), *changed, Edit(group.group, msgspec.structs.replace(group.group, room="4")))


def test_the_log_is_written_ahead_and_every_commit_is_flushed(path: Path) -> None:
    with closing(GroupFile.open(path)) as file:
        raw = file._database.raw
        pragmas = ("journal_mode", "synchronous", "locking_mode", "foreign_keys", "query_only")
        found = [raw.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas]
    assert found == ["wal", 2, "exclusive", 1, 1]


def test_the_file_says_whose_it_is(path: Path) -> None:
    header = path.read_bytes()[:100]
    assert header[68:72] == b"FGRP"
    assert struct.unpack_from(">I", header, 60) == (GROUP_KIND.schema,)


def test_nothing_is_written_outside_a_transaction(path: Path) -> None:
    with closing(Database(path)) as database:
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            database.raw.execute("DELETE FROM card")
        with database.reading() as connection, pytest.raises(OperationalError, match="readonly"):
            connection.execute(text("DELETE FROM card"))
        with database.writing() as connection:
            connection.execute(text("UPDATE meta SET value = value"))
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            database.raw.execute("DELETE FROM card")


def test_a_transaction_that_fails_leaves_nothing(path: Path) -> None:
    with closing(GroupFile.open(path)) as file:
        before = file.snapshot()
        card = next(iter(before.cards.values()))
        with pytest.raises(ValueError, match="one side"), file.writing() as writer:
            writer.apply([Edit(card, None), Edit(None, None)])
        assert file.snapshot() == before


def test_a_closed_file_leaves_one_file(path: Path) -> None:
    assert [each.name for each in path.parent.iterdir() if each.is_file()] == [path.name]


def test_a_file_is_open_in_one_program_only(path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, **pipes) as other:  # type: ignore[call-overload]
        assert other.stdout.readline() == b"open\n"
        fault = fault_of_opening(path)
        other.communicate(b"")
    assert isinstance(fault, EnvironmentFault)
    assert fault.code == "file-in-use"
    assert fault.facts["path"] == path
    assert other.returncode == 0
    GroupFile.open(path).close()


def test_a_file_is_open_once_in_one_program(path: Path) -> None:
    with closing(GroupFile.open(path)):
        assert fault_of_opening(path).code == "file-in-use"


def test_opening_it_twice_in_one_program_does_not_let_another_program_in(path: Path) -> None:
    """POSIX locks belong to the process: closing any descriptor of the file would drop them."""
    with closing(GroupFile.open(path)):
        fault_of_opening(path)
        other = subprocess.run(
            [sys.executable, "-c", HOLD, path], input=b"", capture_output=True, check=False
        )
    assert other.stdout == b""
    assert b"file-in-use" in other.stderr


def _stamped(path: Path, offset: int, value: int) -> None:
    data = bytearray(path.read_bytes())
    struct.pack_into(">I", data, offset, value)
    path.write_bytes(data)


def test_a_newer_file_is_refused_untouched(path: Path) -> None:
    _stamped(path, 60, GROUP_KIND.schema + 1)
    before = contents(path.parent)
    fault = fault_of_opening(path)
    assert fault.code == "file-newer"
    assert fault.facts == {"path": path, "found": GROUP_KIND.schema + 1, "known": GROUP_KIND.schema}
    assert contents(path.parent) == before


def test_a_newer_schema_that_still_lies_in_the_log_is_refused(path: Path) -> None:
    """A newer program that was killed leaves its schema in the log; the file's header is then the old one."""
    killed = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('PRAGMA user_version = 7');"
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", killed, path], check=False)
    assert struct.unpack_from(">I", path.read_bytes(), 60) == (GROUP_KIND.schema,)
    assert fault_of_opening(path).code == "file-newer"


@pytest.mark.parametrize(
    "data",
    [b"", b"SQLite format 3\x00", b"{}\n" * 100, "Пятигорск".encode() * 50, bytes(4096)],
    ids=["empty", "header-cut", "json", "text", "zeros"],
)
def test_what_is_no_database_is_refused_untouched(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "g.fgroup"
    path.write_bytes(data)
    fault = fault_of_opening(path)
    assert isinstance(fault, UserFault)
    assert fault.code == "not-a-facilitator-file"
    assert contents(tmp_path) == {"g.fgroup": hashlib.sha256(data).hexdigest()}


def test_another_programs_database_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "g.fgroup"
    with closing(sqlite3.connect(path)) as foreign:
        foreign.execute("CREATE TABLE card (id TEXT)")
    before = contents(tmp_path)
    assert fault_of_opening(path).code == "not-a-facilitator-file"
    assert contents(tmp_path) == before


def test_a_missing_file_is_named_and_not_made(tmp_path: Path) -> None:
    fault = fault_of_opening(tmp_path / "нет.fgroup")
    assert (fault.code, fault.facts) == ("file-missing", {"path": tmp_path / "нет.fgroup"})
    assert contents(tmp_path) == {}


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert fault_of_opening(tmp_path).code == "cannot-open"


def test_a_new_file_never_takes_the_place_of_another(path: Path) -> None:
    before = contents(path.parent)
    event = new_event()
    with pytest.raises(UserFault, match="file-exists"):
        GroupFile.create(path, [event, new_group(event)], META)
    assert contents(path.parent) == before


def test_a_file_is_made_whole_or_not_at_all(tmp_path: Path) -> None:
    event = new_event()

    def records() -> object:
        yield event
        raise RuntimeError("the power went")

    with pytest.raises(RuntimeError, match="power"):
        GroupFile.create(tmp_path / "g.fgroup", records(), META)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_a_half_made_file_of_a_killed_program_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / ".g.fgroup.part").write_bytes(b"half")
    begin_closed(tmp_path / "g.fgroup")
    assert {each.name for each in tmp_path.iterdir()} == {".g.fgroup.part", "g.fgroup"}


def test_of_two_programs_that_make_one_file_the_first_keeps_it(tmp_path: Path) -> None:
    path = tmp_path / "g.fgroup"
    event, other = new_event(), new_event()

    def overtaken() -> Iterator[AnyRecord]:
        GroupFile.create(path, [event, new_group(event)], META)
        yield from (other, new_group(other))

    with pytest.raises(UserFault, match="file-exists"):
        GroupFile.create(path, overtaken(), META)
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    with closing(GroupFile.open(path)) as file:
        assert file.snapshot().event == event


def test_a_disk_without_links_takes_a_new_file_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    path = begin_closed(tmp_path / "g.fgroup")
    before = contents(tmp_path)
    with pytest.raises(UserFault, match="file-exists"):
        place_new(tmp_path / "other", path)
    assert contents(tmp_path) == before


def test_the_log_of_a_lost_file_is_not_read_into_a_new_one(tmp_path: Path) -> None:
    log = tmp_path / "g.fgroup-wal"
    log.write_bytes(b"what a killed program had not yet folded in")
    before = contents(tmp_path)
    with pytest.raises(UserFault, match="file-exists") as caught:
        begin_closed(tmp_path / "g.fgroup")
    assert caught.value.facts["path"] == log
    assert contents(tmp_path) == before


def test_a_disk_that_fills_up_while_a_file_is_made_leaves_a_whole_file_or_none(tmp_path: Path) -> None:
    event = new_event()
    group = new_group(event)
    records = [
        event,
        group,
        *(Card(id=new_id(), group=group.id, kind="rule", text="Слово " * 300) for _ in range(60)),
    ]
    for kilobytes in range(256, 1_400, 128):
        with small_disk(tmp_path / str(kilobytes), f"{kilobytes}k") as disk:
            path = disk / "g.fgroup"
            try:
                GroupFile.create(path, records, META)
            except EnvironmentFault:
                assert contents(disk) == {}
            else:
                with closing(GroupFile.open(path)) as file:
                    assert len(file.snapshot().cards) == 60


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault) as caught:
        begin_closed(tmp_path / "нет" / "g.fgroup")
    assert caught.value.code == "folder-missing"
    assert caught.value.facts["path"] == tmp_path / "нет" / "g.fgroup"


def test_a_full_disk_stops_a_new_file_and_leaves_nothing(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "128k") as disk:
        fill(disk)
        before = contents(disk)
        with pytest.raises(EnvironmentFault, match="disk-full"):
            begin_closed(disk / "g.fgroup")
        assert contents(disk) == before


def test_a_full_disk_stops_an_act_and_keeps_all_before_it(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "4m") as disk:
        path = begin_closed(disk / "g.fgroup", "До того")
        service = open_group(path)
        ballast = fill(disk)
        before = service.snapshot
        with pytest.raises(EnvironmentFault, match="disk-full"):
            service.perform(AddCards("rule", ("Слово " * 300,) * 10))
        assert service.snapshot == before
        ballast.unlink()
        service.perform(AddCards("rule", ("После того",)))
        after = service.snapshot
        service.close()
        with open_group(path) as again:
            assert again.snapshot == after


def test_a_full_disk_stops_a_transaction_wherever_it_is_full(path: Path) -> None:
    with open_group(path) as service:
        before = service.snapshot
        raw = service._file._database.raw
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"PRAGMA max_page_count = {pages}").fetchall()
        with pytest.raises(EnvironmentFault, match="disk-full"):
            service.perform(AddCards("rule", ("Слово " * 300,) * 50))
        assert service.snapshot == before
        raw.execute("PRAGMA max_page_count = 1000000").fetchall()
        service.perform(AddCards("rule", ("После того",)))


def test_a_read_only_folder_is_named_and_nothing_is_left_in_it() -> None:
    with public_folder() as folder:
        path = begin_closed(folder / "g.fgroup", "Правило")
        before = contents(folder)
        path.chmod(0o444)
        with read_only(folder):
            with pytest.raises(EnvironmentFault) as made:
                begin_closed(folder / "new.fgroup")
            opened = fault_of_opening(path)
        assert (made.value.code, made.value.facts["path"]) == ("folder-read-only", folder / "new.fgroup")
        assert opened.code == "folder-read-only"
        assert contents(folder) == before


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such permissions")
def test_a_file_that_may_not_be_read_is_named() -> None:
    with public_folder() as folder:
        path = begin_closed(folder / "g.fgroup")
        path.chmod(0)
        with read_only(folder):
            assert fault_of_opening(path).code == "cannot-open"
