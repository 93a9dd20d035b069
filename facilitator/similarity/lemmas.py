"""Words as they stand in a dictionary: «семьям» and «Семьи» are both «семья»."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer

_WORD = re.compile(r"[^\W_]+")
_SILENT = frozenset({"PREP", "CONJ", "PRCL", "NPRO", "INTJ"})
"""Parts of speech that say nothing of what a statement is about (OpenCorpora's names)."""


class Word(NamedTuple):
    """A word of a text in small letters, ё as е, and where it stands there."""

    text: str
    start: int
    end: int


class Lemmatizer:
    """Finds the lemma of Russian words; each word is looked up once. The dictionary is read at the first."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    @cached_property
    def _analyzer(self) -> "MorphAnalyzer":
        from pymorphy3 import MorphAnalyzer  # noqa: PLC0415  its dictionary takes a tenth of a second to read

        return MorphAnalyzer(lang="ru")

    def lemmas(self, text: str) -> frozenset[str]:
        """Return the lemmas of a text's words, ё as е; words that only bind others are left out."""
        return frozenset(lemma for word in words_of(text) if (lemma := self._lemma(word.text)))

    def places(self, text: str, lemmas: Collection[str]) -> tuple[tuple[int, int], ...]:
        """Return from where to where the words of a text stand that are forms of some lemmas."""
        return tuple((word.start, word.end) for word in words_of(text) if self._lemma(word.text) in lemmas)

    def knows(self, word: str) -> bool:
        """Whether a word stands in the dictionary of forms."""
        return bool(self._analyzer.word_is_known(word))

    def bases(self, word: str) -> frozenset[str]:
        """Return the forms under which a word stands, or would stand, in a dictionary, ё as е."""
        return frozenset(each.normal_form.replace("ё", "е") for each in self._analyzer.parse(word))

    def _lemma(self, word: str) -> str:
        if word not in self._known:
            parsed = self._analyzer.parse(word)[0]
            silent = parsed.tag.POS in _SILENT
            self._known[word] = "" if silent else parsed.normal_form.replace("ё", "е")
        return self._known[word]


def words_of(text: str) -> Iterator[Word]:
    """Yield the words of a text; their places are those in its NFC."""
    for match in _WORD.finditer(unicodedata.normalize("NFC", text)):
        yield Word(match.group().casefold().replace("ё", "е"), *match.span())
