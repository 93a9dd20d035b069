"""The bag inside the archive (BagIt 1.0, RFC 8493): manifests anyone can check with ``sha256sum -c``.

The manifest lists the payload, the tag manifest lists the manifest and the other tag files, and the signature
covers the tag manifest: so one signature covers everything but the name of the folder.
"""

import hashlib
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import BinaryIO, Literal

from facilitator.packages.archive import Archive, archive_bytes, read_archive
from facilitator.packages.verdicts import Refused

Form = Literal["plain", "collection", "roster", "assignment"]
"""Which files a bag holds besides the envelope and the records."""

ENVELOPE = "data/package.json"
RECORDS = "data/records.jsonl"
ALLOWED_SIGNERS = "data/allowed_signers"
REVOKED_KEYS = "data/revoked_keys"
ROSTER = "data/roster.json"
ROSTER_PACKAGE = "data/roster.fpkg"
SCRIPT = "data/script.toml"
MAX_PACKAGE = 64 * 1024 * 1024
"""The largest package that is no collection, in bytes."""
MAX_COLLECTION = 2 * 1024 * 1024 * 1024
MAX_FILES = 64
"""The most files in a package that is no collection."""
MAX_SMALL_FILE = 512 * 1024
"""The largest file but for a group's records and packages inside: the others are read whole and line by line,
some of them before it is known who made them."""
_MAX_MANIFEST_LINE = 256

_FIXED = (ENVELOPE, RECORDS)
_MORE: Mapping[Form, tuple[str, ...]] = {
    "plain": (),
    "roster": (ALLOWED_SIGNERS, REVOKED_KEYS, ROSTER),
    "assignment": (ROSTER_PACKAGE, SCRIPT),
}
_INNER = re.compile(r"data/packages/([0-9a-f]{64})\.fpkg")
_DECLARATION, _INFO, MANIFEST = "bagit.txt", "bag-info.txt", "manifest-sha256.txt"
SIGNED, SIGNATURE = "tagmanifest-sha256.txt", "tagmanifest-sha256.txt.sig"
TAGS = (_DECLARATION, _INFO, MANIFEST, SIGNED, SIGNATURE)
_LISTED_TAGS = (_INFO, _DECLARATION, MANIFEST)
_DECLARED = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
BASE = re.compile(r"[a-z0-9][a-z0-9.-]{0,62}")


class Bag:
    """The files of a package by their name within the bag; they are read when they are asked for."""

    def __init__(self, archive: Archive, base: str, names: set[str]) -> None:
        self._archive = archive
        self._base = base
        self.form = _form_of(names)
        self._payload = tuple(sorted((*_FIXED, *_MORE.get(self.form, filter(_INNER.fullmatch, names)))))

    def read(self, name: str) -> bytes:
        """Return the content of a file."""
        return self._archive.read(f"{self._base}/{name}")

    @property
    def paths(self) -> tuple[str, ...]:
        """The names in the archive that a bag of this form has, in their order."""
        return tuple(f"{self._base}/{name}" for name in (*TAGS, *self._payload))

    @property
    def signed(self) -> bytes:
        """The bytes under the signature."""
        return self.read(SIGNED)

    @property
    def signature(self) -> bytes:
        """The armored signature."""
        return self.read(SIGNATURE)

    @property
    def package_id(self) -> str:
        """SHA-256 of the signed bytes, in hex."""
        return hashlib.sha256(self.signed).hexdigest()

    @property
    def inner_ids(self) -> tuple[str, ...]:
        """The ids under which a collection holds its packages, sorted."""
        return tuple(inner[1] for inner in map(_INNER.fullmatch, self._payload) if inner)

    def read_inner(self, package: str) -> bytes:
        """Return the bytes of a package in a collection."""
        return self.read(inner_name(package))

    def may_be_large(self, path: str) -> bool:
        """Tell whether a name in the archive is of a file that may be as large as a package."""
        if self.form == "plain":
            return path.endswith(RECORDS)
        return path.endswith(ROSTER_PACKAGE) or _INNER.search(path) is not None

    def check_hashes(self) -> None:
        """Check every file against the manifests, the signed one first.

        Raises ``Refused("hash-mismatch")``.
        """
        for manifest, listed in ((SIGNED, _LISTED_TAGS), (MANIFEST, self._payload)):
            if self.read(manifest) != _manifest((name, self._sha256(name)) for name in listed):
                raise Refused("hash-mismatch", manifest=manifest)

    def check_info(self, info: "BagInfo") -> None:
        """Check that the tag files say what the envelope says. Raises ``Refused("bag-info-mismatch")``."""
        sizes = [self._archive.sizes[f"{self._base}/{name}"] for name in self._payload]
        if self.read(_DECLARATION) != _DECLARED or self.read(_INFO) != info.text(sizes):
            raise Refused("bag-info-mismatch")

    def archive_bytes(self) -> bytes:
        """Return the whole archive."""
        return archive_bytes((name, self._archive.read(name)) for name in self._archive.sizes)

    def without_inner(self) -> bytes:
        """Return the archive without the packages of a collection, for a place that keeps those apart."""
        outer = (name for name in self._archive.sizes if not _INNER.search(name))
        return archive_bytes((name, self._archive.read(name)) for name in outer)

    def _sha256(self, name: str) -> str:
        digest = hashlib.sha256()
        for chunk in self._archive.chunks(f"{self._base}/{name}"):
            digest.update(chunk)
        return digest.hexdigest()


@dataclass(frozen=True)
class BagInfo:
    """What ``bag-info.txt`` says: the day (``YYYY-MM-DD``) and whose package it is."""

    date: str
    identifier: str

    def text(self, sizes: Iterable[int]) -> bytes:
        """Return the file for a payload of files of these sizes."""
        sizes = tuple(sizes)
        lines = (
            f"Bagging-Date: {self.date}\n",
            f"External-Identifier: {self.identifier}\n",
            f"Payload-Oxum: {sum(sizes)}.{len(sizes)}\n",
        )
        return "".join(lines).encode()


def tag_files(info: BagInfo, hashes: Iterable[tuple[str, str]], sizes: Iterable[int]) -> dict[str, bytes]:
    """Return the files before the payload, in their order and without the signature, which comes last."""
    tags = {_DECLARATION: _DECLARED, _INFO: info.text(sizes), MANIFEST: _manifest(hashes)}
    listed = ((name, hashlib.sha256(tags[name]).hexdigest()) for name in _LISTED_TAGS)
    return tags | {SIGNED: _manifest(listed)}


def unpack(source: BinaryIO, largest_small: int = MAX_SMALL_FILE) -> Bag:
    """Return the bag in a canonical archive that holds the files of one of the forms and no others.

    ``largest_small`` is the largest file that is read whole, where not a stranger gives the archive.
    Raises ``Refused`` ``package-too-large``, ``archive-not-canonical``, ``archive-too-many-files``,
    ``file-unexpected``, ``part-missing``, ``file-too-large``.
    """
    check_size(source, MAX_COLLECTION)
    archive = read_archive(source)
    paths = tuple(archive.sizes)
    base = next(iter(paths), "").partition("/")[0]
    if not BASE.fullmatch(base):
        raise Refused("archive-not-canonical")
    bag = Bag(archive, base, {path.removeprefix(f"{base}/") for path in paths})
    if bag.form != "collection":
        check_size(source, MAX_PACKAGE)
        if len(paths) > MAX_FILES:
            raise Refused("archive-too-many-files", limit=MAX_FILES)
    _check_names(paths, bag.paths)
    limit = max(largest_small, _MAX_MANIFEST_LINE * len(paths))
    for path, size in archive.sizes.items():
        if size > (MAX_PACKAGE if bag.may_be_large(path) else limit):
            raise Refused("file-too-large", name=path)
    archive.check_contents()
    return bag


def _check_names(found: tuple[str, ...], expected: tuple[str, ...]) -> None:
    for path in sorted(set(found) - set(expected)):
        raise Refused("file-unexpected", name=path)
    for path in sorted(set(expected) - set(found)):
        raise Refused("part-missing", name=path)
    if found != expected:
        raise Refused("archive-not-canonical")


def check_size(source: BinaryIO, limit: int) -> None:
    """Check that a package is not too large. Raises ``Refused("package-too-large")``."""
    if source.seek(0, io.SEEK_END) > limit:
        raise Refused("package-too-large", limit=limit)


def _form_of(names: set[str]) -> Form:
    """Return the form that a bag of these files is most likely meant to have."""
    for form, more in _MORE.items():
        if names.intersection(more):
            return form
    return "collection" if any(map(_INNER.fullmatch, names)) else "plain"


def inner_name(package: str) -> str:
    """Return the name under which a collection holds the package of this id."""
    return f"data/packages/{package}.fpkg"


def _manifest(hashes: Iterable[tuple[str, str]]) -> bytes:
    return "".join(f"{digest}  {name}\n" for name, digest in hashes).encode()
