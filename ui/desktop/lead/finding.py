"""Package files in what was dropped: files as they are, folders and sticks searched."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

_SUFFIXES = (".fpkg", ".fpkg.age")


def find_packages(paths: Iterable[Path], go_on: Callable[[], bool]) -> tuple[Path, ...]:
    """Return the files to take in, each once; a search ends early when ``go_on`` says no.

    What systems hide on sticks, such as ``._group.fpkg``, is passed over.
    """
    found = (file for path in paths for file in (_search(path, go_on) if path.is_dir() else (path,)))
    return tuple(dict.fromkeys(found))


def _search(folder: Path, go_on: Callable[[], bool]) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        if not go_on():
            return
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.lower().endswith(_SUFFIXES) and not name.startswith("."):
                yield Path(root, name)
