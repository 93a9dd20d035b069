"""This installation's own key: made or brought, shown, and asked to be enrolled.

A lost key is a normal case: a new one is made, the organizer adds a line for it, and what the old one has
signed stays valid.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from facilitator.domain.records import timestamp
from facilitator.errors import UserFault
from facilitator.files import part_beside, place_new, sync_folder, translated_os_errors, write_atomically
from facilitator.packages.keys import PublicKey, SigningKey, create_key, load_key, load_public_key
from facilitator.packages.requests import make_request
from facilitator.services import vault
from facilitator.services.home import Home

T = TypeVar("T")


def create_identity(home: Home, passphrase: str | None, *, replace: bool = False) -> SigningKey:
    """Make this installation's key; with ``replace`` a former one is kept beside it under another name.

    Raises ``UserFault("key-exists")``, ``EnvironmentFault`` from the disk.
    """
    return _install(home, lambda path: create_key(path, passphrase), replace=replace)


def import_identity(home: Home, source: Path, *, replace: bool = False) -> PublicKey:
    """Take an OpenSSH key that was made elsewhere as this installation's, as it is, locked or not.

    Raises ``UserFault`` ``key-exists``, ``key-missing``, ``key-unreadable``, ``key-not-ed25519``;
    ``EnvironmentFault`` from the disk.
    """
    key = load_public_key(source)
    text = source.read_bytes()  # before a former key moves away, which may be this very file
    _install(home, lambda path: write_atomically(path, text, mode=0o600), replace=replace)
    return key


def own_key(home: Home) -> PublicKey:
    """Return the public half of this installation's key, for which no passphrase is needed.

    Raises ``UserFault`` ``key-missing``, ``key-unreadable``, ``key-not-ed25519``.
    """
    return load_public_key(home.key_path)


def unlock(home: Home, passphrase: str | None = None) -> SigningKey:
    """Load this installation's key by the passphrase given, or by the one the system's keyring keeps.

    Raises as ``load_key`` does.
    """
    remembered = None if passphrase else vault.recall(own_key(home).fingerprint)
    return load_key(home.key_path, passphrase or remembered)


def enrolment_request(key: SigningKey, name: str) -> bytes:
    """Return the request to enrol a key, for a file or a QR code. Raises ``UserFault("name-missing")``."""
    return make_request(name, key, timestamp(datetime.now(UTC)))


def _install(home: Home, write: Callable[[Path], T], *, replace: bool) -> T:
    """Put a key in its place once it is whole on the disk; a former one is given another name."""
    home.prepare()
    path = home.key_path
    if path.exists() and not replace:
        raise UserFault("key-exists", path=path)
    part = part_beside(path)
    try:
        made = write(part)
        with translated_os_errors(path):
            if path.exists():
                stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
                place_new(path, path.with_name(f"{path.name}.before-{stamp}"))
            place_new(part, path)
            sync_folder(path.parent)
    finally:
        part.unlink(missing_ok=True)
    return made
