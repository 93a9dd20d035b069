"""Reading the program's TOML data so that a broken file is named with the key and the reason."""

import hashlib
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import msgspec

from facilitator.errors import UserFault

Shape = TypeVar("Shape")

_MOST_DOTS = 50
"""In a line: a key of ten thousand parts, which only a hostile file has, takes the parser a second."""
_PLACE = re.compile(r" \(at ([^()]+)\)\Z")
_PATH = re.compile(r" - at `\$\.?([^`]*)`\Z")
_FIELD = re.compile(r"(?:required|unknown) field `([^`]+)`")


def broken(path: Path, key: str, reason: str) -> UserFault:
    """Return the fault that names a data file, the key at fault and the reason."""
    return UserFault("data-broken", file=str(path), key=key, reason=reason)


def read_data(path: Path, shape: type[Shape]) -> tuple[Shape, str]:
    """Return a TOML file as a value of ``shape``, and the SHA-256 of its bytes in hexadecimal.

    Raises ``UserFault("data-broken")`` with ``file``, ``key`` (for a file that is no TOML: the place in it)
    and ``reason``.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise broken(path, "", error.strerror or str(error)) from None
    return parse_data(content, path, shape)


def parse_data(content: bytes, path: Path, shape: type[Shape]) -> tuple[Shape, str]:
    """Return the bytes of a TOML file as :func:`read_data` does; ``path`` is what the fault calls them."""
    if any(line.count(b".") > _MOST_DOTS for line in content.split(b"\n")):
        raise broken(path, "", "a line has too many dots")
    try:
        tree = tomllib.loads(content.decode())
    except RecursionError:
        raise broken(path, "", "nested too deep") from None
    except UnicodeDecodeError as error:
        raise broken(path, f"byte {error.start}", "not UTF-8") from None
    except ValueError as error:  # TOMLDecodeError, and what a number of thousands of digits raises
        place = _PLACE.search(str(error))
        raise broken(path, place.group(1) if place else "", _PLACE.sub("", str(error))) from None
    try:
        value = msgspec.convert(tree, shape)
    except msgspec.ValidationError as error:
        raise broken(path, _key(str(error)), _PATH.sub("", str(error))) from None
    return value, hashlib.sha256(content).hexdigest()


def check_once(path: Path, key: str, ids: Iterable[str]) -> None:
    """Check that no id stands twice under ``key``. Raises ``UserFault("data-broken")``."""
    seen: set[str] = set()
    for item in ids:
        if item in seen:
            raise broken(path, key, f"{item} stands twice")
        seen.add(item)


def _key(message: str) -> str:
    """Return the key msgspec's message speaks of, the name of a missing or unknown field included."""
    path = _PATH.search(message)
    field = _FIELD.search(message)
    return ".".join(part.group(1) for part in (path, field) if part and part.group(1))
