"""Looking for planted words in whatever a program has written: plain, packed, or in a database."""

import io
import json
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

_SQLITE = b"SQLite format 3\0"
_DEEPEST = 4


def found_in(path: Path, words: Iterable[str]) -> set[str]:
    """Return the words that stand in a file in any spelling, at any depth of archives and databases."""
    return _found(path.read_bytes(), list(words), _DEEPEST)


def _found(data: bytes, words: list[str], depth: int) -> set[str]:
    found = {word for word in words if any(spelling in data for spelling in _spellings(word))}
    if depth:
        for inner in _inside(data):
            found |= _found(inner, words, depth - 1)
    return found


def _spellings(word: str) -> Iterator[bytes]:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp1251"):
        yield word.encode(encoding)
    yield json.dumps(word)[1:-1].encode("ascii")
    yield word.encode("ascii", "xmlcharrefreplace")


def _inside(data: bytes) -> Iterator[bytes]:
    """Yield the members of an archive, or the values of a database, whose pages cut them in pieces."""
    if data.startswith(_SQLITE):
        yield from _values(data)
    elif data.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                yield from [archive.read(name) for name in archive.namelist()]
        except zipfile.BadZipFile:
            return


def _values(data: bytes) -> Iterator[bytes]:
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(_without_log(data))
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            for row in database.execute(f'SELECT * FROM "{table}"'):
                for value in row:
                    yield value if isinstance(value, bytes) else str(value).encode()


def _without_log(data: bytes) -> bytes:
    """Return a database that says it keeps no write-ahead log, which memory does not have either."""
    return data[:18] + b"\x01\x01" + data[20:]
