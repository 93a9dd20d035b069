"""The canonical ZIP: one sequence of bytes for one sequence of files (PKWARE APPNOTE 6.3.10, section 4.3).

Every entry is stored, dated 1980-01-01, without flags, extra fields, comments or gaps. The reader looks only
at the local headers, builds the archive anew from what it found and refuses it unless the bytes are equal:
whatever else an archive could hold (a second directory, overlaps, attributes, bytes before or behind) makes
them differ.
"""

import struct
import zlib
from collections.abc import Iterable

from facilitator.packages.verdicts import Refused

MAX_ENTRIES = 64

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_VERSION_NEEDED = 10
_VERSION_MADE_BY = 20
_STORED = 0
_MIDNIGHT = 0
_FIRST_OF_JANUARY_1980 = 1 << 5 | 1


def write_archive(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """Return the canonical ZIP of ASCII names and their contents, in the order given."""
    parts: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name, content in entries:
        path = name.encode("ascii")
        common = (0, _STORED, _MIDNIGHT, _FIRST_OF_JANUARY_1980)
        sizes = (zlib.crc32(content), len(content), len(content), len(path), 0)
        header = _LOCAL.pack(_LOCAL_MARK, _VERSION_NEEDED, *common, *sizes) + path
        listed = (_CENTRAL_MARK, _VERSION_MADE_BY, _VERSION_NEEDED, *common, *sizes, 0, 0, 0, 0, offset)
        directory.append(_CENTRAL.pack(*listed) + path)
        parts += (header, content)
        offset += len(header) + len(content)
    count = len(directory)
    length = sum(map(len, directory))
    end = _END.pack(_END_MARK, 0, 0, count, count, length, offset, 0)
    return b"".join((*parts, *directory, end))


def read_archive(data: bytes) -> dict[str, bytes]:
    """Return the contents by name, in the order of the archive.

    Raises ``Refused`` ``archive-not-canonical`` or ``archive-too-many-files``.
    """
    entries: dict[str, bytes] = {}
    offset = 0
    while data.startswith(_LOCAL_MARK, offset) and len(data) - offset >= _LOCAL.size:
        *_, size, name_length, extra_length = _LOCAL.unpack_from(data, offset)
        start = offset + _LOCAL.size
        offset = start + name_length + size
        name = data[start : start + name_length]
        if not name.isascii() or extra_length or offset > len(data):
            raise Refused("archive-not-canonical")
        if len(entries) == MAX_ENTRIES:
            raise Refused("archive-too-many-files", limit=MAX_ENTRIES)
        entries[name.decode("ascii")] = data[start + name_length : offset]
    if write_archive(entries.items()) != data:
        raise Refused("archive-not-canonical")
    return entries
