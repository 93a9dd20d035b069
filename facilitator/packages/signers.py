"""Who may sign what: the ``allowed_signers`` and ``revoked_keys`` files of OpenSSH (ssh-keygen(1)).

Verdicts agree with ``ssh-keygen -Y verify``; a line that cannot be read makes the whole roster unreadable.
"""

import base64
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from facilitator.errors import UserFault
from facilitator.packages import sshsig
from facilitator.packages.verdicts import Quarantined, Refused

REVOKED_KEYS = "revoked_keys"
"""A file of this name beside the roster is its list of revoked keys."""

T = TypeVar("T")
_SEPARATORS = " \t"
_PRINCIPALS = re.compile(r'(?:"([^"]+)"|([^ \t"][^ \t]*))[ \t]+')
_KEY_TYPE = re.compile(r"(ssh-|ecdsa-sha2-|sk-)\S+[ \t]")
_OPTION = re.compile(
    r'(?i)(?:(cert-authority)|(namespaces|valid-after|valid-before)="((?:\\"|[^"])*)")(,|[ \t]+)',
)
_TIME_FORMATS = {8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}


@dataclass(frozen=True)
class Grant:
    """One line of the roster: a key, the principals it may sign for, where and when (seconds since 1970)."""

    key: bytes
    principals: str
    namespaces: str | None = None
    valid_after: int | None = None
    valid_before: int | None = None

    def covers(self, namespace: str) -> bool:
        """Tell whether the key may be used in a namespace."""
        return self.namespaces is None or matches(namespace, self.namespaces)

    def begun(self, at: datetime) -> bool:
        """Tell whether the validity has begun."""
        return self.valid_after is None or int(at.timestamp()) >= self.valid_after

    def ended(self, at: datetime) -> bool:
        """Tell whether the validity is over."""
        return self.valid_before is not None and int(at.timestamp()) > self.valid_before


class Signers:
    """A roster: what is granted to each key, and the keys that are revoked."""

    def __init__(self, grants: Mapping[bytes, tuple[Grant, ...]], revoked: frozenset[bytes]) -> None:
        self._grants = grants
        self._revoked = revoked

    def check_key(self, key: bytes) -> None:
        """Check that a raw public key is enrolled at all and not revoked.

        Raises ``Refused("key-revoked")`` or ``Quarantined("key-unknown")``, each with the ``fingerprint``.
        """
        if key in self._revoked:
            raise Refused("key-revoked", fingerprint=sshsig.fingerprint(key))
        if key not in self._grants:
            raise Quarantined("key-unknown", fingerprint=sshsig.fingerprint(key))

    def check_grant(self, key: bytes, principal: str, namespace: str, at: datetime) -> None:
        """Check that a key may sign for ``principal`` in ``namespace`` at the aware moment ``at``.

        Raises ``Refused`` ``principal-not-granted``, ``namespace-not-granted``; ``Quarantined``
        ``key-expired``, ``key-not-yet-valid``.
        """
        facts = {"fingerprint": sshsig.fingerprint(key), "principal": principal}
        named = [grant for grant in self._grants.get(key, ()) if matches(principal, grant.principals)]
        if not named:
            raise Refused("principal-not-granted", **facts)
        covering = [grant for grant in named if grant.covers(namespace)]
        if not covering:
            raise Refused("namespace-not-granted", namespace=namespace, **facts)
        begun = [grant for grant in covering if grant.begun(at)]
        if not begun:
            raise Quarantined("key-not-yet-valid", **facts)
        if all(grant.ended(at) for grant in begun):
            raise Quarantined("key-expired", **facts)


def load_signers(path: Path, revoked: Path | None = None) -> Signers:
    """Read a roster and its revoked keys: ``revoked``, else the file ``revoked_keys`` beside it if any.

    Raises ``UserFault`` ``roster-missing`` (with the ``path``) or ``roster-unreadable`` (with ``path`` and
    ``line``).
    """
    beside = path.parent / REVOKED_KEYS
    if revoked is None and beside.exists():
        revoked = beside
    grants: defaultdict[bytes, tuple[Grant, ...]] = defaultdict(tuple)
    for grant in _read(path, _parse_grant):
        if grant is not None:
            grants[grant.key] += (grant,)
    keys = _read(revoked, parse_public_key) if revoked else ()
    return Signers(dict(grants), frozenset(key for key in keys if key is not None))


def matches(text: str, patterns: str) -> bool:
    """Tell whether ``text`` matches a pattern list of ``*`` ``?`` ``,`` ``!`` (ssh_config(5), PATTERNS)."""
    positive = False
    for pattern in patterns.split(","):
        wanted = pattern.removeprefix("!")
        expression = re.escape(wanted).replace(r"\*", ".*").replace(r"\?", ".")
        if re.fullmatch(expression, text, re.DOTALL):
            if wanted != pattern:
                return False
            positive = True
    return positive


def parse_public_key(text: str) -> bytes | None:
    """Return the raw key of ``ssh-ed25519 AAAA... comment``, or ``None`` for a sound key of another type.

    Raises ``ValueError``.
    """
    kind, encoded, *_ = [*re.split(r"[ \t]+", text, maxsplit=2), ""]
    blob = base64.b64decode(encoded, validate=True)
    if blob[4 : 4 + int.from_bytes(blob[:4], "big")] != kind.encode():
        raise ValueError("not a public key")
    if kind != sshsig.KEY_TYPE:
        return None
    key = blob[-32:]
    if blob != sshsig.public_blob(key):
        raise ValueError("not a public key")
    return key


def _read(path: Path, parse: Callable[[str], T]) -> Iterator[T]:
    """Yield what ``parse`` makes of each line that is neither empty nor a comment."""
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        raise UserFault("roster-missing", path=path) from None
    except OSError as error:
        raise UserFault("roster-unreadable", path=path, line=0, problem=error.strerror) from None
    for number, line in enumerate(lines, 1):
        try:
            text = line.decode().strip(_SEPARATORS + "\r")
            if text and not text.startswith("#"):
                yield parse(text)
        except ValueError as error:
            raise UserFault("roster-unreadable", path=path, line=number, problem=str(error)) from None


def _parse_grant(line: str) -> Grant | None:
    """Return the grant of a line, or ``None`` where it grants nothing to a plain ed25519 key."""
    principals = _PRINCIPALS.match(line)
    if not principals:
        raise ValueError("no principals")
    options, rest = _split_options(line[principals.end() :])
    key = parse_public_key(rest)
    after, before = (_seconds(options.get(name)) for name in ("valid-after", "valid-before"))
    if after is not None and before is not None and before <= after:
        raise ValueError("valid-before is not after valid-after")
    if key is None or "cert-authority" in options:
        return None
    return Grant(key, principals[1] or principals[2], options.get("namespaces"), after, before)


def _split_options(text: str) -> tuple[dict[str, str], str]:
    """Return the options by name and the key behind them."""
    options: dict[str, str] = {}
    if _KEY_TYPE.match(text):
        return options, text
    start = 0
    while option := _OPTION.match(text, start):
        name = (option[1] or option[2]).lower()
        if name in options:
            raise ValueError(f"{name} is given twice")
        options[name] = (option[3] or "").replace('\\"', '"')
        if option[4] != ",":
            return options, text[option.end() :]
        start = option.end()
    raise ValueError("unknown option")


def _seconds(text: str | None) -> int | None:
    """Return the moment ``YYYYMMDD[HHMM[SS]][Z]`` in seconds since 1970; without ``Z`` it is local time."""
    if text is None:
        return None
    digits = re.sub(r"(?i)Z\Z", "", text)
    if len(digits) not in _TIME_FORMATS or not re.fullmatch("[0-9]+", digits):
        raise ValueError(f"not a time: {text}")
    moment = datetime.strptime(digits, _TIME_FORMATS[len(digits)])
    return int((moment.replace(tzinfo=UTC) if digits != text else moment).timestamp())
