"""Between records and rows."""

import hashlib
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Row

from facilitator.domain.records import AnyRecord, Record

_ENCODER = msgspec.json.Encoder(order="sorted")


def digest(record: Record) -> bytes:
    """Return the SHA-256 of a record's sorted JSON."""
    return hashlib.sha256(_ENCODER.encode(record)).digest()


def digest_of_texts(texts: Sequence[str]) -> bytes:
    """Return the SHA-256 of texts that stand together in a row, as a JSON array.

    Raises ``TypeError`` for what a damaged row holds instead of a text.
    """
    if not all(isinstance(each, str) for each in texts):
        raise TypeError("not a text")
    return hashlib.sha256(_ENCODER.encode(texts)).digest()


def row_of(record: AnyRecord) -> dict[str, Any]:
    """Return the column values that keep a record."""
    return msgspec.structs.asdict(record) | {"digest": digest(record)}


def record_of(kind: type[Record], row: Row[Any]) -> AnyRecord:
    """Return the record kept in a row."""
    return msgspec.convert({name: row._mapping[name] for name in kind.__struct_fields__}, kind)  # type: ignore[return-value]
