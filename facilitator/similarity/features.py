"""What two statements have in common and what each has for itself, in numbers a judgement can be made of."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from facilitator.similarity.lexicon import KINDS
from facilitator.similarity.reading import Batch, Bools, Floats, Ints, Readings, row_of

FEATURES = (
    *(f"{kind}-{what}" for kind in KINDS for what in ("shared", "left", "left-in-both")),
    "least", "most", "product", "words", "length", "order", "first", "last", "cosine", "lemmas", "neighbours",
    "number-same", "number-other", "number-missing", "negation", "letters",
)  # fmt: skip
ALIKE = 0.55
"""From which share of their letter pairs two roots count as akin; below, they have nothing in common."""
_TEXTS = 20_000
_ROOM = 400_000
"""How many pairs of words are compared at once: some 40 MB."""

Matrix = NDArray[np.float32]


def features(readings: Readings, left: Ints, right: Ints) -> Matrix:
    """Return a row of FEATURES for each pair of texts, given by their places. The order within a pair is
    of no account."""
    result = np.zeros((len(left), len(FEATURES)), np.float32)
    for rows in portions(readings, left, right):
        result[rows, :-1] = _compare(readings.batch(left[rows]), readings.batch(right[rows]))
    result[:, -1] = _letters(readings, left, right)
    return result


def portions(readings: Readings, left: Ints, right: Ints) -> Iterator[Ints]:
    """Yield the places of pairs in portions that fit into memory, those of like length together."""
    lengths = np.diff(readings.starts) + 1
    size = lengths[left] * lengths[right]
    order = np.argsort(size, kind="stable")
    begin = 0
    while begin < len(order):
        longest = np.maximum.accumulate(lengths[left[order[begin:]]]) * np.maximum.accumulate(
            lengths[right[order[begin:]]]
        )
        fits = int(np.searchsorted(longest * np.arange(1, len(longest) + 1), _ROOM, "right"))
        yield order[begin : begin + max(1, fits)]
        begin += max(1, fits)


def kinship(a: Batch, b: Batch) -> Floats:
    """Return how akin each word of a text is to each of the other, from 0 to 1."""
    same = a["notion"][:, :, None] == b["notion"][:, None, :]
    shared = sum(np.bitwise_count(a[half][:, :, None] & b[half][:, None, :]) for half in ("low", "high"))
    sizes = [sum(np.bitwise_count(side[half]) for half in ("low", "high")) for side in (a, b)]
    dice = 2 * shared / np.maximum(1, sizes[0][:, :, None] + sizes[1][:, None, :])
    both = a.there[:, :, None] & b.there[:, None, :]
    return np.where(both, np.where(same, 1.0, np.where(dice >= ALIKE, dice, 0.0)), 0.0).astype(np.float32)


def _compare(a: Batch, b: Batch) -> Matrix:
    akin = kinship(a, b)
    found = akin.max(2), akin.max(1)
    columns: list[NDArray[Any]] = [*_by_kind(a, b, *found), *_overall(a, b, *found)]
    columns += [_order(akin), _ends(a, b, *found, 0), _ends(a, b, *found, -1)]
    columns += [_cosine(a, b), _lemmas(a, b), _neighbours(a, b), *_numbers(a, b), _negation(a, b)]
    return np.column_stack(columns).astype(np.float32)


def _by_kind(a: Batch, b: Batch, in_a: Floats, in_b: Floats) -> Iterator[Floats]:
    for kind in range(len(KINDS)):
        shared, left = [], []
        for side, found in ((a, in_a), (b, in_b)):
            weight = np.where(side["kind"] == kind, side["weight"], 0)
            shared.append((weight * found).sum(1))
            left.append((weight * (1 - found)).sum(1))
        yield shared[0] + shared[1]
        yield left[0] + left[1]
        yield np.minimum(*left)


def shares(a: Batch, b: Batch, in_a: Floats, in_b: Floats) -> tuple[Floats, Floats]:
    """Return which share of each text, by weight, the other has too."""
    share_a, share_b = (
        (side["weight"] * found).sum(1) / np.maximum(side["weight"].sum(1), 1e-6)
        for side, found in ((a, in_a), (b, in_b))
    )
    return share_a, share_b


def _overall(a: Batch, b: Batch, in_a: Floats, in_b: Floats) -> Iterator[Floats]:
    one, other = shares(a, b, in_a, in_b)
    yield np.minimum(one, other)
    yield np.maximum(one, other)
    yield one * other
    many_a, many_b = a.there.sum(1), b.there.sum(1)
    yield np.log1p(many_a + many_b)
    yield np.minimum(many_a, many_b) / np.maximum(1, np.maximum(many_a, many_b))


def _order(akin: Floats) -> Floats:
    """Return how often words that stand next to each other do so in the other text too."""
    pairs = (akin[:, :-1, :-1] > 0) & (akin[:, 1:, 1:] > 0)
    shorter = np.minimum((akin.max(2) > 0).sum(1), (akin.max(1) > 0).sum(1))
    return np.asarray(pairs.any(2).sum(1) / np.maximum(1, shorter - 1))


def _ends(a: Batch, b: Batch, in_a: Floats, in_b: Floats, end: int) -> Floats:
    """Return how far the first words, or the last, of both texts are found in the other."""
    rows = np.arange(len(in_a))
    places = [0 if end == 0 else np.maximum(side.there.sum(1) - 1, 0) for side in (a, b)]
    return np.asarray((in_a[rows, places[0]] + in_b[rows, places[1]]) / 2)


def _common(a: Batch, b: Batch, field: str) -> tuple[Bools, Bools]:
    """Return which words of each text stand in the other, by one of their fields."""
    same = (a[field][:, :, None] == b[field][:, None, :]) & a.there[:, :, None] & b.there[:, None, :]
    return same.any(2), same.any(1)


def _cosine(a: Batch, b: Batch) -> Floats:
    in_a, in_b = _common(a, b, "notion")
    squares = [np.square(side["weight"]) for side in (a, b)]
    shared = np.sqrt((squares[0] * in_a).sum(1) * (squares[1] * in_b).sum(1))
    return np.asarray(shared / np.maximum(1e-6, np.sqrt(squares[0].sum(1) * squares[1].sum(1))))


def _lemmas(a: Batch, b: Batch) -> Floats:
    in_a, in_b = _common(a, b, "lemma")
    shared = (a["weight"] * in_a).sum(1) + (b["weight"] * in_b).sum(1)
    return np.asarray(shared / np.maximum(1e-6, a["weight"].sum(1) + b["weight"].sum(1)))


def _neighbours(a: Batch, b: Batch) -> Floats:
    same = (a["lemma"][:, :, None] == b["lemma"][:, None, :]) & a.there[:, :, None] & b.there[:, None, :]
    shorter = np.minimum(a.there.sum(1), b.there.sum(1))
    return np.asarray((same[:, :-1, :-1] & same[:, 1:, 1:]).any(2).sum(1) / np.maximum(1, shorter - 1))


def _numbers(a: Batch, b: Batch) -> Iterator[Bools]:
    has_a, has_b = (a["number"] > 0), (b["number"] > 0)
    in_a, _ = _common(a, b, "number")
    same = (in_a & has_a).any(1)
    yield np.asarray(same)
    yield np.asarray(has_a.any(1) & has_b.any(1) & ~same)
    yield has_a.any(1) != has_b.any(1)


def _negation(a: Batch, b: Batch) -> Bools:
    return np.asarray(a["negated"].sum(1) != b["negated"].sum(1))


def _letters(readings: Readings, left: Ints, right: Ints) -> Floats:
    """Return how many runs of three letters two texts share: the cosine of the two sets."""
    result = np.zeros(len(left), np.float32)
    for begin in range(0, len(left), _TEXTS):
        rows = slice(begin, begin + _TEXTS)
        runs = (2 * readings.trigrams(left[rows]), 2 * readings.trigrams(right[rows]) + 1)
        both = np.sort(np.concatenate(runs))
        both = both[np.concatenate([[True], both[1:] != both[:-1]])[: len(both)]]
        shared = both[1:][(both[1:] - both[:-1] == 1) & (both[1:] & 1 == 1)]
        each = (both[both & 1 == 0], both[both & 1 == 1], shared)
        many = [np.bincount(row_of(runs >> 1), minlength=len(left[rows])) for runs in each]
        result[rows] = many[2] / np.sqrt(np.maximum(1, many[0] * many[1]))
    return result
