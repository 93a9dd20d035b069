"""The first schema of a centre's file. It stands alone: it never imports today's tables."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "c0001"
down_revision = None


def _column(name: str, kind: type[sa.types.TypeEngine[Any]]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _sha256() -> sa.Column[Any]:
    return sa.Column("sha256", sa.LargeBinary(32), nullable=False, unique=True)


def upgrade() -> None:
    """Create all tables."""
    op.create_table(
        "package",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        _sha256(),
        sa.Column("principal", sa.Text, nullable=False, index=True),
        _column("origin", sa.Text),
        _column("rev", sa.Integer),
        _column("parents", sa.JSON),
        _column("clock", sa.JSON),
        _column("created", sa.Text),
        _column("received", sa.Text),
        _column("data", sa.LargeBinary),
    )
    op.create_table(
        "aside",
        sa.Column("seq", sa.Integer, primary_key=True),
        _sha256(),
        _column("outcome", sa.Text),
        _column("reason", sa.Text),
        _column("facts", sa.JSON),
        _column("name", sa.Text),
        _column("received", sa.Text),
        _column("data", sa.LargeBinary),
    )


def downgrade() -> None:
    """Take all tables away."""
    op.drop_table("aside")
    op.drop_table("package")
