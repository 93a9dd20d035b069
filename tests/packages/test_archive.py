"""The canonical ZIP: other programs read it, and this one reads nothing else."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.packages import Refused
from facilitator.packages.archive import MAX_ENTRIES, Archive, archive_bytes, read_archive

FILES = {"base/a.txt": b"first", "base/b.txt": b"second", "base/empty": b""}
SOUND = archive_bytes(FILES.items())


def read(data: bytes) -> dict[str, bytes]:
    archive = opened(data)
    return {name: archive.read(name) for name in archive.sizes}


def opened(data: bytes) -> Archive:
    archive = read_archive(io.BytesIO(data))
    archive.check_contents()
    return archive


names = st.text("abcXYZ019./_-", min_size=1, max_size=20)


@given(st.dictionaries(names, st.binary(max_size=60), max_size=8))
def test_files_come_back_in_order(files: dict[str, bytes]) -> None:
    assert list(read(archive_bytes(files.items())).items()) == list(files.items())


@given(st.dictionaries(names, st.binary(max_size=60), max_size=4))
def test_zipfile_reads_what_we_write(files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(archive_bytes(files.items()))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == files


@given(st.binary(max_size=200), st.integers(0, len(SOUND)))
def test_bytes_put_anywhere_are_refused(noise: bytes, place: int) -> None:
    for changed in (noise, SOUND[:place] + noise + SOUND[place:]):
        if changed not in (SOUND, archive_bytes(())):
            with pytest.raises(Refused):
                read(changed)


def zipped(prepare: Callable[[zipfile.ZipFile], None], compression: int = zipfile.ZIP_STORED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        prepare(archive)
    return buffer.getvalue()


def info(name: str, **attributes: object) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.create_system = 0
    for attribute, value in attributes.items():
        setattr(entry, attribute, value)
    return entry


def bomb(archive: zipfile.ZipFile) -> None:
    archive.writestr("base/a.txt", bytes(10_000_000))


def link(archive: zipfile.ZipFile) -> None:
    archive.writestr(info("base/a.txt", create_system=3, external_attr=0o120777 << 16), "/etc/passwd")


def comment(archive: zipfile.ZipFile) -> None:
    archive.writestr(info("base/a.txt"), b"first")
    archive.comment = b"word"


def extra(archive: zipfile.ZipFile) -> None:
    archive.writestr(info("base/a.txt", extra=b"\x01\x00\x00\x00"), b"first")


def large_format(archive: zipfile.ZipFile) -> None:
    with archive.open(info("base/a.txt"), "w", force_zip64=True) as file:
        file.write(b"first")


def dated(archive: zipfile.ZipFile) -> None:
    archive.writestr(info("base/a.txt", date_time=(2018, 10, 1, 12, 0, 0)), b"first")


def folder(archive: zipfile.ZipFile) -> None:
    archive.writestr(info("base/", external_attr=0x10), b"")


def cyrillic(archive: zipfile.ZipFile) -> None:
    archive.writestr(info("base/ё.txt"), b"first")


@pytest.mark.parametrize("prepare", [link, comment, extra, large_format, dated, folder, cyrillic])
def test_a_stored_zip_with_anything_more_is_refused(prepare: Callable[[zipfile.ZipFile], None]) -> None:
    with pytest.raises(Refused, match="archive-not-canonical"):
        read(zipped(prepare))


def test_a_compressed_archive_is_refused_and_never_expanded() -> None:
    with pytest.raises(Refused, match="archive-not-canonical"):
        read(zipped(bomb, zipfile.ZIP_DEFLATED))


def test_entries_that_overlap_are_refused() -> None:
    kernel = archive_bytes([("inner", b"x" * 1_000)])[:1_035]
    size = len(kernel)
    outer = (
        struct.pack("<4s5H3I2H", b"PK\x03\x04", 10, 0, 0, 0, 33, zlib.crc32(kernel), size, size, 5, 0)
        + b"outer"
    )
    directory = b""
    for name, offset, content in ((b"outer", 0, kernel), (b"inner", len(outer), b"x" * 1_000)):
        fields = (
            20,
            10,
            0,
            0,
            0,
            33,
            zlib.crc32(content),
            len(content),
            len(content),
            5,
            0,
            0,
            0,
            0,
            0,
            offset,
        )
        directory += struct.pack("<4s6H3I5H2I", b"PK\x01\x02", *fields) + name
    start = len(outer) + size
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 2, 2, len(directory), start, 0)
    overlapping = outer + kernel + directory + end
    with zipfile.ZipFile(io.BytesIO(overlapping)) as archive:
        assert archive.namelist() == ["outer", "inner"]
    with pytest.raises(Refused, match="archive-not-canonical"):
        read(overlapping)


def test_a_name_that_comes_twice_is_refused() -> None:
    with pytest.raises(Refused, match="archive-not-canonical"):
        read(archive_bytes([("base/a.txt", b"first"), ("base/a.txt", b"second")]))


def test_an_entry_longer_than_the_archive_is_refused() -> None:
    with pytest.raises(Refused, match="archive-not-canonical"):
        read(SOUND[:40])


def test_too_many_entries_are_refused_at_the_limit() -> None:
    files = [(f"base/{number}", b"") for number in range(MAX_ENTRIES)]
    assert len(read(archive_bytes(files))) == MAX_ENTRIES
    with pytest.raises(Refused, match="archive-too-many-files"):
        read(archive_bytes([*files, ("base/more", b"")]))


def test_an_archive_that_shrinks_while_it_is_read_is_refused() -> None:
    source = io.BytesIO(SOUND)
    archive = read_archive(source)
    source.truncate(len(SOUND) // 4)
    with pytest.raises(Refused, match="archive-not-canonical"):
        archive.check_contents()
