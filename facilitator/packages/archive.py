"""The canonical ZIP: one sequence of bytes for one sequence of files (PKWARE APPNOTE 6.3.10, section 4.3).

Every entry is stored, dated 1980-01-01, without flags, extra fields, comments or gaps. The reader looks only
at the local headers, builds each of them and the directory anew from what it found and refuses the archive
unless the bytes are equal: whatever else an archive could hold (a second directory, overlaps, attributes,
bytes before or behind) makes them differ. Both sides hold one entry in memory at a time.
"""

import io
import re
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO, NamedTuple

from facilitator.packages.verdicts import Refused

MAX_ENTRIES = 10_000
"""The most entries of any archive; most kinds of package allow far fewer."""

_NAME = re.compile(rb"[ -~]{1,255}")
"""Names of printable ASCII: a person may have to read one, in a message or on a terminal."""
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_VERSION_NEEDED = 10
_VERSION_MADE_BY = 20
_STORED = 0
_MIDNIGHT = 0
_FIRST_OF_JANUARY_1980 = 1 << 5 | 1
_UNTIL_CRC = 14
"""As many bytes of every first header are the same."""
_CHUNK = 1 << 20


class Entry(NamedTuple):
    """One file of an archive: its name, the CRC-32 and size of its content, and where its header begins."""

    name: bytes
    crc: int
    size: int
    offset: int

    @property
    def start(self) -> int:
        """Where the content begins."""
        return self.offset + _LOCAL.size + len(self.name)

    def local_header(self) -> bytes:
        """Return the header before the content."""
        return _LOCAL.pack(_LOCAL_MARK, _VERSION_NEEDED, *self._described()) + self.name

    def central_header(self) -> bytes:
        """Return the entry's part of the directory."""
        versions = (_CENTRAL_MARK, _VERSION_MADE_BY, _VERSION_NEEDED)
        return _CENTRAL.pack(*versions, *self._described(), 0, 0, 0, 0, self.offset) + self.name

    def _described(self) -> tuple[int, ...]:
        fixed = (0, _STORED, _MIDNIGHT, _FIRST_OF_JANUARY_1980)
        return (*fixed, self.crc, self.size, self.size, len(self.name), 0)


class Archive:
    """The files of a canonical ZIP that stays where it is: only what is asked for is read."""

    def __init__(self, source: BinaryIO, entries: Iterable[Entry]) -> None:
        self._source = source
        self._entries = {entry.name.decode("ascii"): entry for entry in entries}

    @property
    def sizes(self) -> Mapping[str, int]:
        """The size in bytes of each file, by its name, in the order of the archive."""
        return {name: entry.size for name, entry in self._entries.items()}

    def read(self, name: str) -> bytes:
        """Return the whole content of a file."""
        return b"".join(self.chunks(name, self._entries[name].size))

    def chunks(self, name: str, largest: int = _CHUNK) -> Iterator[bytes]:
        """Yield the content of a file piece by piece."""
        entry = self._entries[name]
        place, end = entry.start, entry.start + entry.size
        while place < end:
            self._source.seek(place)
            chunk = self._source.read(min(largest, end - place))
            if not chunk:
                raise Refused("archive-not-canonical")
            place += len(chunk)
            yield chunk

    def check_contents(self) -> None:
        """Check every file against its CRC-32. Raises ``Refused("archive-not-canonical")``."""
        for name, entry in self._entries.items():
            crc = 0
            for chunk in self.chunks(name):
                crc = zlib.crc32(chunk, crc)
            if crc != entry.crc:
                raise Refused("archive-not-canonical")


def write_archive(target: BinaryIO, entries: Iterable[tuple[str, bytes]]) -> None:
    """Write the canonical ZIP of ASCII names and their contents, in the order given."""
    directory: list[bytes] = []
    offset = 0
    for name, content in entries:
        entry = Entry(name.encode("ascii"), zlib.crc32(content), len(content), offset)
        target.write(entry.local_header())
        target.write(content)
        directory.append(entry.central_header())
        offset = entry.start + len(content)
    target.write(_ending(directory, offset))


def archive_size(sizes: Iterable[tuple[str, int]]) -> int:
    """Return how many bytes :func:`write_archive` writes for names and the sizes of their contents."""
    headers = _LOCAL.size + _CENTRAL.size
    return sum(headers + 2 * len(name) + size for name, size in sizes) + _END.size


def archive_bytes(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """Return what :func:`write_archive` writes."""
    target = io.BytesIO()
    write_archive(target, entries)
    return target.getvalue()


def begins_as_archive(data: bytes) -> bool:
    """Tell whether bytes begin as those of a canonical ZIP do; of a few, whether they could."""
    start = Entry(b"", 0, 0, 0).local_header()[:_UNTIL_CRC]
    return data[:_UNTIL_CRC] == start[: len(data)]


def read_archive(source: BinaryIO) -> Archive:
    """Return the archive that ``source`` holds from its first byte to its last; contents are not read yet.

    Raises ``Refused`` ``archive-not-canonical`` or ``archive-too-many-files``.
    """
    length = source.seek(0, io.SEEK_END)
    entries: list[Entry] = []
    offset = 0
    while (entry := _entry_at(source, offset)) is not None:
        offset = entry.start + entry.size
        if offset > length or not _NAME.fullmatch(entry.name):
            raise Refused("archive-not-canonical")
        if len(entries) == MAX_ENTRIES:
            raise Refused("archive-too-many-files", limit=MAX_ENTRIES)
        entries.append(entry)
    ending = _ending([entry.central_header() for entry in entries], offset)
    source.seek(offset)
    if source.read(len(ending) + 1) != ending or len({entry.name for entry in entries}) != len(entries):
        raise Refused("archive-not-canonical")
    return Archive(source, entries)


def _entry_at(source: BinaryIO, offset: int) -> Entry | None:
    """Return the entry whose header stands at ``offset``, or ``None`` where none begins.

    Raises ``Refused("archive-not-canonical")`` for a header that is not the one its entry has.
    """
    source.seek(offset)
    header = source.read(_LOCAL.size)
    if len(header) < _LOCAL.size or not header.startswith(_LOCAL_MARK):
        return None
    *_, crc, _packed, size, name_length, _extra = _LOCAL.unpack(header)
    entry = Entry(source.read(name_length), crc, size, offset)
    if header + entry.name != entry.local_header():
        raise Refused("archive-not-canonical")
    return entry


def _ending(directory: list[bytes], offset: int) -> bytes:
    """Return the directory and the record behind it."""
    count = len(directory)
    length = sum(map(len, directory))
    return b"".join((*directory, _END.pack(_END_MARK, 0, 0, count, count, length, offset, 0)))
