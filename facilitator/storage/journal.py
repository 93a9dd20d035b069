"""The journal of acts: what was done, what is undone, and the edits that turn one into the other."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, insert, or_, select, update

from facilitator.domain.edits import Edit, decode_edits, encode_edits
from facilitator.storage.mappers import digest_of_texts
from facilitator.storage.schema import JOURNAL

UNDO_LIMIT = 200
_STATES = ("done", "undone", "dropped")
_FORGOTTEN = {"edits": None, "digest": None}
_REMEMBERED = or_(JOURNAL.c.edits.is_not(None), JOURNAL.c.digest.is_not(None))


@dataclass(frozen=True)
class Act:
    """One act: its number, time, code (such as ``card-added``), the words it was about, and its edits."""

    seq: int
    at: str
    code: str
    subject: str
    edits: tuple[Edit, ...]


def append_act(connection: Connection, at: str, code: str, subject: str, edits: tuple[Edit, ...]) -> None:
    """Write down an act that was just done. What had been undone can no longer be redone."""
    undone = JOURNAL.c.state == "undone"
    connection.execute(update(JOURNAL).where(undone).values(state="dropped", **_FORGOTTEN))
    words = {"at": at, "code": code, "subject": subject, "edits": json.dumps(encode_edits(edits))}
    digest = digest_of_texts(tuple(words.values()))
    connection.execute(insert(JOURNAL).values(**words, state="done", digest=digest))
    done = select(JOURNAL.c.seq).where(JOURNAL.c.state == "done").order_by(JOURNAL.c.seq.desc())
    too_old = done.limit(1).offset(UNDO_LIMIT).scalar_subquery()
    connection.execute(
        update(JOURNAL).where(JOURNAL.c.seq <= too_old, JOURNAL.c.edits.is_not(None)).values(_FORGOTTEN)
    )


def last_done(connection: Connection) -> Act | None:
    """Return the act that undo would take back, or ``None``. Raises what :func:`check_acts` raises."""
    return _find(connection, "done", newest=True)


def first_undone(connection: Connection) -> Act | None:
    """Return the act that redo would do again, or ``None``. Raises what :func:`check_acts` raises."""
    return _find(connection, "undone", newest=False)


def check_acts(connection: Connection) -> None:
    """Compare every act that undo or redo can reach with its SHA-256, and read it.

    Raises ``ValueError``, ``TypeError``, ``UserFault`` for what the program did not write.
    """
    _check_states(connection)
    for row in connection.execute(select(JOURNAL).where(_REMEMBERED)):
        _act(row)


def mark(connection: Connection, act: Act, state: str) -> None:
    """Say of an act that it is ``done`` or ``undone`` now."""
    connection.execute(update(JOURNAL).where(JOURNAL.c.seq == act.seq).values(state=state))


def _find(connection: Connection, state: str, *, newest: bool) -> Act | None:
    _check_states(connection)
    edge = func.max if newest else func.min
    seq = select(edge(JOURNAL.c.seq)).where(JOURNAL.c.state == state).scalar_subquery()
    row = connection.execute(select(JOURNAL).where(JOURNAL.c.seq == seq, _REMEMBERED)).one_or_none()
    return None if row is None else _act(row)


def _check_states(connection: Connection) -> None:
    """Check that no act is passed over because its state cannot be told. Raises ``ValueError``."""
    if connection.execute(select(JOURNAL.c.seq).where(JOURNAL.c.state.not_in(_STATES)).limit(1)).first():
        raise ValueError("an act is in no known state")


def _act(row: Row[Any]) -> Act:
    if digest_of_texts((row.at, row.code, row.subject, row.edits)) != row.digest:
        raise ValueError("an act is not as it was written down")
    return Act(row.seq, row.at, row.code, row.subject, decode_edits(json.loads(row.edits)))
