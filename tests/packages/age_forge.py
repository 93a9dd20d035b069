"""An age file as anyone can make it, byte for byte the same each time (C2SP, age-encryption.org/v1).

The program leaves this to a library; here the parts are at hand, to be put together wrongly.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable, Sequence
from functools import reduce

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"age-encryption.org/v1\n"
CHUNK = 64 * 1024
_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_FILE_KEY = hashlib.sha256(b"file key").digest()[:16]
_NONCE = hashlib.sha256(b"nonce").digest()[:16]


def age_file(data: bytes, recipients: Sequence[str], more: Iterable[bytes] = ()) -> bytes:
    """Encrypt to native recipients; ``more`` stanzas stand behind theirs."""
    return header((*map(stanza, recipients), *more)) + payload(data)


def header(stanzas: Iterable[bytes]) -> bytes:
    """The header of whatever stanzas it is given, under the right MAC."""
    text = MAGIC + b"".join(stanzas) + b"---"
    mac = hmac.digest(_derived(_FILE_KEY, b"", b"header"), text, "sha256")
    return text + b" " + encoded(mac) + b"\n"


def stanza(recipient: str) -> bytes:
    """The stanza that gives the file's key to a native recipient."""
    ephemeral = X25519PrivateKey.from_private_bytes(hashlib.sha256(recipient.encode()).digest())
    share, theirs = ephemeral.public_key().public_bytes_raw(), _point(recipient)
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(theirs))
    wrap = _derived(shared, share + theirs, b"age-encryption.org/v1/X25519")
    body = ChaCha20Poly1305(wrap).encrypt(bytes(12), _FILE_KEY, None)
    return b"-> X25519 " + encoded(share) + b"\n" + encoded(body) + b"\n"


def payload(data: bytes) -> bytes:
    """What follows the header: the data in chunks, the last of which is marked."""
    cipher = ChaCha20Poly1305(_derived(_FILE_KEY, _NONCE, b"payload"))
    starts = range(0, max(len(data), 1), CHUNK)
    return _NONCE + b"".join(
        cipher.encrypt(
            number.to_bytes(11, "big") + bytes([start == starts[-1]]), data[start : start + CHUNK], None
        )
        for number, start in enumerate(starts)
    )


def encoded(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def _derived(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(hashes.SHA256(), length=32, salt=salt, info=purpose).derive(secret)


def _point(recipient: str) -> bytes:
    """The public key in a recipient: Bech32, without looking at its checksum (BIP 173)."""
    number = reduce(lambda sum, letter: sum * 32 + _LETTERS.index(letter), recipient[4:-6], 0)
    return (number >> 4).to_bytes(32, "big")
