"""Signatures as OpenSSH makes them (PROTOCOL.sshsig): ed25519 over SHA-512, in a namespace, armored.

Everything but the 32 bytes of the key and the 64 of the signature is fixed, so the reader takes those two,
writes the armor anew and refuses any other spelling: the armor is not under the signature and could be
changed by anyone.
"""

import base64
import binascii
import hashlib
from collections.abc import Callable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from facilitator.packages.verdicts import Refused

PACKAGE_NAMESPACE = "fpkg@facilitator"
ROSTER_NAMESPACE = "fpkg-roster@facilitator"
REQUEST_NAMESPACE = "fpkg-request@facilitator"
KEY_TYPE = "ssh-ed25519"

_MAGIC = b"SSHSIG"
_VERSION = (1).to_bytes(4, "big")
_HASH = b"sha512"
_BEGIN, _END = b"-----BEGIN SSH SIGNATURE-----", b"-----END SSH SIGNATURE-----"
_ARMOR_WIDTH = 70
_KEY_START = len(_MAGIC) + len(_VERSION) + 4 + 4 + len(KEY_TYPE) + 4
_KEY_SIZE, _SIGNATURE_SIZE = 32, 64


def sign(key: bytes, namespace: str, message: bytes, make_signature: Callable[[bytes], bytes]) -> bytes:
    """Return the armored signature of ``message``; ``key`` is the raw public key of ``make_signature``."""
    return _armor(key, namespace, make_signature(_signed_data(namespace, message)))


def verify(armored: bytes, namespace: str, message: bytes) -> bytes:
    """Return the raw public key under which an armored signature of ``message`` holds.

    Raises ``Refused`` ``signature-malformed`` (also for another namespace, hash or type of key) or
    ``signature-wrong``.
    """
    try:
        blob = binascii.a2b_base64(b"".join(armored.split(b"\n")[1:-2]))
    except binascii.Error:
        raise Refused("signature-malformed") from None
    key = blob[_KEY_START : _KEY_START + _KEY_SIZE]
    signature = blob[-_SIGNATURE_SIZE:]
    if armored != _armor(key, namespace, signature):
        raise Refused("signature-malformed")
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, _signed_data(namespace, message))
    except InvalidSignature:
        raise Refused("signature-wrong") from None
    return key


def public_blob(key: bytes) -> bytes:
    """Return a raw ed25519 public key in the wire form of OpenSSH (RFC 8709, section 4)."""
    return _string(KEY_TYPE.encode()) + _string(key)


def fingerprint(key: bytes) -> str:
    """Return ``SHA256:...`` of a raw public key, as ``ssh-keygen -l`` prints it."""
    digest = hashlib.sha256(public_blob(key)).digest()
    return "SHA256:" + base64.b64encode(digest).rstrip(b"=").decode()


def _signed_data(namespace: str, message: bytes) -> bytes:
    fields = (namespace.encode(), b"", _HASH, hashlib.sha512(message).digest())
    return _MAGIC + b"".join(map(_string, fields))


def _armor(key: bytes, namespace: str, signature: bytes) -> bytes:
    wrapped = _string(KEY_TYPE.encode()) + _string(signature)
    fields = (public_blob(key), namespace.encode(), b"", _HASH, wrapped)
    text = base64.b64encode(_MAGIC + _VERSION + b"".join(map(_string, fields)))
    lines = [text[start : start + _ARMOR_WIDTH] for start in range(0, len(text), _ARMOR_WIDTH)]
    return b"\n".join([_BEGIN, *lines, _END, b""])


def _string(content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + content
