"""Who may sign what: the ``allowed_signers`` and ``revoked_keys`` files of OpenSSH (ssh-keygen(1)).

Verdicts agree with ``ssh-keygen -Y verify``; a line that cannot be read makes the whole roster unreadable.
"""

import base64
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from facilitator.packages import sshsig
from facilitator.packages.verdicts import Quarantined, Refused

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
    comment: str = ""
    events: frozenset[str] | None = None
    """The codes of the events it can speak for; ``None`` for any. No part of the line."""
    revoked: bool = False
    """Whether the list that grants it has revoked the key. No part of the line."""

    def names(self, principal: str) -> bool:
        """Tell whether the key may sign for a principal, such as ``skfo-2018.g3``."""
        known = self.events is None or principal.rpartition(".")[0] in self.events
        return known and matches(principal, self.principals)

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
        self.revoked_everywhere = revoked

    @property
    def grants(self) -> tuple[Grant, ...]:
        """All that is granted, key by key."""
        return tuple(grant for grants in self._grants.values() for grant in grants)

    @property
    def revoked(self) -> frozenset[bytes]:
        """The raw public keys that are revoked."""
        return self.revoked_everywhere.union(grant.key for grant in self.grants if grant.revoked)

    def covers(self, key: bytes, namespace: str) -> bool:
        """Tell whether a key that is not revoked may sign anything in a namespace."""
        grants = self._grants.get(key, ())
        return key not in self.revoked and any(grant.covers(namespace) for grant in grants)

    def check_key(self, key: bytes) -> None:
        """Check that a raw public key is enrolled at all and not revoked.

        Raises ``Refused("key-revoked")`` or ``Quarantined("key-unknown")``, each with the ``fingerprint``.
        """
        grants = self._grants.get(key, ())
        if key in self.revoked_everywhere or (grants and all(grant.revoked for grant in grants)):
            raise Refused("key-revoked", fingerprint=sshsig.fingerprint(key))
        if not grants:
            raise Quarantined("key-unknown", fingerprint=sshsig.fingerprint(key))

    def check_grant(self, key: bytes, principal: str, namespace: str, at: datetime) -> None:
        """Check that a key may sign for ``principal`` in ``namespace`` at the aware moment ``at``.

        Raises ``Refused`` ``principal-not-granted``, ``key-revoked``, ``namespace-not-granted``;
        ``Quarantined`` ``key-expired``, ``key-not-yet-valid``.
        """
        facts = {"fingerprint": sshsig.fingerprint(key), "principal": principal}
        named = [grant for grant in self._grants.get(key, ()) if grant.names(principal)]
        if not named:
            raise Refused("principal-not-granted", **facts)
        if any(grant.revoked for grant in named):
            raise Refused("key-revoked", **facts)
        covering = [grant for grant in named if grant.covers(namespace)]
        if not covering:
            raise Refused("namespace-not-granted", namespace=namespace, **facts)
        begun = [grant for grant in covering if grant.begun(at)]
        if not begun:
            raise Quarantined("key-not-yet-valid", **facts)
        if all(grant.ended(at) for grant in begun):
            raise Quarantined("key-expired", **facts)


def parse_signers(allowed: bytes, revoked: bytes) -> Signers:
    """Return what ``allowed_signers`` and ``revoked_keys`` say.

    Raises ``ValueError`` with the ``line`` that cannot be read first.
    """
    return signers_of(parse_lines(allowed, parse_grant), parse_lines(revoked, parse_public_key))


def signers_of(grants: Iterable[Grant | None], revoked: Iterable[bytes | None]) -> Signers:
    """Return what lines say that grant and revoke; ``None`` stands for one that does neither."""
    by_key: defaultdict[bytes, list[Grant]] = defaultdict(list)
    for grant in grants:
        if grant is not None:
            by_key[grant.key].append(grant)
    granted = {key: tuple(grants) for key, grants in by_key.items()}
    return Signers(granted, frozenset(key for key in revoked if key is not None))


def matches(text: str, patterns: str) -> bool:
    """Tell whether ``text`` matches a pattern list of ``*`` ``?`` ``,`` ``!`` (ssh_config(5), PATTERNS)."""
    places: defaultdict[str, int] = defaultdict(int)
    for place, character in enumerate(text):
        places[character] |= 1 << place
    positive = False
    for pattern in patterns.split(","):
        wanted = pattern.removeprefix("!")
        if _matches_one(len(text), places, wanted):
            if wanted != pattern:
                return False
            positive = True
    return positive


def _matches_one(length: int, places: Mapping[str, int], pattern: str) -> bool:
    """Tell whether a pattern matches a text in which each character has its ``places``, bit by bit.

    Bit ``n`` of ``ends`` says that the pattern so far matches the first ``n`` characters. A regular
    expression with a dozen ``*`` could try for years.
    """
    everywhere = (2 << length) - 1
    ends = 1
    for character in pattern:
        if character == "*":
            ends |= -ends & everywhere
        elif character == "?":
            ends = ends << 1 & everywhere
        else:
            ends = (ends & places.get(character, 0)) << 1
    return bool(ends >> length)


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


class LineError(ValueError):
    """What is wrong in a line, and which ``line`` it is, counted from 1."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(problem)
        self.line = line


def parse_lines(text: bytes, parse: Callable[[str], T]) -> Iterator[T]:
    """Yield what ``parse`` makes of each line that is neither empty nor a comment.

    Raises ``LineError`` where ``parse`` raises ``ValueError``.
    """
    for number, line in enumerate(text.split(b"\n"), 1):
        try:
            words = line.decode().strip(_SEPARATORS + "\r")
            if words and not words.startswith("#"):
                yield parse(words)
        except ValueError as error:
            raise LineError(number, str(error)) from None


def parse_grant(line: str) -> Grant | None:
    """Return the grant of a line, or ``None`` where it grants nothing to a plain ed25519 key.

    Raises ``ValueError``.
    """
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
    comment = [*re.split(r"[ \t]+", rest, maxsplit=2), ""][2]
    return Grant(key, principals[1] or principals[2], options.get("namespaces"), after, before, comment)


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
