"""Putting a bag together and signing it; what must be so for that is in ``bag``."""

import hashlib
import io
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO

from facilitator.packages import bag
from facilitator.packages.archive import MAX_ENTRIES, archive_size, write_archive
from facilitator.packages.bag import SIGNATURE, SIGNED, BagInfo
from facilitator.packages.verdicts import Refused

Sign = Callable[[bytes], bytes]
"""Returns the armored signature of a message."""
Load = Callable[[], bytes]
"""Returns the content of a file."""


def pack(base: str, payload: Mapping[str, bytes], info: BagInfo, sign: Sign) -> tuple[str, bytes]:
    """Return the package id and the bytes of a package whose folder is named ``base``.

    Raises ``ValueError`` for a ``base`` out of form, ``Refused("package-too-large")``.
    """
    target = io.BytesIO()
    loads = {name: content.__bytes__ for name, content in payload.items()}
    return pack_into(target, base, loads, info, sign, bag.MAX_PACKAGE), target.getvalue()


def pack_into(
    target: BinaryIO, base: str, payload: Mapping[str, Load], info: BagInfo, sign: Sign, limit: int
) -> str:
    """Write a package whose folder is named ``base`` and return its id.

    ``payload`` holds for each file what loads its content, which is asked twice, so that one file at a time
    is in memory. Raises ``ValueError`` for a ``base`` out of form, ``Refused`` ``archive-too-many-files``,
    and ``package-too-large`` before anything is written where there would be more than ``limit`` bytes.
    """
    if not bag.BASE.fullmatch(base):
        raise ValueError(f"not a base name: {base!r}")
    names = sorted(payload)
    if len(names) + len(bag.TAGS) > MAX_ENTRIES:
        raise Refused("archive-too-many-files", limit=MAX_ENTRIES)
    hashes: list[tuple[str, str]] = []
    sizes: list[int] = []
    for name in names:
        content = payload[name]()
        hashes.append((name, hashlib.sha256(content).hexdigest()))
        sizes.append(len(content))
    tags = bag.tag_files(info, hashes, sizes)
    tags[SIGNATURE] = sign(tags[SIGNED])
    every = {name: len(content) for name, content in tags.items()} | dict(zip(names, sizes, strict=True))
    if archive_size((f"{base}/{name}", size) for name, size in every.items()) > limit:
        raise Refused("package-too-large", limit=limit)

    def entries() -> Iterator[tuple[str, bytes]]:
        for name, content in tags.items():
            yield f"{base}/{name}", content
        for name in names:
            yield f"{base}/{name}", payload[name]()

    write_archive(target, entries())
    return hashlib.sha256(tags[SIGNED]).hexdigest()
