"""Encryption to several recipients with age (C2SP, age-encryption.org/v1), which ``age -d`` opens.

A package is signed first and encrypted then. There are always two recipients at least, so that one lost key
does not lose what people said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyrage

from facilitator.errors import UserFault
from facilitator.packages.bag import MAX_PACKAGE
from facilitator.packages.content import FEWEST_RECIPIENTS
from facilitator.packages.keys import PublicKey, SigningKey
from facilitator.packages.verdicts import Quarantined, Refused

_MAGIC = b"age-encryption.org/v1\n"
_SECRET = "AGE-SECRET-KEY-1"
MAX_ENCRYPTED = MAX_PACKAGE + 1024 * 1024
"""The largest age file, in bytes: age adds less to the largest package, its header included."""
_LAST_LINE_OF_HEADER = b"\n---"
_MAX_HEADER = 16 * 1024
"""Room for a hundred recipients. The library reads the header anew for each byte of it: a megabyte would take
it a quarter of an hour."""


@dataclass(frozen=True, repr=False)
class Identity:
    """A secret that opens what was encrypted to its public half."""

    secret: Any


def is_encrypted(data: bytes) -> bool:
    """Tell whether these are the bytes of an age file."""
    return data.startswith(_MAGIC)


def new_recipient() -> tuple[str, str]:
    """Return a fresh pair: what is encrypted to (``age1…``), and the secret that opens it."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity.to_public()), str(identity)


def check_recipients(recipients: Sequence[str]) -> tuple[str, ...]:
    """Return native age recipients without repetition, sorted.

    Raises ``UserFault`` ``recipient-secret``, ``recipient-invalid`` with the ``recipient``,
    ``recipients-too-few``.
    """
    spelled = set()
    for recipient in recipients:
        if recipient.upper().startswith(_SECRET):  # and is not repeated in any sentence
            raise UserFault("recipient-secret")
        try:
            spelled.add(str(pyrage.x25519.Recipient.from_str(recipient)))
        except pyrage.RecipientError:
            raise UserFault("recipient-invalid", recipient=recipient) from None
    distinct = tuple(sorted(spelled))
    if len(distinct) < FEWEST_RECIPIENTS:
        raise UserFault("recipients-too-few", fewest=FEWEST_RECIPIENTS)
    return distinct


def encrypt(data: bytes, recipients: Sequence[str], readers: Sequence[PublicKey] = ()) -> bytes:
    """Encrypt to native recipients, and to the signing keys of ``readers`` too.

    Raises as :func:`check_recipients` does.
    """
    native = [pyrage.x25519.Recipient.from_str(each) for each in check_recipients(recipients)]
    signing_keys = [pyrage.ssh.Recipient.from_str(each.line) for each in readers]
    return bytes(pyrage.encrypt(data, [*native, *signing_keys]))


def decrypt(data: bytes, identities: Sequence[Identity]) -> bytes:
    """Return what an age file holds.

    Raises ``Quarantined("age-not-for-us")`` when none of the ``identities`` opens it, ``Refused``
    ``package-too-large``, ``age-malformed``.
    """
    check_sizes(data)
    if not identities:
        raise Quarantined("age-not-for-us")
    try:
        return bytes(pyrage.decrypt(data, [identity.secret for identity in identities]))
    except pyrage.DecryptError as error:
        if str(error).startswith("No matching keys"):
            raise Quarantined("age-not-for-us") from None
        raise Refused("age-malformed") from None


def check_sizes(data: bytes) -> None:
    """Check that neither an age file nor its header is too large to be decrypted here.

    Raises ``Refused`` ``package-too-large``, ``age-malformed``.
    """
    if len(data) > MAX_ENCRYPTED:
        raise Refused("package-too-large", limit=MAX_ENCRYPTED)
    if _LAST_LINE_OF_HEADER not in data[:_MAX_HEADER]:
        raise Refused("age-malformed")


def parse_identities(text: str) -> tuple[Identity, ...]:
    """Return the secrets of a file that ``age-keygen`` or this program wrote, one a line; ``#`` is a comment.

    Raises ``ValueError``.
    """
    lines = (line.strip() for line in text.splitlines())
    secrets = [line for line in lines if line and not line.startswith("#")]
    if not secrets or not all(line.startswith(_SECRET) for line in secrets):
        raise ValueError("not an age identity")
    try:
        return tuple(Identity(pyrage.x25519.Identity.from_str(line)) for line in secrets)
    except pyrage.IdentityError:
        raise ValueError("not an age identity") from None


def identity_of(key: SigningKey) -> Identity:
    """Return what opens a file that was encrypted to the public half of a signing key."""
    return Identity(pyrage.ssh.Identity.from_buffer(key.unlocked_pem()))
