"""The journal of acts: what was done, what is undone, and the edits that turn one into the other."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from facilitator.domain.edits import Edit, decode_edits, encode_edits
from facilitator.storage.schema import JOURNAL

UNDO_LIMIT = 200


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
    connection.execute(update(JOURNAL).where(undone).values(state="dropped", edits=None))
    connection.execute(
        insert(JOURNAL).values(
            at=at, code=code, subject=subject, state="done", edits=json.dumps(encode_edits(edits))
        )
    )
    done = select(JOURNAL.c.seq).where(JOURNAL.c.state == "done").order_by(JOURNAL.c.seq.desc())
    too_old = done.limit(1).offset(UNDO_LIMIT).scalar_subquery()
    connection.execute(
        update(JOURNAL).where(JOURNAL.c.seq <= too_old, JOURNAL.c.edits.is_not(None)).values(edits=None)
    )


def last_done(connection: Connection) -> Act | None:
    """Return the act that undo would take back, or ``None``."""
    return _find(connection, "done", newest=True)


def first_undone(connection: Connection) -> Act | None:
    """Return the act that redo would do again, or ``None``."""
    return _find(connection, "undone", newest=False)


def check_acts(connection: Connection) -> None:
    """Read every act that undo or redo can reach. Raises ``ValueError``, ``TypeError``, ``UserFault``."""
    for row in connection.execute(select(JOURNAL).where(JOURNAL.c.edits.is_not(None))):
        _act(row)


def mark(connection: Connection, act: Act, state: str) -> None:
    """Say of an act that it is ``done`` or ``undone`` now."""
    connection.execute(update(JOURNAL).where(JOURNAL.c.seq == act.seq).values(state=state))


def _find(connection: Connection, state: str, *, newest: bool) -> Act | None:
    edge = func.max if newest else func.min
    seq = select(edge(JOURNAL.c.seq)).where(JOURNAL.c.state == state).scalar_subquery()
    row = connection.execute(
        select(JOURNAL).where(JOURNAL.c.seq == seq, JOURNAL.c.edits.is_not(None))
    ).one_or_none()
    return None if row is None else _act(row)


def _act(row: Row[Any]) -> Act:
    return Act(row.seq, row.at, row.code, row.subject, decode_edits(json.loads(row.edits)))
