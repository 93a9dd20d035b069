"""Exports know their kind: the names of participants leave in packages of their own."""

import sqlalchemy as sa
from alembic import op

revision = "g0002"
down_revision = "g0001"


def upgrade() -> None:
    """Call every export so far that of a group, which it was."""
    op.add_column("export", sa.Column("kind", sa.Text, nullable=False, server_default="group"))


def downgrade() -> None:
    """Forget the kinds; the revisions stay taken, but no package of names passes for one of the group."""
    op.execute("UPDATE export SET package = NULL WHERE kind <> 'group'")
    op.drop_column("export", "kind")
