"""Between records and rows."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import JSON, Boolean

from facilitator.domain.records import AnyRecord, Record
from facilitator.storage.schema import RECORD_TABLES

_ENCODER = msgspec.json.Encoder(order="sorted")
_READERS: Mapping[type, Callable[[Any], object]] = {
    JSON: msgspec.json.decode,
    Boolean: {0: False, 1: True}.get,
}
_READ = {
    kind: [(column.name, _READERS[type(column.type)]) for column in table.c if type(column.type) in _READERS]
    for kind, table in RECORD_TABLES.items()
}
"""The columns of each table whose values are kept as something else, and how these are read."""


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


def row_of(record: AnyRecord) -> tuple[object, ...]:
    """Return the row that keeps a record: its fields in their order, then its digest."""
    return (*map(_kept, msgspec.structs.astuple(record)), digest(record))


def record_of(kind: type[Record], row: Sequence[Any]) -> AnyRecord:
    """Return the record kept in a row. Raises ``ValueError``, ``TypeError`` for what we did not write."""
    values = dict(zip(kind.__struct_fields__, row, strict=False))
    for name, read in _READ[kind]:
        values[name] = read(values[name])
    return msgspec.convert(values, kind)  # type: ignore[return-value]


def _kept(value: object) -> object:
    """Return a value as its column keeps it: lists and objects as JSON."""
    return _ENCODER.encode(value).decode() if isinstance(value, tuple | dict) else value
