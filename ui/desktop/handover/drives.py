"""The drives that are plugged in, such as sticks, to which a package can be written with one button."""

import sys
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QDir, QStorageInfo

_MOUNT_FOLDERS = {"linux": ("/media/", "/run/media/", "/mnt/"), "darwin": ("/Volumes/",)}
"""Where a system puts what is plugged in; Windows gives each drive a letter of its own."""


@dataclass(frozen=True)
class Volume:
    """A file system as Qt describes it. ``root`` is written with forward slashes on every system."""

    root: str
    label: str
    ready: bool = True
    read_only: bool = False


@dataclass(frozen=True)
class Drive:
    """A drive that can be written to, and what people call it."""

    root: Path
    title: str


def removable(volumes: Iterable[Volume], fixed: Collection[str], platform: str) -> tuple[Drive, ...]:
    """Return the drives among ``volumes``, by title; at ``fixed`` roots lie the system and the home."""
    folders = _MOUNT_FOLDERS.get(platform, ("",))
    titles = {
        volume.root: _title(volume)
        for volume in volumes
        if volume.ready
        and not volume.read_only
        and volume.root not in fixed
        and volume.root.startswith(folders)
    }
    return tuple(Drive(Path(root), title) for root, title in sorted(titles.items(), key=lambda each: each[1]))


def _title(volume: Volume) -> str:
    """Call a drive ``KINGSTON (E:)`` where it has a letter, and ``KINGSTON`` elsewhere."""
    last = volume.root.rstrip("/").rpartition("/")[2]
    if last.endswith(":"):
        return f"{volume.label} ({last})" if volume.label else last
    return volume.label or last


def mounted_volumes() -> list[Volume]:
    """Return every file system that is mounted. Takes well under a millisecond."""
    return [
        Volume(each.rootPath(), each.name(), each.isReady(), each.isReadOnly())
        for each in QStorageInfo.mountedVolumes()
    ]


def plugged_in() -> tuple[Drive, ...]:
    """Return the drives that are plugged in now."""
    fixed = {QStorageInfo.root().rootPath(), QStorageInfo(QDir.homePath()).rootPath()}
    return removable(mounted_volumes(), fixed, sys.platform)
