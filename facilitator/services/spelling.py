"""Spelling help for Russian, offline: which words no dictionary has, and what may have been meant.

It never changes a word. Reading the dictionaries takes a fifth of a second, a suggestion a few hundredths:
neither belongs on the window's thread.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from facilitator.files import translated_os_errors, write_atomically
from facilitator.paths import resource
from facilitator.services.hunspell import Dictionary, read_dictionary
from facilitator.similarity.lemmas import Lemmatizer

MOST_SUGGESTIONS = 6
HYPHENS = "-‑"
_WORD = re.compile(rf"[^\W_]+(?:[{HYPHENS}][^\W_]+)*")
_RUSSIAN = re.compile(rf"[а-яё]+(?:[{HYPHENS}][а-яё]+)*", re.IGNORECASE)


class Place(NamedTuple):
    """A word and where it begins in its text."""

    start: int
    word: str


def russian_words(text: str) -> Iterator[Place]:
    """Yield the words that can be checked: Russian, and not made of capitals and single letters alone."""
    for match in _WORD.finditer(text):
        word = match.group()
        if _RUSSIAN.fullmatch(word) and not all(map(_is_abbreviation, _parts(word))):
            yield Place(match.start(), word)


def _parts(word: str) -> list[str]:
    return word.replace("‑", "-").split("-")


def _is_abbreviation(part: str) -> bool:
    """Whether a part of a word is one letter or has a capital within, as in «НКО», «МРОТа» and «СоцТех»."""
    return len(part) == 1 or part[1:] != part[1:].lower()


class Speller:
    """Two dictionaries, the words of the field and those learned here. It belongs to the thread that uses it.

    A word is right when the spelling dictionary (hunspell's ru_RU) has it, or the dictionary of word forms,
    or when it is a form of a word of the field or of one that was learned.
    """

    def __init__(self, learned: Path, lemmatizer: Lemmatizer) -> None:
        """``learned`` is the file of learned words, a line each, made with the first."""
        self._path = learned
        self._lemmatizer = lemmatizer

    @cached_property
    def _dictionary(self) -> Dictionary:
        return read_dictionary(resource("spelling") / "ru_RU")

    @cached_property
    def _learned(self) -> set[str]:
        """The words of the field that no dictionary has yet, and those learned here, as they stand in one."""
        field = (resource("spelling") / "field.txt").read_text("utf-8").split()
        return {base for word in (*field, *self._kept()) for base in self._bases(word)}

    def _kept(self) -> list[str]:
        """Return the words learned here; a broken file costs the list alone."""
        try:
            return self._path.read_text("utf-8").split()
        except (OSError, ValueError):
            return []

    def is_right(self, word: str) -> bool:
        """Whether a word, or each part of one with hyphens, is written as some dictionary has it."""
        parts = _parts(word)
        return self._is_known("-".join(parts)) or all(
            _is_abbreviation(part) or self._is_known(part) for part in parts
        )

    def suggest(self, word: str) -> tuple[str, ...]:
        """Return what may have been meant, likeliest first; in a word with hyphens its one wrong part."""
        parts = _parts(word)
        wrong = [
            place for place, part in enumerate(parts) if not (_is_abbreviation(part) or self._is_known(part))
        ]
        if len(wrong) != 1:
            return ()
        before, after = parts[: wrong[0]], parts[wrong[0] + 1 :]
        meant = islice(self._dictionary.suggest(parts[wrong[0]]), MOST_SUGGESTIONS)
        return tuple("-".join((*before, each, *after)) for each in meant)

    def learn(self, word: str) -> None:
        """Take a word, in all its forms, as right from now on, on this computer.

        Raises ``EnvironmentFault`` when the disk refuses; the word is then learned until the program ends.
        """
        self._learned.update(self._bases(word))
        with translated_os_errors(self._path):
            self._path.parent.mkdir(parents=True, exist_ok=True)
        words = dict.fromkeys((*self._kept(), word))
        write_atomically(self._path, "".join(f"{each}\n" for each in words).encode())

    def _is_known(self, word: str) -> bool:
        return (
            self._dictionary.lookup(word)
            or self._lemmatizer.knows(word.casefold())
            or not self._learned.isdisjoint(self._bases(word))
        )

    def _bases(self, word: str) -> frozenset[str]:
        return self._lemmatizer.bases(word.casefold())
