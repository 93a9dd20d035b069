"""The bag inside the archive (BagIt 1.0, RFC 8493): manifests anyone can check with ``sha256sum -c``.

The manifest lists the payload, the tag manifest lists the manifest and the other tag files, and the signature
covers the tag manifest: so one signature covers everything but the name of the folder.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from facilitator.packages.archive import read_archive, write_archive
from facilitator.packages.verdicts import Refused

ENVELOPE = "data/package.json"
RECORDS = "data/records.jsonl"
PAYLOAD = (ENVELOPE, RECORDS)
MAX_PACKAGE = 64 * 1024 * 1024
"""The largest package of one group, in bytes."""

_DECLARATION, _INFO, _MANIFEST = "bagit.txt", "bag-info.txt", "manifest-sha256.txt"
_SIGNED, _SIGNATURE = "tagmanifest-sha256.txt", "tagmanifest-sha256.txt.sig"
_NAMES = (_DECLARATION, _INFO, _MANIFEST, _SIGNED, _SIGNATURE, *PAYLOAD)
_LISTED_TAGS = (_INFO, _DECLARATION, _MANIFEST)
_DECLARED = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_BASE = re.compile(r"[a-z0-9][a-z0-9.-]{0,62}")


@dataclass(frozen=True)
class Bag:
    """The files of a package by their name within the bag."""

    files: Mapping[str, bytes]

    @property
    def signed(self) -> bytes:
        """The bytes under the signature."""
        return self.files[_SIGNED]

    @property
    def signature(self) -> bytes:
        """The armored signature."""
        return self.files[_SIGNATURE]

    @property
    def package_id(self) -> str:
        """SHA-256 of the signed bytes, in hex."""
        return hashlib.sha256(self.signed).hexdigest()


@dataclass(frozen=True)
class BagInfo:
    """What ``bag-info.txt`` says: the day (``YYYY-MM-DD``) and whose package it is."""

    date: str
    identifier: str


def pack(
    base: str, payload: Mapping[str, bytes], info: BagInfo, sign: Callable[[bytes], bytes]
) -> tuple[str, bytes]:
    """Return the package id and the bytes of a package whose folder is named ``base``.

    Raises ``ValueError`` for a ``base`` out of form, ``Refused("package-too-large")``.
    """
    if not _BASE.fullmatch(base):
        raise ValueError(f"not a base name: {base!r}")
    files = {name: payload[name] for name in PAYLOAD}
    files[_DECLARATION] = _DECLARED
    files[_INFO] = _info_text(info, files)
    files[_MANIFEST] = _manifest(PAYLOAD, files)
    files[_SIGNED] = _manifest(_LISTED_TAGS, files)
    files[_SIGNATURE] = sign(files[_SIGNED])
    data = write_archive((f"{base}/{name}", files[name]) for name in _NAMES)
    check_size(data)
    return Bag(files).package_id, data


def check_size(data: bytes) -> None:
    """Check that a package is not too large. Raises ``Refused("package-too-large")``."""
    if len(data) > MAX_PACKAGE:
        raise Refused("package-too-large", limit=MAX_PACKAGE)


def unpack(data: bytes) -> Bag:
    """Return the bag in a canonical archive that holds the files of the format and no others.

    Raises ``Refused`` ``package-too-large``, ``archive-not-canonical``, ``archive-too-many-files``,
    ``file-unexpected``, ``file-missing``.
    """
    check_size(data)
    entries = read_archive(data)
    base = next(iter(entries), "").partition("/")[0]
    if not _BASE.fullmatch(base):
        raise Refused("archive-not-canonical")
    expected = [f"{base}/{name}" for name in _NAMES]
    for path in entries:
        if path not in expected:
            raise Refused("file-unexpected", name=path)
    for path in expected:
        if path not in entries:
            raise Refused("file-missing", name=path)
    if list(entries) != expected:
        raise Refused("archive-not-canonical")
    return Bag(dict(zip(_NAMES, entries.values(), strict=True)))


def check_hashes(bag: Bag) -> None:
    """Check every file against the manifests, the signed one first. Raises ``Refused("hash-mismatch")``."""
    for manifest, listed in ((_SIGNED, _LISTED_TAGS), (_MANIFEST, PAYLOAD)):
        if bag.files[manifest] != _manifest(listed, bag.files):
            raise Refused("hash-mismatch", manifest=manifest)


def check_info(bag: Bag, info: BagInfo) -> None:
    """Check that the tag files say what the envelope says. Raises ``Refused("bag-info-mismatch")``."""
    if bag.files[_DECLARATION] != _DECLARED or bag.files[_INFO] != _info_text(info, bag.files):
        raise Refused("bag-info-mismatch")


def _manifest(names: tuple[str, ...], files: Mapping[str, bytes]) -> bytes:
    lines = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in names)
    return "".join(lines).encode()


def _info_text(info: BagInfo, files: Mapping[str, bytes]) -> bytes:
    octets = sum(len(files[name]) for name in PAYLOAD)
    lines = (
        f"Bagging-Date: {info.date}\n",
        f"External-Identifier: {info.identifier}\n",
        f"Payload-Oxum: {octets}.{len(PAYLOAD)}\n",
    )
    return "".join(lines).encode()
