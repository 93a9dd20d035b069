"""Alembic from code: bring a file's schema up to the newest, one numbered revision at a time."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from facilitator.storage.engine import FileKind

_HERE = Path(__file__).parent


def upgrade(connection: Connection, kind: FileKind) -> None:
    """Bring the connected file to the newest schema of its kind and stamp ``application_id`` and
    ``user_version``.

    Runs inside the caller's transaction: all of it or nothing.
    """
    config = Config()
    config.set_main_option("path_separator", "newline")
    config.set_main_option("script_location", str(_HERE))
    config.set_main_option("version_locations", str(_HERE / kind.migrations))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    connection.execute(text(f"PRAGMA application_id = {kind.application_id}"))
    connection.execute(text(f"PRAGMA user_version = {kind.schema}"))
