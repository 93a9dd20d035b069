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
        tree = tomllib.loads(content.decode())
    except OSError as error:
        raise broken(path, "", error.strerror or str(error)) from None
    except UnicodeDecodeError as error:
        raise broken(path, f"byte {error.start}", "not UTF-8") from None
    except tomllib.TOMLDecodeError as error:
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
