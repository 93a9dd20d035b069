"""What the words of the field mean for each other: notions, opposites, levels, people. Data, not code.

It stands in ``resources/similarity/ru.toml``. Words are brought to their roots when it is read.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from facilitator.paths import resource
from facilitator.similarity.lemmas import words_of
from facilitator.similarity.morphology import form_of
from facilitator.similarity.roots import root

Roots = tuple[str, ...]
LONGEST_PHRASE = 4
"""How many words a phrase may have that stands for one notion."""


@dataclass(frozen=True)
class Language:
    """What a word or a phrase, given as its roots, stands for.

    ``notions`` gives each the number of its notion. ``axes`` gives what pulls one of two ways the number of
    the pair, from 1, with its sign. ``levels`` and ``people`` give sets of bits.
    """

    notions: Mapping[Roots, int]
    axes: Mapping[Roots, int]
    levels: Mapping[Roots, int]
    people: Mapping[Roots, int]


@cache
def russian() -> Language:
    """Return what the program knows of Russian."""
    data = tomllib.loads(resource("similarity", "ru.toml").read_text("utf-8"))
    return Language(
        notions=_first(enumerate(data["same"])),
        axes=_first(_signed(data["opposite"])),
        levels=_bits([each["words"] for each in data["level"]]),
        people=_bits([each["words"] for each in data["people"]]),
    )


def roots_of(text: str) -> Roots:
    """Return the roots of a text's words; words that only bind others are left out."""
    forms = (form_of(word.text) for word in words_of(text))
    return tuple(root(form.lemma) for form in forms if not form.binds)


def _entries(words: str) -> Iterator[Roots]:
    """Yield the words and phrases of a line."""
    for entry in words.split(","):
        roots = roots_of(entry)
        if 0 < len(roots) <= LONGEST_PHRASE:
            yield roots


def _signed(pairs: Sequence[Mapping[str, str]]) -> Iterator[tuple[int, str]]:
    for number, pair in enumerate(pairs, 1):
        yield number, pair["plus"]
        yield -number, pair["minus"]


def _first(lines: Iterator[tuple[int, str]]) -> dict[Roots, int]:
    """Return the number of the first line that each entry stands in."""
    found: dict[Roots, int] = {}
    for number, words in lines:
        for entry in _entries(words):
            found.setdefault(entry, number)
    return found


def _bits(lines: Sequence[str]) -> dict[Roots, int]:
    found: dict[Roots, int] = {}
    for place, words in enumerate(lines):
        for entry in _entries(words):
            found[entry] = found.get(entry, 0) | 1 << place
    return found
