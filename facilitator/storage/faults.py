"""What SQLite and the disk say, as faults a person can act on."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from facilitator.errors import EnvironmentFault, Fault, UserFault

_ENVIRONMENT = {
    "SQLITE_BUSY": "file-in-use",
    "SQLITE_LOCKED": "file-in-use",
    "SQLITE_FULL": "disk-full",
    "SQLITE_READONLY": "folder-read-only",
    "SQLITE_CANTOPEN": "cannot-open",
    "SQLITE_PERM": "cannot-open",
    "SQLITE_IOERR": "disk-error",
    "SQLITE_CORRUPT": "file-damaged",
}
# The schema has been checked by then, and the program writes UTF-8: bits have flipped.
_OF_DAMAGE = ("Could not decode to UTF-8", "no such column", "no such table", "no such index")


def fault_of(error: sqlite3.Error, path: Path) -> Fault | None:
    """Return the fault behind an SQLite error, or ``None`` when the error is the program's own."""
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith("SQLITE_NOTADB"):
        return UserFault("not-a-facilitator-file", path=path)
    for prefix, code in _ENVIRONMENT.items():
        if name.startswith(prefix):
            return EnvironmentFault(code, path=path)
    if str(error).startswith(_OF_DAMAGE):
        return EnvironmentFault("file-damaged", path=path)
    return None


@contextmanager
def damage(path: Path) -> Iterator[None]:
    """Raise ``EnvironmentFault("file-damaged")`` when the program did not write what is read at ``path``."""
    try:
        yield
    except (ValueError, TypeError, UserFault) as error:
        raise EnvironmentFault("file-damaged", path=path) from error


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raise faults for what goes wrong outside the program while a database at ``path`` is used."""
    try:
        yield
    except DBAPIError as error:
        fault = fault_of(error.orig, path) if isinstance(error.orig, sqlite3.Error) else None
        if fault is None:
            raise
        raise fault from error
    except sqlite3.Error as error:
        fault = fault_of(error, path)
        if fault is None:
            raise
        raise fault from error
    except UnicodeDecodeError as error:  # in SQLite's own message, when it quotes a broken name
        raise EnvironmentFault("file-damaged", path=path) from error
