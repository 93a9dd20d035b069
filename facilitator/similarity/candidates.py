"""Which pairs of texts are worth comparing: those that share rare words, found by sorting.

Nothing is compared all with all, so the cost grows as n · log n.
"""

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from facilitator.similarity.reading import Bools, Floats, Ints, Readings

RAREST = 6
"""How many of its rarest notions stand for a text."""
_NEIGHBOURS = (8, 300)
"""With how many of the texts that share rare notions each is compared, at least and at most."""
_BUDGET = 300_000
"""How many comparisons a small collection may cost for each place of a notion."""
_FEW = 3_000
"""Up to how many texts one shared notion is reason enough to compare two; else half of the rarest."""


POINTING_ALIKE = 0.45
"""From which cosine of their directions two texts may mean the same."""
_NEAREST = 8
_ROWS = 512


def candidates(readings: Readings, meaning: Floats | None) -> tuple[Ints, Ints]:
    """Return the places of the pairs worth comparing, each once, the lower place first, in order."""
    rare = _rarest(readings)
    many = len(readings)
    found = [np.zeros(0, np.int64), *_sharing(rare, many)]
    if meaning is not None:
        found += list(_alike(meaning))
    codes = distinct(np.concatenate(found))
    return codes // max(1, many), codes % max(1, many)


def distinct(values: Ints) -> Ints:
    """Return each value once, ascending. NumPy's ``unique`` hashes first, and takes three times as long."""
    ascending = np.sort(values)
    return np.asarray(ascending[np.append(True, ascending[1:] != ascending[:-1])[: len(ascending)]])


def _enough_shared(rare: Ints, left: Ints, right: Ints) -> Bools:
    """Tell which pairs share at least half of the rarest notions of the one that has fewer."""
    a, b = rare[left], rare[right]
    shared = ((a[:, :, None] == b[:, None, :]) & (a >= 0)[:, :, None]).any(2).sum(1)
    return np.asarray(2 * shared >= np.minimum((a >= 0).sum(1), (b >= 0).sum(1)))


def _rarest(readings: Readings) -> Ints:
    """Return for each text its rarest notions that another has too, ascending, -1 where there are fewer."""
    many = len(readings)
    notions = readings.fields["notion"][:-1].astype(np.int64)
    most = int(notions.max(initial=0)) + 1
    owner = np.repeat(np.arange(many), np.diff(readings.starts))
    pairs = distinct(owner * most + notions)
    owner, notions = pairs // most, pairs % most
    spread = np.bincount(notions, minlength=most)
    shared = spread[notions] > 1
    owner, notions = owner[shared], notions[shared]
    order = np.lexsort((notions, spread[notions], owner))
    owner, notions = owner[order], notions[order]
    rank = np.arange(len(owner)) - np.searchsorted(owner, owner)
    result = np.full((many, RAREST), -1, np.int64)
    kept = rank < RAREST
    result[owner[kept], rank[kept]] = notions[kept]
    return np.sort(result, axis=1)


def _sharing(rare: Ints, many: int) -> Iterator[Ints]:
    """Yield the codes of pairs of texts that share two rare notions, or one where there are few texts."""
    most = int(rare.max(initial=0)) + 2
    window = int(np.clip(_BUDGET // max(1, many), *_NEIGHBOURS))
    alone = [rare[:, place] for place in range(RAREST)]
    if many <= _FEW:
        yield from _neighbours(np.concatenate(alone), many, window)
        return
    in_twos = [np.where(one >= 0, (one + 1) * most + other + 1, -1) for one, other in combinations(alone, 2)]
    for codes in _neighbours(np.concatenate(in_twos), many, window):
        yield codes[_enough_shared(rare, codes // many, codes % many)]


def _neighbours(keys: Ints, many: int, window: int) -> Iterator[Ints]:
    """Yield the codes of texts with the same key that stand near each other once they are sorted by it.

    ``keys`` are those of all texts, once for each place a key is taken from.
    """
    owner = np.tile(np.arange(many), len(keys) // max(1, many))[keys >= 0]
    keys = keys[keys >= 0]
    order = np.argsort(keys, kind="stable")
    keys, owner = keys[order], owner[order]
    for distance in range(1, window + 1):
        same = keys[distance:] == keys[:-distance]
        if not same.any():
            return
        one, other = owner[:-distance][same], owner[distance:][same]
        yield distinct(np.minimum(one, other) * many + np.maximum(one, other))


def _alike(meaning: Floats) -> Iterator[Ints]:
    """Yield the codes of texts that point nearly the same way, each with its nearest."""
    many = len(meaning)
    for begin in range(0, many, _ROWS):
        alike = meaning[begin : begin + _ROWS] @ meaning.T
        one = np.arange(begin, begin + len(alike))
        alike[np.arange(len(alike)), one] = -1.0
        nearest = np.argsort(-alike, axis=1, kind="stable")[:, :_NEAREST]
        near = np.take_along_axis(alike, nearest, 1) >= POINTING_ALIKE
        left, right = np.repeat(one, near.sum(1)), nearest[near]
        yield np.minimum(left, right) * many + np.maximum(left, right)
