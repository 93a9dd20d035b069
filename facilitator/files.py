"""Files written whole or not at all, and what the disk says when it cannot."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from facilitator.errors import EnvironmentFault, UserFault

_AGE = b"age-encryption.org/"
_CODES = {
    errno.ENOSPC: "disk-full",
    errno.EDQUOT: "disk-full",
    errno.EFBIG: "disk-full",
    errno.EROFS: "folder-read-only",
    errno.EACCES: "folder-read-only",
    errno.EPERM: "folder-read-only",
    errno.ENOENT: "folder-missing",
    errno.ENOTDIR: "folder-missing",
}


@contextmanager
def translated_os_errors(path: Path) -> Iterator[None]:
    """Raise ``EnvironmentFault`` for what the disk refuses while ``path`` is written."""
    try:
        yield
    except OSError as error:
        code = _CODES.get(error.errno or 0, "cannot-write")
        raise EnvironmentFault(code, path=path, reason=error.strerror) from error


@contextmanager
def replacing(path: Path, mode: int = 0o666) -> Iterator[BinaryIO]:
    """Give a file to write; when the block ends, ``path`` is that file, also after a power cut.

    When the block raises, ``path`` is what it was before. What was written can be read again within the
    block. ``mode`` is what the file may be used for before the umask narrows it; a key asks for 0o600.

    Raises ``EnvironmentFault`` ``disk-full``, ``folder-read-only``, ``folder-missing``, ``cannot-write``.
    """
    with translated_os_errors(path):
        part = part_beside(path)
        descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
        try:
            with os.fdopen(descriptor, "w+b") as file:
                yield file
                to_disk(file)
            os.replace(part, path)
        except BaseException:
            with suppress(OSError):  # the disk may be gone, and the reason it went is what counts
                part.unlink()
            raise
        sync_folder(path.parent)


def to_disk(file: BinaryIO) -> None:
    """Make what was written durable, and let the next reading come from the disk where the system can."""
    file.flush()
    os.fsync(file.fileno())
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def write_atomically(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Write ``data`` so that ``path`` holds all of it or what it held before; see :func:`replacing`."""
    with replacing(path, mode) as file:
        file.write(data)


def write_verified(path: Path, data: bytes) -> None:
    """Write ``data`` as :func:`write_atomically` does, having read it back before it takes its name.

    Raises ``EnvironmentFault("written-otherwise")`` too, when the disk gives back something else.
    """
    with replacing(path) as file:
        file.write(data)
        to_disk(file)
        file.seek(0)
        if file.read() != data:
            raise EnvironmentFault("written-otherwise", path=path)


def part_beside(path: Path) -> Path:
    """Return a fresh hidden name in the folder of ``path``, for what is to be renamed to it."""
    return path.parent / f".{path.name}.{os.urandom(4).hex()}.part"


def place_new(part: Path, path: Path) -> None:
    """Give a finished file its name unless something of that name is there.

    POSIX renames over what is there, a link never does; only FAT has no links.
    Raises ``UserFault("file-exists")``.
    """
    try:
        os.link(part, path)
        part.unlink()
    except OSError:
        if path.exists():
            raise UserFault("file-exists", path=path) from None
        part.rename(path)


def check_replaceable(path: Path, *sources: Path) -> None:
    """Check that writing to ``path`` destroys nothing but an earlier package or document.

    Those are ZIP archives and age files; a key, a group or anything else is left alone, and so are the
    ``sources``.
    Raises ``UserFault("file-exists")``.
    """
    with translated_os_errors(path):  # a stick that was pulled out refuses even to say what is there
        if not path.exists():
            return
        if any(source.exists() and path.samefile(source) for source in sources):
            raise UserFault("file-exists", path=path)
        with path.open("rb") as file:
            start = file.read(len(_AGE))
    if start and not start.startswith((b"PK", _AGE)):
        raise UserFault("file-exists", path=path)


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` durable. Windows has no such call and needs none."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
