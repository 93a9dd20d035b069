"""Disks that refuse: a small one that is full, and folders that an ordinary user may not write to."""

import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

NOBODY = 65_534


def contents(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below ``folder`` by its name."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """Mount a disk of ``size`` at ``folder``; skip the test where that is not allowed."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def fill(folder: Path) -> Path:
    """Write a file that leaves no room on the disk of ``folder``, and return it."""
    path = folder / "ballast"
    with path.open("wb", buffering=0) as file:
        for size in (65_536, 4_096, 1):
            try:
                while file.write(bytes(size)):
                    pass
            except OSError:
                continue
    return path


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let nothing be written in ``folder`` meanwhile. Permissions do not bind root, who becomes nobody.

    What the program imports late must have been imported before: nobody may not read root's files.
    """
    before = folder.stat().st_mode
    folder.chmod(0o555)
    root = os.geteuid() == 0
    if root:
        os.setegid(NOBODY)
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
            os.setegid(0)
        folder.chmod(before)


@contextmanager
def public_folder() -> Iterator[Path]:
    """Make a folder that anyone can reach; pytest's own are closed to all but their maker."""
    with tempfile.TemporaryDirectory(prefix="facilitator-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
