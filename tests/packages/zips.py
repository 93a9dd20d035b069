"""A writer of archives in which anything can be wrong (PKWARE APPNOTE 6.3.10, section 4.3)."""

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
END_64 = struct.pack("<4sQ2H2I4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 0, 0, 0, 0)
LOCATOR_64 = struct.pack("<4sIQI", b"PK\x06\x07", 0, 0, 1)


@dataclass(frozen=True, kw_only=True)
class Part:
    """One entry. What is ``None`` is what it ought to be; ``trailer`` stands behind the content."""

    name: bytes
    content: bytes
    version: int = 10
    made_by: int = 20
    flags: int = 0
    method: int = 0
    time: int = 0
    date: int = 1 << 5 | 1
    crc: int | None = None
    packed: int | None = None
    size: int | None = None
    offset: int | None = None
    internal: int = 0
    external: int = 0
    disk: int = 0
    extra: bytes = b""
    central_extra: bytes = b""
    comment: bytes = b""
    trailer: bytes = b""
    listed: bool = True

    def local(self) -> bytes:
        header = struct.pack("<4sH", LOCAL, self.version) + self._described()
        return header + struct.pack("<2H", len(self.name), len(self.extra)) + self.name + self.extra

    def central(self, offset: int) -> bytes:
        lengths = (len(self.name), len(self.central_extra), len(self.comment), self.disk, self.internal)
        place = offset if self.offset is None else self.offset
        header = struct.pack("<4s2H", CENTRAL, self.made_by, self.version) + self._described()
        tail = struct.pack("<5H2I", *lengths, self.external, place)
        return header + tail + self.name + self.central_extra + self.comment

    def _described(self) -> bytes:
        crc = zlib.crc32(self.content) if self.crc is None else self.crc
        packed = len(self.content) if self.packed is None else self.packed
        size = packed if self.size is None else self.size
        return struct.pack("<4H3I", self.flags, self.method, self.time, self.date, crc, packed, size)


NUMBERS = {
    **dict.fromkeys(("version", "made_by", "flags", "method", "time", "date", "internal", "disk"), 16),
    **dict.fromkeys(("crc", "packed", "size", "offset", "external"), 32),
}
"""The fields of an entry that are numbers, and their width in bits."""


def zip_of(
    parts: Iterable[Part],
    *,
    before: bytes = b"",
    gap: bytes = b"",
    comment: bytes = b"",
    after: bytes = b"",
    count: int | None = None,
    start: int | None = None,
) -> bytes:
    """The archive of these entries, canonical when nothing is said otherwise.

    ``gap`` stands before the record at the end, which tells the ``count`` of entries and the directory's
    ``start``.
    """
    body = bytearray(before)
    directory = bytearray()
    listed = 0
    for part in parts:
        if part.listed:
            directory += part.central(len(body))
            listed += 1
        body += part.local() + part.content + part.trailer
    number = listed if count is None else count
    place = len(body) if start is None else start
    end = struct.pack("<4s4H2IH", END, 0, 0, number, number, len(directory), place, len(comment))
    return bytes(body + directory + gap + end + comment + after)
