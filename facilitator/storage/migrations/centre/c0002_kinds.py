"""Packages of every kind, what they count, the packages a centre makes itself, and its name for those."""

import re
import uuid

import sqlalchemy as sa
from alembic import op

revision = "c0002"
down_revision = "c0001"


_COUNTS = re.compile(rb'"counts":(\{(?:"[a-z-]+":[1-9][0-9]{0,15}(?:,(?=")|(?=\})))*\})')
"""What a package counts, as its envelope says: nothing in the archive is compressed, and that comes first."""


def _counts(package: object) -> str:
    """Return what a package counts; nothing for a damaged one, of which the doctor tells."""
    found = _COUNTS.search(package) if isinstance(package, bytes) else None
    return found[1].decode() if found else "{}"


def upgrade() -> None:
    """Call every package so far that of a group, which it was, and read what its envelope counts.

    ``replica`` is drawn here, so that every centre is an origin of its own.
    """
    op.add_column("package", sa.Column("kind", sa.Text, nullable=False, server_default="group"))
    op.add_column("package", sa.Column("counts", sa.JSON, nullable=False, server_default="{}"))
    op.add_column("package", sa.Column("came_as", sa.LargeBinary(32)))
    op.create_index("ix_package_came_as", "package", ["came_as"])
    connection = op.get_bind()
    for (seq,) in connection.execute(sa.text("SELECT seq FROM package")).fetchall():
        one = {"seq": seq}
        data = connection.execute(sa.text("SELECT data FROM package WHERE seq = :seq"), one).scalar_one()
        change = sa.text("UPDATE package SET counts = :counts WHERE seq = :seq")
        connection.execute(change, {"counts": _counts(data), "seq": seq})
    op.create_table(
        "export",
        sa.Column("rev", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("created", "fingerprint", "replica")),
        sa.Column("package", sa.Text),
        sa.Column("kind", sa.Text, nullable=False, server_default="group"),
    )
    meta = op.create_table(
        "meta", sa.Column("name", sa.Text, primary_key=True), sa.Column("value", sa.Text, nullable=False)
    )
    op.bulk_insert(meta, [{"name": "replica", "value": str(uuid.uuid4())}])


def downgrade() -> None:
    """Go back to packages of groups alone; the others are given up."""
    op.execute("DELETE FROM package WHERE kind <> 'group'")
    op.drop_table("meta")
    op.drop_table("export")
    op.drop_index("ix_package_came_as", "package")
    op.drop_column("package", "came_as")
    op.drop_column("package", "counts")
    op.drop_column("package", "kind")
