"""The tables of a centre's file: packages that were taken in and files that were not, all byte for byte.

The bytes stand behind the columns that are looked up, so that a row can be read without them.
"""

from sqlalchemy import JSON, Column, Integer, LargeBinary, MetaData, Table, Text

from facilitator.storage.export_log import export_table

CENTRE_METADATA = MetaData()

PACKAGES = Table(
    "package",
    CENTRE_METADATA,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("sha256", LargeBinary(32), nullable=False, unique=True),
    Column("principal", Text, nullable=False, index=True),
    Column("origin", Text, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("parents", JSON, nullable=False),
    Column("clock", JSON, nullable=False),
    Column("created", Text, nullable=False),
    Column("received", Text, nullable=False),
    Column("kind", Text, nullable=False, server_default="group"),
    Column("counts", JSON, nullable=False, server_default="{}"),
    Column("came_as", LargeBinary(32), index=True),
    Column("data", LargeBinary, nullable=False),
)

ASIDE = Table(
    "aside",
    CENTRE_METADATA,
    Column("seq", Integer, primary_key=True),
    Column("sha256", LargeBinary(32), nullable=False, unique=True),
    Column("outcome", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("name", Text, nullable=False),
    Column("received", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

EXPORTS = export_table(CENTRE_METADATA)

META = Table(
    "meta",
    CENTRE_METADATA,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
