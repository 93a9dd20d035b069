"""The tables of a group's file. Rows of records, of the journal and of what is pinned carry the SHA-256 of
what they say, which ``doctor`` compares."""

from collections.abc import Mapping

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

from facilitator.domain.records import (
    Card,
    Cluster,
    Event,
    Group,
    Link,
    Participant,
    Person,
    Record,
    Round,
    Step,
    Vote,
)
from facilitator.storage.export_log import export_table

GROUP_METADATA = MetaData()


def _record_table(name: str, *columns: Column[object]) -> Table:
    key = Column("id", Text, primary_key=True)
    return Table(name, GROUP_METADATA, key, *columns, Column("digest", LargeBinary(32), nullable=False))


def _text(name: str, *, required: bool = True) -> Column[object]:
    return Column(name, Text, nullable=not required)


def _refers(name: str, target: str, *, required: bool = True, indexed: bool = False) -> Column[object]:
    """A reference checked at commit, so that edits of one act may come in any order.

    ``indexed`` where many rows may go with the one they refer to; every other index is only a page more to
    write with each act.
    """
    return Column(
        name,
        Text,
        ForeignKey(f"{target}.id", deferrable=True, initially="DEFERRED"),
        nullable=not required,
        index=indexed,
    )


RECORD_TABLES: Mapping[type[Record], Table] = {
    Event: _record_table(
        "event",
        *map(_text, ("code", "script", "district", "city", "starts", "ends")),
        _text("venue", required=False),
        _text("title", required=False),
    ),
    Group: _record_table(
        "group",
        _refers("event", "event"),
        Column("number", Integer, nullable=False),
        _text("theme"),
        _text("moderator"),
        _text("room", required=False),
    ),
    Participant: _record_table(
        "participant",
        _refers("group", "group"),
        _text("label"),
        _text("region", required=False),
        _text("category", required=False),
    ),
    Person: _record_table(
        "person",
        _text("name"),
        _text("organization", required=False),
        _text("position", required=False),
        _text("contact", required=False),
        Column("consent", Boolean, nullable=False),
    ),
    Card: _record_table(
        "card",
        _refers("group", "group"),
        _text("kind"),
        _text("text"),
        _refers("author", "participant", required=False),
        _refers("cluster", "cluster", required=False),
        _text("status"),
        Column("marks", JSON, nullable=False),
        Column("fields", JSON, nullable=False),
        Column("position", Integer, nullable=False),
        _text("created", required=False),
        _text("modified", required=False),
        Column("private", Boolean, nullable=False),
    ),
    Cluster: _record_table(
        "cluster",
        _refers("group", "group"),
        _text("step"),
        _text("title"),
        Column("position", Integer, nullable=False),
    ),
    Link: _record_table(
        "link",
        _refers("group", "group"),
        _refers("source", "card", indexed=True),
        _refers("target", "card", indexed=True),
        _text("relation"),
    ),
    Round: _record_table(
        "round",
        _refers("group", "group"),
        _text("step"),
        _text("method"),
        _text("state"),
        Column("budget", Integer),
    ),
    Vote: _record_table(
        "vote",
        _refers("round", "round", indexed=True),
        _refers("card", "card", indexed=True),
        Column("value", Integer, nullable=False),
        _refers("participant", "participant", required=False),
        _text("objection", required=False),
    ),
    Step: _record_table(
        "step",
        _refers("group", "group"),
        _text("step"),
        _text("state"),
        _text("started", required=False),
        _text("finished", required=False),
        _text("note", required=False),
    ),
}

META = Table(
    "meta",
    GROUP_METADATA,
    Column("name", Text, primary_key=True),
    _text("value"),
    Column("digest", LargeBinary(32), nullable=False),
)

NOTES = Table(
    "note",
    GROUP_METADATA,
    Column("key", Text, primary_key=True),
    _text("value"),
    Column("digest", LargeBinary(32), nullable=False),
)

JOURNAL = Table(
    "journal",
    GROUP_METADATA,
    Column("seq", Integer, primary_key=True),
    _text("at"),
    _text("code"),
    _text("subject"),
    _text("state"),
    Column("edits", Text),
    Column("digest", LargeBinary(32)),  # kept as long as the edits are
    _text("actor", required=False),
    _text("undone", required=False),
)
Index("journal_state", JOURNAL.c.state, JOURNAL.c.seq)

EXPORTS = export_table(GROUP_METADATA)
