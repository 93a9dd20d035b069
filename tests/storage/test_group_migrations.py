"""Schemas: the revisions make the tables the program knows, and an older file is copied, then brought up."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text

from facilitator.storage import migrations
from facilitator.storage.backup import backup_folder, list_backups
from facilitator.storage.engine import FileKind
from facilitator.storage.group_file import GROUP_KIND, GroupFile
from facilitator.storage.opening import open_database
from facilitator.storage.schema import GROUP_METADATA
from tests.helpers.sessions import begin_closed

NEXT = '''
"""A revision of the future: cards are counted in the group."""

import sqlalchemy as sa
from alembic import op

revision = "g0004"
down_revision = "g0003"


def upgrade() -> None:
    op.add_column("group", sa.Column("cards", sa.Integer))
    op.execute('UPDATE "group" SET cards = (SELECT count(*) FROM card)')
    {last}


def downgrade() -> None:
    op.drop_column("group", "cards")
'''


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = begin_closed(tmp_path / "g.fgroup", "Первое правило", "Второе правило")
    shutil.rmtree(backup_folder(path))
    return path


def next_kind(folder: Path, last: str = "pass") -> FileKind:
    """Return the kind of group's file that a later program with one more revision would know."""
    there = shutil.copytree(Path(migrations.__file__).parent / GROUP_KIND.migrations, folder / "revisions")
    (there / "g0004_next.py").write_text(NEXT.replace("{last}", last), "utf-8")
    return replace(GROUP_KIND, schema=GROUP_KIND.schema + 1, migrations=str(there))


def config_of(kind: FileKind) -> Config:
    folder = Path(migrations.__file__).parent
    config = Config()
    config.set_main_option("path_separator", "newline")
    config.set_main_option("script_location", str(folder))
    config.set_main_option("version_locations", str(folder / kind.migrations))
    return config


def test_the_revisions_make_the_tables_that_the_program_knows(path: Path) -> None:
    with create_engine(f"sqlite:///{path}").connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, GROUP_METADATA) == []
        connection.engine.dispose()


def test_the_first_revision_can_be_taken_back(path: Path) -> None:
    engine = create_engine(f"sqlite:///{path}")
    config = config_of(GROUP_KIND)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    engine.dispose()


def test_an_older_file_is_copied_then_brought_up_with_its_data(path: Path, tmp_path: Path) -> None:
    with closing(GroupFile.open(path)) as file:
        before = file.snapshot()
    kind = next_kind(tmp_path)
    with closing(open_database(path, kind)) as database:
        assert database.schema == kind.schema
        with database.reading() as connection:
            assert connection.execute(text('SELECT cards FROM "group"')).scalar() == 2
    (copy,) = list_backups(path)
    assert copy.sound
    with closing(GroupFile.open(copy.path)) as older:
        assert older.snapshot() == before
    open_database(path, kind).close()
    assert len(list_backups(path)) == 1


def test_a_file_that_was_brought_up_can_be_taken_back_with_its_data(path: Path, tmp_path: Path) -> None:
    with closing(GroupFile.open(path)) as file:
        before = file.snapshot()
    kind = next_kind(tmp_path)
    config = config_of(kind)
    with closing(open_database(path, kind)) as database, database.writing() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "g0003")
        connection.execute(text(f"PRAGMA user_version = {GROUP_KIND.schema}"))
    with closing(GroupFile.open(path)) as file:
        assert file.snapshot() == before
        assert file.integrity_problems() == file.altered_records() == ()


def test_a_revision_that_fails_leaves_the_older_file_as_it_was(path: Path, tmp_path: Path) -> None:
    with closing(GroupFile.open(path)) as file:
        before = file.snapshot()
    with pytest.raises(ZeroDivisionError):
        open_database(path, next_kind(tmp_path, "1 / 0"))
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (GROUP_KIND.schema,)
    with closing(GroupFile.open(path)) as file:
        assert file.snapshot() == before
    assert [copy.sound for copy in list_backups(path)] == [True]
