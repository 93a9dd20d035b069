"""What the page «Your key» does away from the window's thread. Everything slow is imported here."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from facilitator.errors import UserFault
from facilitator.files import write_verified
from facilitator.services.home import Home
from ui.desktop.widgets.qr_code import Matrix
from ui.messages import PASSPHRASE_CODES

if TYPE_CHECKING:
    from facilitator.packages.keys import SigningKey

"""What a person mends by typing the passphrase."""


@dataclass(frozen=True)
class SignedRequest:
    """A request to be enrolled: the bytes of its file, and the same as a QR code."""

    text: bytes
    matrix: Matrix


@dataclass(frozen=True)
class KeyState:
    """This installation's key as far as it can be known without asking anyone.

    ``locked`` says that only a person can unlock it; ``remembered`` that the system's keyring does. The
    request is there when the key could be unlocked and a name is known.
    """

    digits: str
    fingerprint: str
    locked: bool
    remembered: bool
    request: SignedRequest | None


def look(home: Home) -> KeyState:
    """Look at the key; one that opens by itself signs the request at once. Raises as ``load_key`` does."""
    key = _unlocked(home, "")
    return _state(home, key, asked=key is None)


def make_key(home: Home, name: str, passphrase: str, *, remember: bool) -> KeyState:
    """Make a key; a former one is kept under another name. Raises as ``create_identity`` does."""
    from facilitator.services.identity import create_identity  # noqa: PLC0415

    key = create_identity(home, passphrase, replace=True)
    return _keep(home, key, name, passphrase, remember=remember)


def take_key(home: Home, source: Path, name: str) -> KeyState:
    """Take a key made elsewhere; a former one is kept under another name.

    Raises as ``import_identity`` does.
    """
    from facilitator.services.identity import import_identity  # noqa: PLC0415

    import_identity(home, source, replace=True)
    if name:
        home.save_settings(name=name)
    return look(home)


def sign_request(home: Home, name: str, passphrase: str, *, remember: bool) -> KeyState:
    """Unlock the key and sign the request with it. Raises as ``load_key`` does."""
    key = _unlocked(home, passphrase)
    if key is None:
        raise UserFault("key-passphrase-needed", path=home.key_path)
    return _keep(home, key, name, passphrase, remember=remember)


def forget_passphrase(home: Home) -> KeyState:
    """Take the passphrase out of the system's keyring."""
    from facilitator.services import vault  # noqa: PLC0415
    from facilitator.services.identity import own_key  # noqa: PLC0415

    vault.forget(own_key(home).fingerprint)
    return look(home)


def save_request(path: Path, request: SignedRequest) -> Path:
    """Write the file of a request, read it back, and return where it lies. Raises as ``write_verified``."""
    write_verified(path, request.text)
    return path


def _unlocked(home: Home, passphrase: str) -> "SigningKey | None":
    """Return the key if the passphrase given opens it, or without one, if it opens by itself."""
    from facilitator.services.identity import unlock  # noqa: PLC0415

    try:
        return unlock(home, passphrase or None)
    except UserFault as fault:
        if passphrase or fault.code not in PASSPHRASE_CODES:
            raise
        return None


def _keep(home: Home, key: "SigningKey", name: str, passphrase: str, *, remember: bool) -> KeyState:
    """Keep the name, and the passphrase where the system's keyring takes it."""
    from facilitator.services import vault  # noqa: PLC0415

    if name:
        home.save_settings(name=name)
    if remember:
        vault.remember(key.fingerprint, passphrase)
    return _state(home, key, asked=bool(passphrase))


def _state(home: Home, key: "SigningKey | None", *, asked: bool) -> KeyState:
    """Describe the key; ``asked`` says whether a person has to be asked for its passphrase, or had to be."""
    from facilitator.services import vault  # noqa: PLC0415
    from facilitator.services.identity import own_key  # noqa: PLC0415

    public = own_key(home)
    remembered = vault.recall(public.fingerprint) is not None
    name = home.settings()["name"].strip()
    return KeyState(
        digits=public.digits,
        fingerprint=public.fingerprint,
        locked=key is None or (asked and not remembered),
        remembered=remembered,
        request=_signed(key, name) if key and name else None,
    )


def _signed(key: "SigningKey", name: str) -> SignedRequest:
    import segno  # noqa: PLC0415

    from facilitator.services.identity import enrolment_request  # noqa: PLC0415

    text = enrolment_request(key, name)
    return SignedRequest(text, segno.make(text.strip(), error="l", boost_error=False).matrix)
