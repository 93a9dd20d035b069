"""What every package goes through before anyone is told that it is there."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from facilitator.errors import EnvironmentFault
from facilitator.packages.keys import SigningKey
from facilitator.packages.signers import Grant, Signers
from facilitator.packages.verdicts import Quarantined, Refused

T = TypeVar("T")


def base_name(wanted: str) -> str:
    """Return the name of the folder inside, which may not begin with a dash as the code of an event may."""
    return wanted.lstrip("-.")


def only(key: SigningKey, principal: str) -> Signers:
    """Return a roster that trusts one key for one principal, as a stranger would who knows no other."""
    return Signers({key.public.raw: (Grant(key.public.raw, principal),)}, frozenset())


def verified(path: Path, read: Callable[[], T]) -> T:
    """Return what ``read`` makes of a package that goes to ``path``.

    Raises ``EnvironmentFault("package-not-sound")`` where a reader would not accept it.
    """
    try:
        return read()
    except (Refused, Quarantined) as fault:
        raise EnvironmentFault("package-not-sound", path=path, reason=fault.code) from fault
