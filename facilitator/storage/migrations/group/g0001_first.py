"""The first schema of a group's file. It stands alone: it never imports today's tables."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "g0001"
down_revision = None


def _text(name: str, required: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, nullable=not required)


def _integer(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, nullable=False)


def _refers(name: str, target: str, required: bool = True) -> sa.Column[Any]:
    key = sa.ForeignKey(f"{target}.id", deferrable=True, initially="DEFERRED")
    return sa.Column(name, sa.Text, key, nullable=not required, index=True)


def _digest(required: bool = True) -> sa.Column[Any]:
    return sa.Column("digest", sa.LargeBinary(32), nullable=not required)


def _records(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(name, sa.Column("id", sa.Text, primary_key=True), *columns, _digest())


def upgrade() -> None:
    """Create all tables."""
    _records(
        "event",
        *(_text(name) for name in ("code", "script", "district", "city", "starts", "ends")),
        _text("venue", False),
        _text("title", False),
    )
    _records(
        "group",
        _refers("event", "event"),
        _integer("number"),
        _text("theme"),
        _text("moderator"),
        _text("room", False),
    )
    _records(
        "participant",
        _refers("group", "group"),
        _text("label"),
        _text("region", False),
        _text("category", False),
    )
    _records(
        "person",
        _text("name"),
        *(_text(name, False) for name in ("organization", "position", "contact")),
        sa.Column("consent", sa.Boolean, nullable=False),
    )
    _records("cluster", _refers("group", "group"), _text("step"), _text("title"), _integer("position"))
    _records(
        "card",
        _refers("group", "group"),
        _text("kind"),
        _text("text"),
        _refers("author", "participant", False),
        _refers("cluster", "cluster", False),
        _text("status"),
        sa.Column("marks", sa.JSON, nullable=False),
        sa.Column("fields", sa.JSON, nullable=False),
        _integer("position"),
        _text("created", False),
        _text("modified", False),
        sa.Column("private", sa.Boolean, nullable=False),
    )
    _records(
        "link",
        _refers("group", "group"),
        _refers("source", "card"),
        _refers("target", "card"),
        _text("relation"),
    )
    _records(
        "round",
        _refers("group", "group"),
        _text("step"),
        _text("method"),
        _text("state"),
        sa.Column("budget", sa.Integer),
    )
    _records(
        "vote",
        _refers("round", "round"),
        _refers("card", "card"),
        _integer("value"),
        _refers("participant", "participant", False),
        _text("objection", False),
    )
    _records(
        "step",
        _refers("group", "group"),
        _text("step"),
        _text("state"),
        *(_text(name, False) for name in ("started", "finished", "note")),
    )
    op.create_table("meta", sa.Column("name", sa.Text, primary_key=True), _text("value"), _digest())
    op.create_table(
        "journal",
        sa.Column("seq", sa.Integer, primary_key=True),
        *(_text(name) for name in ("at", "code", "subject", "state")),
        _text("edits", False),
        _digest(False),
    )
    op.create_index("journal_state", "journal", ["state", "seq"])
    op.create_table(
        "export",
        sa.Column("rev", sa.Integer, primary_key=True),
        *(_text(name) for name in ("created", "fingerprint", "replica")),
        _text("package", False),
    )


def downgrade() -> None:
    """Take all tables away."""
    for name in ("export", "journal", "meta", "step", "vote", "round", "link", "card", "cluster"):
        op.drop_table(name)
    for name in ("person", "participant", "group", "event"):
        op.drop_table(name)
