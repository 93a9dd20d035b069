"""Where two statements that sound alike say different things: so that they are never offered as one."""

from typing import Literal, get_args

import numpy as np

from facilitator.similarity.features import kinship, portions, shares
from facilitator.similarity.reading import Batch, Bools, Floats, Ints, Readings

Contrast = Literal["direction", "negation", "number", "level", "people"]
CONTRASTS: tuple[Contrast, ...] = get_args(Contrast)
SAME_WORD = 0.8
"""From which kinship two words are one, so that a «не» before one of them turns the statement round."""
AGREED = 0.34
"""Which share of the more talkative statement has to be in the other before a contrast means anything."""


def contrasts(readings: Readings, left: Ints, right: Ints) -> Bools:
    """Return a row for each pair of texts with a column for each of CONTRASTS."""
    result = np.zeros((len(left), len(CONTRASTS)), bool)
    for rows in portions(readings, left, right):
        result[rows] = _contrasts(readings.batch(left[rows]), readings.batch(right[rows]))
    return result


def _contrasts(a: Batch, b: Batch) -> Bools:
    akin = kinship(a, b)
    agreed = np.minimum(*shares(a, b, akin.max(2), akin.max(1))) >= AGREED
    found = [_direction(a, b), _negation(a, b, akin), _number(a, b), _level(a, b), _people(a, b)]
    return np.column_stack(found) & agreed[:, None]


def _direction(a: Batch, b: Batch) -> Bools:
    """Whether the first word on some axis pulls the other way in the other text."""
    found = np.zeros(len(a.there), bool)
    for axis in np.unique(np.abs(a["axis"])):
        if axis:
            found |= _first_sign(a, axis) * _first_sign(b, axis) < 0
    return found


def _first_sign(text: Batch, axis: int) -> Ints:
    on_axis = np.abs(text["axis"]) == axis
    first = on_axis.argmax(1)[:, None]
    return np.where(on_axis.any(1), np.sign(np.take_along_axis(text["axis"], first, 1)[:, 0]), 0)


def _negation(a: Batch, b: Batch, akin: Floats) -> Bools:
    """Whether a word that both texts have is denied by one of them only."""
    differs = a["negated"][:, :, None] != b["negated"][:, None, :]
    return np.asarray(((akin >= SAME_WORD) & differs).any((1, 2)))


def _number(a: Batch, b: Batch) -> Bools:
    """Whether each text has a number that the other has not."""
    same = a["number"][:, :, None] == b["number"][:, None, :]
    return np.asarray(((a["number"] > 0) & ~same.any(2)).any(1) & ((b["number"] > 0) & ~same.any(1)).any(1))


def _level(a: Batch, b: Batch) -> Bools:
    one, other = _union(a, "level"), _union(b, "level")
    return np.asarray((one > 0) & (other > 0) & (one & other == 0))


def _people(a: Batch, b: Batch) -> Bools:
    """Whether each text is about people that the other does not speak of."""
    one, other = _union(a, "people"), _union(b, "people")
    return (one & ~other > 0) & (other & ~one > 0)


def _union(text: Batch, field: str) -> Ints:
    return np.asarray(np.bitwise_or.reduce(text[field], axis=1))
