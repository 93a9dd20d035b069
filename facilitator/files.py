"""Files written whole or not at all, and what the disk says when it cannot."""

import errno
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from facilitator.errors import EnvironmentFault, UserFault

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


def write_atomically(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Write ``data`` so that ``path`` holds all of it or what it held before, also after a power cut.

    ``mode`` is what the file may be used for before the umask narrows it; a key asks for 0o600.

    Raises ``EnvironmentFault`` ``disk-full``, ``folder-read-only``, ``folder-missing``, ``cannot-write``.
    """
    with translated_os_errors(path):
        part = part_beside(path)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def part_beside(path: Path) -> Path:
    """Return a fresh hidden name in the folder of ``path``, for what is to be renamed to it."""
    return path.parent / f".{path.name}.{secrets.token_hex(4)}.part"


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

    Those are ZIP archives; a key, a group or anything else is left alone, and so are the ``sources``.
    Raises ``UserFault("file-exists")``.
    """
    if not path.exists():
        return
    if any(source.exists() and path.samefile(source) for source in sources):
        raise UserFault("file-exists", path=path)
    with translated_os_errors(path), path.open("rb") as file:
        archive = file.read(2) in (b"PK", b"")
    if not archive:
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
