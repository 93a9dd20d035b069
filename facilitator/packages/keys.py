"""Signing keys: OpenSSH private keys of type ed25519, made here or by ``ssh-keygen -t ed25519``."""

import base64
import hashlib
import struct
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization.ssh import SSHPrivateKeyTypes

from facilitator.errors import UserFault
from facilitator.files import write_atomically
from facilitator.packages import sshsig

_MAGIC = b"openssh-key-v1\0"
_PUBLIC_PART = 3
"""The public key follows the names of the cipher and of the key derivation, and its options."""


@dataclass(frozen=True)
class PublicKey:
    """The public half of a key: 32 bytes."""

    raw: bytes

    @property
    def fingerprint(self) -> str:
        """``SHA256:...`` as ``ssh-keygen -l`` prints it."""
        return sshsig.fingerprint(self.raw)

    @property
    def digits(self) -> str:
        """6 groups of 5 digits to compare by voice.

        Each group is 5 bytes of the SHA-256 fingerprint modulo 100,000: 99 bits in all.
        """
        digest = hashlib.sha256(sshsig.public_blob(self.raw)).digest()
        groups = (int.from_bytes(digest[start : start + 5], "big") % 100_000 for start in range(0, 30, 5))
        return " ".join(f"{group:05d}" for group in groups)

    @property
    def line(self) -> str:
        """The key as it stands in a roster: ``ssh-ed25519 AAAA...``."""
        return f"{sshsig.KEY_TYPE} {base64.b64encode(sshsig.public_blob(self.raw)).decode()}"

    def signer_line(self, principal: str) -> str:
        """Return the line of a roster that lets this key sign the packages of ``principal``."""
        return f'{principal} namespaces="{sshsig.PACKAGE_NAMESPACE}" {self.line}'


class SigningKey:
    """A private key that signs packages."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public = PublicKey(private.public_key().public_bytes_raw())

    @property
    def fingerprint(self) -> str:
        """``SHA256:...`` as ``ssh-keygen -l`` prints it."""
        return self.public.fingerprint

    @property
    def public_line(self) -> str:
        """The public key as it stands in a roster: ``ssh-ed25519 AAAA...``."""
        return self.public.line

    def sign(self, namespace: str, message: bytes) -> bytes:
        """Return the armored SSHSIG of ``message``, the same bytes that ``ssh-keygen -Y sign`` gives."""
        return sshsig.sign(self.public.raw, namespace, message, self._private.sign)

    def unlocked_pem(self) -> bytes:
        """Return the private key in the format of OpenSSH without a passphrase, for use in memory only."""
        return _pem(self._private, None)


def load_key(path: Path, passphrase: str | None) -> SigningKey:
    """Load a private key; a passphrase given for a key that has none is not used.

    Raises ``UserFault`` ``key-missing``, ``key-unreadable``, ``key-not-ed25519``, ``key-cipher-unknown``,
    ``key-passphrase-needed``, ``key-passphrase-wrong``.
    """
    text = _read(path)
    try:
        private = serialization.load_ssh_private_key(text, None)
    except TypeError:  # the library's word for "it has a passphrase"
        private = _unlock(path, text, passphrase)
    except UnsupportedAlgorithm:
        load_public_key(path)  # another kind of key is told by its public half
        raise UserFault("key-cipher-unknown", path=path) from None
    except ValueError:
        raise UserFault("key-unreadable", path=path, problem="not an OpenSSH private key") from None
    if not isinstance(private, Ed25519PrivateKey):
        raise UserFault("key-not-ed25519", path=path)
    return SigningKey(private)


def load_public_key(path: Path) -> PublicKey:
    """Read the public half from the file of a private key, where it lies unlocked (OpenSSH, PROTOCOL.key).

    Raises ``UserFault`` ``key-missing``, ``key-unreadable``, ``key-not-ed25519``.
    """
    text = _read(path)
    try:
        data = base64.b64decode(b"".join(text.strip().split(b"\n")[1:-1]), validate=True)
        blob = _public_blob(data)
    except (ValueError, struct.error):
        raise UserFault("key-unreadable", path=path, problem="not an OpenSSH private key") from None
    raw = blob[-32:]
    if blob != sshsig.public_blob(raw):
        raise UserFault("key-not-ed25519", path=path)
    return PublicKey(raw)


def _public_blob(data: bytes) -> bytes:
    if not data.startswith(_MAGIC):
        raise ValueError("not an OpenSSH private key")
    place = len(_MAGIC)
    for _ in range(_PUBLIC_PART):
        (size,) = struct.unpack_from(">I", data, place)
        place += 4 + size
    _, size = struct.unpack_from(">II", data, place)
    return data[place + 8 : place + 8 + size]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise UserFault("key-missing", path=path) from None
    except OSError as error:
        raise UserFault("key-unreadable", path=path, problem=error.strerror) from None


def _unlock(path: Path, text: bytes, passphrase: str | None) -> SSHPrivateKeyTypes:
    if not passphrase:
        raise UserFault("key-passphrase-needed", path=path)
    try:
        return serialization.load_ssh_private_key(text, passphrase.encode())
    except (ValueError, InvalidTag):
        raise UserFault("key-passphrase-wrong", path=path) from None


def create_key(path: Path, passphrase: str | None) -> SigningKey:
    """Make a key and save it in the format of OpenSSH, readable by its owner only.

    Raises ``UserFault("key-exists")``, never overwriting a key, and ``EnvironmentFault`` as
    ``write_atomically`` does.
    """
    if path.exists():
        raise UserFault("key-exists", path=path)
    private = Ed25519PrivateKey.generate()
    write_atomically(path, _pem(private, passphrase), mode=0o600)
    return SigningKey(private)


def _pem(private: Ed25519PrivateKey, passphrase: str | None) -> bytes:
    protection: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if passphrase:
        protection = serialization.BestAvailableEncryption(passphrase.encode())
    return private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, protection)
