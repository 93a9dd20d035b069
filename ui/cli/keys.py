"""Keys, secrets and rosters as the command line is given them."""

import sys
from argparse import Namespace
from collections.abc import Iterable, Sequence
from getpass import getpass
from pathlib import Path

from facilitator.errors import EnvironmentFault, UserFault
from facilitator.packages.age import Identity, parse_identities
from facilitator.packages.keys import SigningKey, load_key, load_public_key
from facilitator.services import vault
from facilitator.services.trust import Trust, TrustStore
from ui.cli.shell import Shell
from ui.messages import PASSPHRASE_CODES, sentence

TRIES = 3


def signing_key(arguments: Namespace, shell: Shell) -> SigningKey:
    """Load the key that ``--key`` names, or this installation's; at a terminal the passphrase is asked for.

    Raises as ``load_key`` does.
    """
    path = arguments.key or shell.home.key_path
    passphrase = passphrase_of(arguments.passphrase_file)
    if passphrase is None and path == shell.home.key_path and path.exists():
        passphrase = vault.recall(load_public_key(path).fingerprint)
    for _ in range(TRIES):
        try:
            return load_key(path, passphrase)
        except UserFault as fault:
            asks = fault.code in PASSPHRASE_CODES
            if not asks or arguments.passphrase_file or not sys.stdin.isatty():
                raise
            print(sentence(fault, shell.texts), file=sys.stderr)
            passphrase = getpass(shell.gettext("Passphrase: "), sys.stderr)
    return load_key(path, passphrase)


def passphrase_of(path: Path | None) -> str | None:
    """Return the first line of a passphrase file. Raises ``UserFault``, ``EnvironmentFault``."""
    return None if path is None else read_text(path).partition("\n")[0]


def read_text(path: Path) -> str:
    """Return a small text file. Raises ``UserFault("file-missing")``, ``EnvironmentFault("cannot-open")``."""
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        raise UserFault("file-missing", path=path) from None
    except (OSError, UnicodeDecodeError) as error:
        raise EnvironmentFault("cannot-open", path=path, reason=str(error)) from None


def recipients(given: Iterable[str]) -> list[str]:
    """Return age recipients given as they are or as files that hold them, one a line."""
    found: list[str] = []
    for each in given:
        if each.startswith("age1"):
            found.append(each)
        else:
            lines = (line.strip() for line in read_text(Path(each)).splitlines())
            found += [line for line in lines if line and not line.startswith("#")]
    return found


def identities(paths: Sequence[Path] | None) -> tuple[Identity, ...]:
    """Read the secrets that open age files. Raises ``UserFault("recipient-unreadable")``."""
    found: list[Identity] = []
    for path in paths or ():
        try:
            found += parse_identities(read_text(path))
        except ValueError:
            raise UserFault("recipient-unreadable", path=path) from None
    return tuple(found)


def trust(arguments: Namespace, shell: Shell, *, keep: bool) -> Trust:
    """Read the rosters that ``--roster`` names, and say whose key is met for the first time."""
    found = TrustStore(shell.home).load(arguments.roster, digits=heard(arguments), keep=keep)
    for roster in found.rosters:
        if roster.first_use and arguments.organizer is None:
            shell.note(first_use_words(roster.digits, shell))
    return found


def heard(arguments: Namespace) -> str | None:
    """Return the digits of organizers' keys as ``--organizer`` gives them, if it does."""
    return None if arguments.organizer is None else ",".join(arguments.organizer)


def first_use_words(digits: str, shell: Shell) -> str:
    """Return what to do about an organizer whose key nobody has compared here yet."""
    return shell.gettext(
        "The organizer’s key is met here for the first time. Compare it by voice: {digits}"
    ).format(digits=digits)
