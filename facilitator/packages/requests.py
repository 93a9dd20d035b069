"""A request to be enrolled: the public key and its owner's name, signed by the key itself.

The signature shows that whoever asks holds the key. That it is the right person is for the organizer to find
out, who compares the digits by voice.
"""

from dataclasses import dataclass

import msgspec

from facilitator.domain.records import Line, Time, normalize
from facilitator.errors import UserFault
from facilitator.packages import canonical, sshsig
from facilitator.packages.keys import PublicKey, SigningKey
from facilitator.packages.signers import parse_public_key
from facilitator.packages.verdicts import Refused

SCHEMA = "fpkg-request/1.0"
MAX_REQUEST = 16 * 1024
"""The longest request, in bytes; it has to fit into a QR code."""


class _Request(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    schema: str
    name: Line
    key: str
    created: Time
    signature: str = ""


@dataclass(frozen=True)
class Request:
    """Who asks, with which key, and when (UTC, RFC 3339)."""

    name: str
    key: PublicKey
    created: str


def make_request(name: str, key: SigningKey, created: str) -> bytes:
    """Return the file of a request: one line of canonical JSON.

    Raises ``UserFault("name-missing")`` for a name of nothing but spaces or out of form.
    """
    try:
        cleaned = msgspec.convert(normalize(" ".join(name.split())), Line)
    except (msgspec.ValidationError, UserFault):
        raise UserFault("name-missing") from None
    request = _Request(schema=SCHEMA, name=cleaned, key=key.public_line, created=created)
    signature = key.sign(sshsig.REQUEST_NAMESPACE, _signed(request)).decode("ascii")
    return canonical.encode_lines(
        [msgspec.to_builtins(msgspec.structs.replace(request, signature=signature))]
    )


def read_request(text: bytes) -> Request:
    """Return a request whose signature holds.

    Raises ``UserFault("request-unsound")`` with the ``problem``.
    """
    if len(text) > MAX_REQUEST:
        raise UserFault("request-unsound", problem="is too long")
    try:
        request = msgspec.convert(canonical.decode(text.strip()), _Request)
        if request.schema != SCHEMA:
            raise ValueError(f"unknown schema {request.schema}")
        if request.name != " ".join(request.name.split()):  # it becomes part of a line of the roster
            raise ValueError("contains control characters")
        key = parse_public_key(request.key)
        signer = sshsig.verify(request.signature.encode(), sshsig.REQUEST_NAMESPACE, _signed(request))
    except Refused as refusal:
        raise UserFault("request-unsound", problem=refusal.code) from None
    except ValueError:
        raise UserFault("request-unsound", problem="not a request") from None
    if signer != key:
        raise UserFault("request-unsound", problem="another key has signed it")
    return Request(request.name, PublicKey(signer), request.created)


def _signed(request: _Request) -> bytes:
    plain = msgspec.to_builtins(request)
    del plain["signature"]
    return canonical.encode(plain)
