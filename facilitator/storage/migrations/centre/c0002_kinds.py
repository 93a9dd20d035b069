"""Packages of every kind, what they count, and the packages a centre makes itself."""

import io
import json
import zipfile

import sqlalchemy as sa
from alembic import op

revision = "c0002"
down_revision = "c0001"


def _counts(package: bytes) -> str:
    """Return what a package counts; nothing for a damaged one, of which the doctor tells."""
    try:
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            (name,) = (name for name in archive.namelist() if name.endswith("/data/package.json"))
            return json.dumps(json.loads(archive.read(name))["counts"])
    except (zipfile.BadZipFile, ValueError, KeyError):
        return "{}"


def upgrade() -> None:
    """Call every package so far that of a group, which it was, and read what its envelope counts."""
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


def downgrade() -> None:
    """Go back to packages of groups alone; the others are given up."""
    op.execute("DELETE FROM package WHERE kind <> 'group'")
    op.drop_table("export")
    op.drop_index("ix_package_came_as", "package")
    op.drop_column("package", "came_as")
    op.drop_column("package", "counts")
    op.drop_column("package", "kind")
