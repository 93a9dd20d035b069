"""Files as earlier programs made them, and as they would get them back."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from facilitator.storage import migrations
from facilitator.storage.engine import FileKind
from facilitator.storage.opening import create_database, open_database

_REVISIONS = Path(migrations.__file__).parent


def make_first(path: Path, kind: FileKind, fill: Callable[[Connection], None]) -> None:
    """Make a file of the first schema, by its revision alone, with what ``fill`` writes into it."""
    alone = path.parent / f"{path.name}.revisions"
    alone.mkdir()
    (first,) = (_REVISIONS / kind.migrations).glob("*0001_*.py")
    shutil.copy(first, alone)
    create_database(path, replace(kind, schema=1, migrations=str(alone)), fill)


def take_back(path: Path, kind: FileKind) -> None:
    """Bring a file of today back to the first schema."""
    config = Config()
    config.set_main_option("path_separator", "newline")
    config.set_main_option("script_location", str(_REVISIONS))
    config.set_main_option("version_locations", str(_REVISIONS / kind.migrations))
    database = open_database(path, kind)
    try:
        with database.writing() as connection:
            config.attributes["connection"] = connection
            command.downgrade(config, f"{kind.migrations[0]}0001")
            connection.execute(text("PRAGMA user_version = 1"))
    finally:
        database.close()
