"""The journal of acts: what was done, what is undone, and the edits that turn one into the other."""

import json
import sqlite3
from dataclasses import dataclass

import msgspec

from facilitator.domain.edits import Edit, decode_edits
from facilitator.storage.mappers import digest_of_texts

UNDO_LIMIT = 200

_ACT = "SELECT seq, at, code, subject, edits, digest FROM journal"
_NEWEST = f"{_ACT} WHERE state = ? ORDER BY seq DESC LIMIT 1"
_OLDEST = f"{_ACT} WHERE state = ? ORDER BY seq LIMIT 1"
_REMEMBERED = f"{_ACT} WHERE edits IS NOT NULL OR digest IS NOT NULL"
_STRAY = "SELECT seq FROM journal WHERE state NOT IN ('done', 'undone', 'dropped') LIMIT 1"
_LOG = "SELECT seq, at, coalesce(actor, ''), code, subject, undone FROM journal ORDER BY seq"
_DROP_UNDONE = "UPDATE journal SET state = 'dropped', edits = NULL, digest = NULL WHERE state = 'undone'"
_APPEND = (
    "INSERT INTO journal (at, code, subject, edits, digest, actor, state) VALUES (?, ?, ?, ?, ?, ?, 'done')"
)
_FORGET_OLDEST = """UPDATE journal SET edits = NULL, digest = NULL WHERE seq = (
    SELECT seq FROM journal WHERE state = 'done' ORDER BY seq DESC LIMIT 1 OFFSET ?)"""


@dataclass(frozen=True)
class Act:
    """One act: its number, time, code (such as ``card-added``), the words it was about, and its edits."""

    seq: int
    at: str
    code: str
    subject: str
    written: str
    """The edits as they were written down; most acts are only asked what they are called."""

    @property
    def edits(self) -> tuple[Edit, ...]:
        """Read the edits. Raises ``ValueError``, ``TypeError``, ``UserFault`` for what we did not write."""
        return decode_edits(json.loads(self.written))


@dataclass(frozen=True)
class LogLine:
    """One act as the log of acts tells it. ``undone`` says when it was taken back, ``None`` while it stands.

    ``actor`` is who led the group at that time.
    """

    seq: int
    at: str
    actor: str
    code: str
    subject: str
    undone: str | None


def append_act(
    driver: sqlite3.Connection, at: str, actor: str, code: str, subject: str, edits: tuple[Edit, ...]
) -> None:
    """Write down an act that was just done. What had been undone can no longer be redone."""
    words = (at, code, subject, msgspec.json.encode(edits).decode())
    driver.execute(_DROP_UNDONE)
    driver.execute(_APPEND, (*words, digest_of_texts(words), actor))
    driver.execute(_FORGET_OLDEST, (UNDO_LIMIT,))


def last_done(driver: sqlite3.Connection) -> Act | None:
    """Return the act that undo would take back, or ``None``. Raises what :func:`check_acts` raises."""
    return _find(driver, "done", newest=True)


def first_undone(driver: sqlite3.Connection) -> Act | None:
    """Return the act that redo would do again, or ``None``. Raises what :func:`check_acts` raises."""
    return _find(driver, "undone", newest=False)


def check_acts(driver: sqlite3.Connection) -> None:
    """Compare every act that undo or redo can reach with its SHA-256, and read it.

    Raises ``ValueError``, ``TypeError``, ``UserFault`` for what the program did not write.
    """
    _check_states(driver)
    for row in driver.execute(_REMEMBERED).fetchall():
        _ = _act(*row).edits


def mark_done(driver: sqlite3.Connection, act: Act) -> None:
    """Say of an act that it stands again."""
    driver.execute("UPDATE journal SET state = 'done', undone = NULL WHERE seq = ?", (act.seq,))


def mark_undone(driver: sqlite3.Connection, act: Act, at: str) -> None:
    """Say of an act that it was taken back."""
    driver.execute("UPDATE journal SET state = 'undone', undone = ? WHERE seq = ?", (at, act.seq))


def read_log(driver: sqlite3.Connection) -> tuple[LogLine, ...]:
    """Return every act there ever was, oldest first; those too old to be undone too."""
    return tuple(LogLine(*row) for row in driver.execute(_LOG))


def _find(driver: sqlite3.Connection, state: str, *, newest: bool) -> Act | None:
    _check_states(driver)
    row = driver.execute(_NEWEST if newest else _OLDEST, (state,)).fetchone()
    return None if row is None or row[-2:] == (None, None) else _act(*row)


def _check_states(driver: sqlite3.Connection) -> None:
    """Check that no act is passed over because its state cannot be told. Raises ``ValueError``."""
    if driver.execute(_STRAY).fetchone():
        raise ValueError("an act is in no known state")


def _act(seq: int, at: str, code: str, subject: str, edits: str, digest: bytes) -> Act:
    if digest_of_texts((at, code, subject, edits)) != digest:
        raise ValueError("an act is not as it was written down")
    return Act(seq, at, code, subject, edits)
