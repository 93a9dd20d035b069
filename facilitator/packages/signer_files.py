"""Lists of signers as files, the way ``ssh-keygen`` takes them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from facilitator.errors import UserFault
from facilitator.packages.keys import PublicKey
from facilitator.packages.signers import (
    Grant,
    LineError,
    Signers,
    parse_grant,
    parse_lines,
    parse_public_key,
    signers_of,
)
from facilitator.packages.sshsig import fingerprint

REVOKED_KEYS = "revoked_keys"
"""A file of this name beside the roster is its list of revoked keys."""

T = TypeVar("T")
_GROUP = re.compile(r"[a-z0-9-]{1,40}\.g[1-9][0-9]?")


def load_signers(path: Path, revoked: Path | None = None) -> Signers:
    """Read a roster and its revoked keys: ``revoked``, else the file ``revoked_keys`` beside it if any.

    Raises ``UserFault`` ``roster-missing`` (with the ``path``) or ``roster-unreadable`` (with ``path`` and
    ``line``).
    """
    beside = path.parent / REVOKED_KEYS
    if revoked is None and beside.exists():
        revoked = beside
    return signers_of(_read(path, parse_grant), _read(revoked, parse_public_key) if revoked else ())


def within(signers: Signers, events: frozenset[str]) -> Signers:
    """Return the same for the events of these codes only: a roster grants and revokes for no other's."""
    revoked = signers.revoked_everywhere
    scoped = (replace(each, events=events, revoked=each.key in revoked) for each in signers.grants)
    return signers_of(scoped, ())


def joined(one: Signers, other: Signers) -> Signers:
    """Return what either grants, less what either has revoked."""
    return signers_of((*one.grants, *other.grants), (*one.revoked_everywhere, *other.revoked_everywhere))


def revoked_for(signers: Signers, principal: str) -> frozenset[str]:
    """Return the fingerprints of the keys that are revoked for a principal."""
    scoped = (each.key for each in signers.grants if each.revoked and each.names(principal))
    return frozenset(map(fingerprint, (*signers.revoked_everywhere, *scoped)))


def named_groups(signers: Signers) -> frozenset[str]:
    """Return the groups that are named one by one, such as ``skfo-2018.g3``."""
    named = (name for grant in signers.grants for name in grant.principals.split(","))
    return frozenset(name for name in named if _GROUP.fullmatch(name))


def grant_line(grant: Grant) -> str:
    """Return the line of ``allowed_signers`` that says what a grant says; its comment takes up no other."""
    options = {
        "namespaces": grant.namespaces,
        "valid-after": _moment_text(grant.valid_after),
        "valid-before": _moment_text(grant.valid_before),
    }
    given = ",".join(f'{name}="{value}"' for name, value in options.items() if value is not None)
    comment = " ".join(grant.comment.split())
    return " ".join(filter(None, (grant.principals, given, PublicKey(grant.key).line, comment)))


def _moment_text(seconds: int | None) -> str | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).strftime("%Y%m%d%H%M%SZ")


def _read(path: Path, parse: Callable[[str], T]) -> Iterator[T]:
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        raise UserFault("roster-missing", path=path) from None
    except OSError as error:
        raise UserFault("roster-unreadable", path=path, line=0, problem=error.strerror) from None
    try:
        yield from parse_lines(text, parse)
    except LineError as error:
        raise UserFault("roster-unreadable", path=path, line=error.line, problem=str(error)) from None
