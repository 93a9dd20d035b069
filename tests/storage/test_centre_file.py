"""A centre's file: durable, exclusive, byte for byte, and never silently of another kind."""

import hashlib
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, inspect
from sqlalchemy.exc import IntegrityError

from facilitator.errors import EnvironmentFault, UserFault
from facilitator.storage import migrations
from facilitator.storage.backup import list_backups
from facilitator.storage.centre_file import CENTRE_KIND, CentreFile, FileAside, KeptPackage
from facilitator.storage.centre_schema import CENTRE_METADATA

DATA = b"\x00\xff package"
SHA256 = hashlib.sha256(DATA).digest()
PACKAGE = KeptPackage(
    id="a" * 64,
    principal="skfo-2018.g3",
    origin=f"SHA256:{'A' * 42}//laptop",
    rev=2**53 - 1,
    parents=("b" * 64,),
    clock={"SHA256:other/laptop": (1, "b" * 64)},
    created="2018-10-01T10:00:00Z",
    received="2018-10-01T18:00:00Z",
)
ASIDE = FileAside(
    outcome="quarantined",
    reason="key-unknown",
    facts={"fingerprint": "SHA256:…"},
    name="группа 3.fpkg",
    received="2018-10-01T18:00:00Z",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "centre.fcentre"


@pytest.fixture
def file(path: Path) -> Iterator[CentreFile]:
    with closing(CentreFile.open(path, create=True)) as file:
        yield file


def test_a_package_comes_back_as_it_was_kept(file: CentreFile, path: Path) -> None:
    file.keep(PACKAGE, DATA, SHA256)
    file.close()
    with closing(CentreFile.open(path, create=False)) as again:
        assert again.packages() == (PACKAGE,)
        assert again.find(SHA256) == (PACKAGE.id, "group")
        assert again.find(bytes(32)) is None
        assert again.holds(PACKAGE.id)
        assert not again.holds("c" * 64)
        assert again.data(PACKAGE.id) == DATA
        with pytest.raises(KeyError):
            again.data("c" * 64)


def test_bytes_put_aside_are_kept_once_with_the_newest_reason_and_the_first_time(file: CentreFile) -> None:
    file.put_aside(ASIDE, SHA256, DATA)
    refused = FileAside(
        "refused", "key-revoked", {"path": Path("x"), "n": 1}, "other", "2018-10-02T08:00:00Z"
    )
    file.put_aside(refused, SHA256, DATA)
    expected = FileAside("refused", "key-revoked", {"path": "x", "n": 1}, ASIDE.name, ASIDE.received)
    assert file.aside() == (expected,)


def test_a_package_taken_in_is_no_longer_aside(file: CentreFile) -> None:
    file.put_aside(ASIDE, SHA256, DATA)
    file.put_aside(ASIDE, bytes(32), b"another")
    file.keep(PACKAGE, DATA, SHA256)
    assert [(each.package, each.data) for each in file.originals()] == [
        (PACKAGE, DATA),
        (None, b"another"),
    ]
    assert len(file.aside()) == 1


def test_a_package_is_taken_in_whole_or_not_at_all(file: CentreFile) -> None:
    file.put_aside(ASIDE, SHA256, DATA)
    file._database.raw.execute("PRAGMA query_only=OFF")
    file._database.raw.execute(
        "CREATE TEMP TRIGGER full BEFORE DELETE ON aside BEGIN SELECT RAISE(ABORT, 'full'); END"
    )
    with pytest.raises(IntegrityError, match="full"):
        file.keep(PACKAGE, DATA, SHA256)
    assert not file.holds(PACKAGE.id)
    assert len(file.aside()) == 1


def test_nothing_is_written_outside_a_transaction(file: CentreFile) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        file._database.raw.execute("DELETE FROM package")


def test_a_second_program_opens_nothing_and_says_so(file: CentreFile, path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="file-in-use"):
        CentreFile.open(path, create=True)


def test_a_file_of_another_kind_is_refused_and_left_as_it_is(path: Path) -> None:
    path.write_bytes(b"not a database")
    with pytest.raises(UserFault, match="not-a-facilitator-file"):
        CentreFile.open(path, create=True)
    assert path.read_bytes() == b"not a database"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="folder-missing"):
        CentreFile.open(tmp_path / "no" / "centre.fcentre", create=True)


def test_a_newer_file_is_refused(file: CentreFile, path: Path) -> None:
    file.close()
    raw = bytearray(path.read_bytes())
    raw[60:64] = struct.pack(">I", CENTRE_KIND.schema + 1)
    path.write_bytes(raw)
    with pytest.raises(UserFault, match="file-newer"):
        CentreFile.open(path, create=False)


def test_an_older_file_is_backed_up_and_upgraded(path: Path) -> None:
    with closing(sqlite3.connect(path)) as older:
        older.execute(f"PRAGMA application_id = {CENTRE_KIND.application_id}")
        older.execute("VACUUM")
    with closing(CentreFile.open(path, create=False)) as file:
        file.keep(PACKAGE, DATA, SHA256)
        assert file.integrity_problems() == ()
    (backup,) = list_backups(path)
    assert backup.sound


@pytest.fixture
def engine(path: Path) -> Iterator[Engine]:
    CentreFile.open(path, create=True).close()
    engine = create_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


def test_the_migrations_make_the_tables_that_the_program_knows(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, CENTRE_METADATA) == []


def test_the_migrations_can_be_taken_back(engine: Engine) -> None:
    folder = Path(migrations.__file__).parent
    config = Config()
    config.set_main_option("path_separator", "newline")
    config.set_main_option("script_location", str(folder))
    config.set_main_option("version_locations", str(folder / CENTRE_KIND.migrations))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
