"""A glance at a group's file that neither opens, locks nor upgrades it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from facilitator.errors import Fault
from facilitator.storage.engine import read_header
from facilitator.storage.group_file import GROUP_KIND


def group_in(path: Path) -> str | None:
    """Return the id of the group whose file this is, or ``None`` when the file does not tell.

    ``immutable`` passes over the log and any lock: the record of the group is what a file is made with, and
    its id never changes.
    """
    try:
        if read_header(path).application_id != GROUP_KIND.application_id:
            return None
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)) as look:
            row = look.execute('SELECT id FROM "group"').fetchone()
    except (Fault, sqlite3.Error):
        return None
    return None if row is None else str(row[0])
