"""Notes of the room, a journal that says whose act it was and when it was undone, and fewer indexes."""

import sqlalchemy as sa
from alembic import op

revision = "g0003"
down_revision = "g0002"

_NEEDLESS = (
    ("group", "event"),
    ("participant", "group"),
    ("card", "group"),
    ("card", "author"),
    ("card", "cluster"),
    ("cluster", "group"),
    ("link", "group"),
    ("round", "group"),
    ("vote", "participant"),
    ("step", "group"),
)
"""Tables and columns by which nothing is searched; each act had to write these indexes too."""


def upgrade() -> None:
    """Make room for notes; of earlier acts nobody knows who did them and when they were undone."""
    op.create_table(
        "note",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
    )
    op.add_column("journal", sa.Column("actor", sa.Text))
    op.add_column("journal", sa.Column("undone", sa.Text))
    for table, column in _NEEDLESS:
        op.drop_index(f"ix_{table}_{column}", table)


def downgrade() -> None:
    """Forget the notes: they are no part of what the group has said."""
    for table, column in _NEEDLESS:
        op.create_index(f"ix_{table}_{column}", table, [column])
    op.drop_column("journal", "undone")
    op.drop_column("journal", "actor")
    op.drop_table("note")
