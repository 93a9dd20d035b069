"""Archives made to hurt: each is refused, at once and in one sentence."""

import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from facilitator.errors import Fault
from facilitator.packages import Quarantined, Refused
from facilitator.packages.archive import read_archive
from facilitator.packages.bag import MAX_COLLECTION, MAX_PACKAGE, RECORDS, inner_name
from facilitator.packages.reader import open_package
from facilitator.texts import load_texts
from tests.packages.golden import GOLDENS, JUDGE, judged
from tests.packages.samples import archive_of, files_of
from tests.packages.zips import END_64, LOCATOR_64, Part, zip_of
from ui.messages import sentence

GROUP = GOLDENS["group"].data
BASE = b"group/"


def parts_of(package: bytes) -> list[Part]:
    archive = read_archive(BytesIO(package))
    return [Part(name=path.encode(), content=archive.read(path)) for path in archive.sizes]


PARTS = parts_of(GROUP)
LAST = PARTS[-1]
ENVELOPE = PARTS[-2]


def with_last(**changes: object) -> bytes:
    """The golden group, whose last file has something wrong."""
    return zip_of([*PARTS[:-1], replace(LAST, **changes)])


def with_more(*parts: Part) -> bytes:
    return zip_of([*PARTS, *parts])


def named(name: str) -> bytes:
    """The golden group, whose envelope is called something else."""
    others = [part for part in PARTS if part is not ENVELOPE]
    return zip_of([*others, replace(ENVELOPE, name=BASE + name.encode())])


def deflated(content: bytes) -> Part:
    squeezed = zlib.compress(content, 9, wbits=-15)
    return replace(LAST, content=squeezed, method=8, crc=zlib.crc32(content), size=len(content))


def overlap() -> bytes:
    """A file whose content is the header and the content of another, which is listed too."""
    kernel = replace(LAST, name=BASE + b"data/kernel")
    outer = Part(name=LAST.name, content=kernel.local() + kernel.content)
    offset = len(zip_of(PARTS[:-1])) - len(zip_of([])) - sum(len(part.central(0)) for part in PARTS[:-1])
    inside = replace(
        kernel, content=b"", offset=offset + len(outer.local()), crc=0, packed=len(kernel.content)
    )
    return zip_of([*PARTS[:-1], outer, inside])


def many(number: int, name: Callable[[int], str]) -> bytes:
    return zip_of(Part(name=BASE + name(each).encode(), content=b"") for each in range(number))


def inner(number: int) -> str:
    return inner_name(f"{number:064x}")


NOT_CANONICAL, UNEXPECTED, TOO_MANY = "archive-not-canonical", "file-unexpected", "archive-too-many-files"
NASTY: dict[str, tuple[Callable[[], bytes], str]] = {
    "overlap": (overlap, NOT_CANONICAL),
    "two entries in one place": (lambda: with_more(replace(LAST, offset=0)), NOT_CANONICAL),
    "zip64 sizes": (
        lambda: with_last(packed=2**32 - 1, size=2**32 - 1, extra=b"\x01\0\x10\0" + bytes(16)),
        NOT_CANONICAL,
    ),
    "zip64 ending": (lambda: zip_of(PARTS, gap=END_64 + LOCATOR_64), NOT_CANONICAL),
    "bomb": (lambda: zip_of([*PARTS[:-1], deflated(bytes(100_000_000))]), NOT_CANONICAL),
    "stored, but said to be deflated": (lambda: with_last(method=8), NOT_CANONICAL),
    "up and away": (lambda: with_more(Part(name=BASE + b"../../etc/passwd", content=b"x")), UNEXPECTED),
    "absolute": (lambda: with_more(Part(name=b"/etc/passwd", content=b"x")), UNEXPECTED),
    "absolute from the start": (lambda: zip_of([Part(name=b"/etc/passwd", content=b"x")]), NOT_CANONICAL),
    "a drive": (lambda: with_more(Part(name=b"C:\\autoexec.bat", content=b"x")), UNEXPECTED),
    "a name twice": (lambda: with_more(LAST), NOT_CANONICAL),
    "a name twice, otherwise": (lambda: with_more(replace(LAST, content=b"x")), NOT_CANONICAL),
    "Cyrillic a": (lambda: named("d\u0430ta/package.json"), NOT_CANONICAL),
    "trailing dot": (lambda: named("data/package.json."), UNEXPECTED),
    "trailing space": (lambda: named("data/package.json "), UNEXPECTED),
    "capital letter": (lambda: named("data/Package.json"), UNEXPECTED),
    "backslash": (lambda: named("data\\package.json"), UNEXPECTED),
    "dot in between": (lambda: named("data/./package.json"), UNEXPECTED),
    "nul in the name": (lambda: named("data/package.json\0.txt"), NOT_CANONICAL),
    "escape in the name": (lambda: with_more(Part(name=BASE + b"\x1b[2J", content=b"")), NOT_CANONICAL),
    "line in the name": (lambda: with_more(Part(name=BASE + b"\nerror: ", content=b"")), NOT_CANONICAL),
    "no name": (lambda: with_more(Part(name=b"", content=b"")), NOT_CANONICAL),
    "name without an end": (lambda: with_more(Part(name=BASE * 10_000, content=b"")), NOT_CANONICAL),
    "a folder": (lambda: with_more(Part(name=BASE + b"data/", content=b"", external=16)), NOT_CANONICAL),
    "symlink": (lambda: with_last(made_by=3 << 8 | 20, external=0o120777 << 16), NOT_CANONICAL),
    "bytes behind": (lambda: zip_of(PARTS, after=b"\0"), NOT_CANONICAL),
    "bytes before": (lambda: zip_of(PARTS, before=b"#!/bin/sh\n"), NOT_CANONICAL),
    "bytes between": (lambda: with_last(trailer=b"x"), NOT_CANONICAL),
    "comment": (lambda: zip_of(PARTS, comment=b"word"), NOT_CANONICAL),
    "comment of a file": (lambda: with_last(comment=b"word"), NOT_CANONICAL),
    "encrypted": (lambda: with_last(flags=1), NOT_CANONICAL),
    "UTF-8 names": (lambda: with_last(flags=1 << 11), NOT_CANONICAL),
    "data descriptor": (
        lambda: with_last(flags=8, trailer=b"PK\x07\x08" + zlib.crc32(LAST.content).to_bytes(4, "little")),
        NOT_CANONICAL,
    ),
    "extra field": (lambda: with_last(extra=b"\x99\x99\0\0"), NOT_CANONICAL),
    "extra field in the directory": (lambda: with_last(central_extra=b"\x99\x99\0\0"), NOT_CANONICAL),
    "not in the directory": (lambda: with_more(replace(LAST, listed=False)), NOT_CANONICAL),
    "only in the directory": (lambda: zip_of(PARTS, count=len(PARTS) + 1), NOT_CANONICAL),
    "a date": (lambda: with_last(date=(2018 - 1980) << 9 | 10 << 5 | 1), NOT_CANONICAL),
    "another disk": (lambda: with_last(disk=1), NOT_CANONICAL),
    "longer than the archive": (lambda: with_last(packed=2**31), NOT_CANONICAL),
    "another order": (lambda: zip_of([*PARTS[:-2], LAST, ENVELOPE]), NOT_CANONICAL),
    "nothing": (lambda: b"", NOT_CANONICAL),
    "no files": (lambda: zip_of([]), NOT_CANONICAL),
    "65 files": (lambda: many(65, lambda number: f"data/{number}"), TOO_MANY),
    "10,001 files": (lambda: many(10_001, str), TOO_MANY),
    "10,001 packages": (lambda: many(10_001, inner), TOO_MANY),
    "10,000 packages": (lambda: many(10_000, inner), "part-missing"),
    "a large signature": (
        lambda: archive_of(files_of(GROUP) | {"tagmanifest-sha256.txt.sig": bytes(600_000)}, "group"),
        "file-too-large",
    ),
}


def fault_of(data: bytes) -> Refused | Quarantined:
    with pytest.raises((Refused, Quarantined)) as raised:
        judged(data)
    assert isinstance(raised.value, Refused)
    return raised.value


def assert_one_sentence(fault: Fault) -> None:
    for language in ("ru", "en"):
        said = sentence(fault, load_texts("cli", language))
        assert said.endswith(".")
        assert len(said) < 500
        assert said.isprintable()
        assert not {"{", "}", "—"} & set(said)


@pytest.mark.parametrize("name", NASTY)
def test_it_is_refused_at_once_in_one_sentence(name: str) -> None:
    make, code = NASTY[name]
    data = make()
    begun = time.process_time()
    fault = fault_of(data)
    assert time.process_time() - begun < 2
    assert fault.code == code
    assert_one_sentence(fault)


def test_the_writer_of_nasty_archives_can_write_a_good_one() -> None:
    assert zip_of(PARTS) == GROUP


def test_a_value_chosen_by_a_stranger_does_not_flood_the_sentence() -> None:
    assert len(sentence(Refused("kind-unsupported", kind="x" * 100_000), load_texts("cli", "ru"))) < 1_000


def sparse(path: Path, start: bytes, size: int) -> Path:
    with path.open("wb") as file:
        file.write(start)
        file.truncate(size)
    return path


def refused_file(path: Path) -> Refused:
    with pytest.raises(Refused) as raised, open_package(path) as source:
        JUDGE.read(source)
    return raised.value


@pytest.mark.parametrize(
    "start", [b"", GROUP, GOLDENS["collection"].data], ids=["nothing", "group", "collection"]
)
def test_a_file_larger_than_any_collection_is_not_looked_at(tmp_path: Path, start: bytes) -> None:
    fault = refused_file(sparse(tmp_path / "hole.fpkg", start, MAX_COLLECTION + 1))
    assert fault.code == "package-too-large"
    assert_one_sentence(fault)


def test_a_file_of_two_gigabytes_of_nothing_is_refused(tmp_path: Path) -> None:
    begun = time.process_time()
    fault = refused_file(sparse(tmp_path / "hole.fpkg", b"", MAX_COLLECTION))
    assert time.process_time() - begun < 2
    assert fault.code == NOT_CANONICAL


def test_only_a_collection_may_be_large(tmp_path: Path) -> None:
    large = archive_of(files_of(GROUP) | {RECORDS: bytes(MAX_PACKAGE)}, "group")
    path = tmp_path / "large.fpkg"
    path.write_bytes(large)
    fault = refused_file(path)
    assert fault.code == "package-too-large"
    assert_one_sentence(fault)


class Shrinking(BytesIO):
    """A file that somebody cuts while it is read."""

    def __init__(self, data: bytes, reads: int) -> None:
        super().__init__(data)
        self._left = reads

    def read(self, size: int | None = -1, /) -> bytes:
        self._left -= 1
        if self._left == 0:
            self.truncate(len(self.getbuffer()) // 2)
        return super().read(size)


def reads_of(name: str) -> Iterator[int]:
    """How often the whole of a golden package is read from, counted by letting it shrink ever later."""
    for reads in range(1, 1_000):
        try:
            JUDGE.read(Shrinking(GOLDENS[name].data, reads))
        except Refused:
            yield reads
        else:
            return


@pytest.mark.parametrize("name", ["group", "collection", "roster", "assignment"])
def test_a_file_that_shrinks_while_it_is_read_is_refused(name: str) -> None:
    assert list(reads_of(name))[-1] > 20
