"""Statements as arrays of what their words stand for, so that thousands of pairs are compared at once."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from facilitator.similarity.language import LONGEST_PHRASE
from facilitator.similarity.lexicon import Expression, Lexicon, Written

STYLE = ("past", "future", "present", "infinitive", "place", "capital", "words")
"""What tells a report of what has happened from a proposal: how many words of each sort a text has."""
_END = "\n"
_WORD_OR_END = re.compile(r"[^\W_]+|\n")
_TEXTS = 20_000
"""How many texts are taken apart at once."""
_MOST = 3.0
"""More words of a sort than this say no more of a text's style."""

_LETTER = 11
"""Bits that tell the letters of the scripts in use apart."""
_OTHER = (1 << _LETTER) - 1

Bools = NDArray[np.bool_]
Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Batch:
    """Some texts side by side, a row each, padded to the longest: ``there`` tells words from padding."""

    there: Bools
    fields: Mapping[str, NDArray[Any]]

    def __getitem__(self, field: str) -> NDArray[Any]:
        return self.fields[field]


@dataclass(frozen=True)
class Readings:
    """Texts word by word: those of text *i* stand from ``starts[i]`` to ``starts[i + 1]`` in every field.

    ``notion`` and ``lemma`` are numbers of what a word stands for; ``kind`` is a place in KINDS; ``weight``
    tells how rare it is, from 0 to 1; ``axis`` is the signed number of a pair of opposites; ``negated``;
    ``level`` and ``people`` are sets of bits; ``number`` is 0 for none; ``low`` and ``high`` are the letter
    pairs. ``style`` has a row a text in the order of STYLE.
    """

    texts: Sequence[str]
    starts: Ints
    fields: Mapping[str, NDArray[Any]]
    style: Floats

    def __len__(self) -> int:
        return len(self.texts)

    def batch(self, rows: Ints) -> Batch:
        """Return some texts side by side."""
        begins, ends = self.starts[rows], self.starts[rows + 1]
        places = begins[:, None] + np.arange(max(1, (ends - begins).max(initial=0)))
        there = places < ends[:, None]
        places[~there] = len(self.fields["notion"]) - 1  # the last of each field is padding
        return Batch(there, {name: values[places] for name, values in self.fields.items()})

    def trigrams(self, rows: Ints) -> Ints:
        """Return all runs of three letters of some texts: the row of each stands in its upper bits."""
        letters = [_plain(self.texts[row]).lower() for row in rows.tolist()]
        codes = np.frombuffer("".join(letters).encode("utf-32-le"), np.uint32).astype(np.int64)
        codes = np.where(_is_letter()[np.minimum(codes, _OTHER)], codes & _OTHER, 0)
        row = np.repeat(np.arange(len(letters)), [len(each) for each in letters])
        runs = (row[2:] << 2 * _LETTER | codes[:-2] << _LETTER | codes[1:-1]) << _LETTER | codes[2:]
        return np.asarray(runs[row[2:] == row[:-2]])


@cache
def _is_letter() -> Bools:
    """Return which codes stand for letters and digits; all above those of our scripts count as such."""
    return np.array([chr(code).isalnum() for code in range(_OTHER)] + [True])


def read(texts: Sequence[str], lexicon: Lexicon) -> Readings:
    """Return what texts say, in the same order."""
    written, lengths = _numbered(texts, lexicon)
    table = _columns(lexicon.written, Written)
    owner = np.repeat(np.arange(len(texts)), lengths)
    negated = _next(table["negates"][written], owner)
    spoken = ~table["binds"][written]
    said = _Said(written[spoken], owner[spoken], negated[spoken])
    fields = _interpret(said, table, lexicon)
    starts = np.searchsorted(fields.pop("owner"), np.arange(len(texts) + 1))
    padded = {name: np.append(values, values.dtype.type(0)) for name, values in fields.items()}
    return Readings(texts, starts, padded, _style(table, written, owner, lengths))


@dataclass(frozen=True)
class _Said:
    """The words that say something: their numbers, the text each stands in, whether they are negated."""

    written: Ints
    owner: Ints
    negated: Bools


def row_of(trigrams: Ints) -> Ints:
    """Return the row that each of :meth:`Readings.trigrams` stands in."""
    return trigrams >> 3 * _LETTER


def _plain(text: str) -> str:
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _numbered(texts: Sequence[str], lexicon: Lexicon) -> tuple[Ints, Ints]:
    """Return the number of each word of all texts, and how many words each text has.

    Many texts are taken apart at once: a list for each would cost as much as all the looking up.
    """
    end = lexicon.numbers[_END]
    numbers = [np.zeros(0, np.int64)]
    for begin in range(0, len(texts), _TEXTS):
        portion = _END.join([*map(_one_line, texts[begin : begin + _TEXTS]), ""])
        words = _WORD_OR_END.findall(portion)
        numbers.append(np.fromiter(map(lexicon.numbers.__getitem__, words), np.int64, len(words)))
    all_ = np.concatenate(numbers)
    is_end = all_ == end
    lengths = np.diff(np.flatnonzero(is_end), prepend=-1) - 1
    return all_[~is_end], lengths


def _one_line(text: str) -> str:
    plain = _plain(text).replace(_END, " ")
    return plain.lower() if plain.isupper() else plain


def _columns(rows: Sequence[NamedTuple], kind: type[NamedTuple]) -> dict[str, NDArray[Any]]:
    """Return a table's columns by name."""
    return {
        name: np.array(values) for name, values in zip(kind._fields, zip(*rows, strict=True), strict=True)
    }


def _next(marks: Bools, owner: Ints) -> Bools:
    """Return which words follow a marked one in their text."""
    return np.concatenate([[False], marks[:-1] & (owner[1:] == owner[:-1])]) if len(marks) else marks


def _style(table: Mapping[str, NDArray[Any]], written: Ints, owner: Ints, lengths: Ints) -> Floats:
    first = ~_next(np.ones(len(written), bool), owner)
    marks = np.column_stack(
        [table["tenses"][written], table["place"][written], table["capital"][written] & ~first]
    )
    counts = [np.bincount(owner, column, len(lengths)) for column in marks.T]
    return np.column_stack([*np.minimum(counts, _MOST), lengths / 10]).astype(np.float32)


def _interpret(said: _Said, table: Mapping[str, NDArray[Any]], lexicon: Lexicon) -> dict[str, NDArray[Any]]:
    expression, kept = _phrased(table["expression"][said.written], said.owner, lexicon.phrases)
    meanings = _columns(lexicon.expressions, Expression)
    written, owner, negated = said.written[kept], said.owner[kept], said.negated[kept]
    unit = table["unit"][written]
    following = np.append(unit[1:] * (owner[1:] == owner[:-1]), 0)[: len(unit)]
    axis = meanings["axis"][expression]
    number = table["number"][written]
    return {
        "owner": owner,
        "notion": meanings["notion"][expression],
        "lemma": table["lemma"][written],
        "kind": table["kind"][written],
        "weight": meanings["weight"][expression].astype(np.float32),
        "axis": np.where(negated, -axis, axis),
        "negated": negated,
        "level": meanings["level"][expression],
        "people": meanings["people"][expression],
        "number": np.where(number, number * 8 + following, 0),
        "low": meanings["low"][expression],
        "high": meanings["high"][expression],
    }


def _phrased(expression: Ints, owner: Ints, phrases: Mapping[tuple[int, ...], int]) -> tuple[Ints, Bools]:
    """Return the words with each phrase as one, at the place of its first word, and which places stay."""
    result, kept = expression.copy(), np.ones(len(expression), bool)
    begins = np.isin(expression[:-1], [each[0] for each in phrases])
    goes_on = np.isin(expression[1:], [each[1] for each in phrases]) & (owner[1:] == owner[:-1])
    taken = 0
    for place in np.flatnonzero(begins & goes_on).tolist():
        last = np.searchsorted(owner, owner[place], "right")
        for length in range(min(LONGEST_PHRASE, int(last) - place), 1, -1):
            phrase = phrases.get(tuple(expression[place : place + length].tolist()))
            if phrase is not None and place >= taken:
                result[place], taken = phrase, place + length
                kept[place + 1 : taken] = False
                break
    return result[kept], kept
