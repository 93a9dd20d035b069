"""What the program knows of each word it has met: looked up once, however often it stands."""

from collections.abc import Callable, Mapping
from functools import cached_property
from math import log
from typing import NamedTuple
from zlib import crc32

from facilitator.similarity.language import Language, Roots
from facilitator.similarity.morphology import Form, form_of
from facilitator.similarity.roots import root

KINDS = ("name", "verb", "noun", "quality", "number", "other")
TENSES = ("past", "futr", "pres", "INFN")
_NEGATIONS = frozenset({"не", "без", "нет", "ни"})
_PLACES = frozenset({"Name", "Surn", "Geox"})
_UNITS = ("час", "день", "неделя", "месяц", "квартал", "год", "процент")
_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "ноль", "один первый", "два второй двое", "три третий трое", "четыре четвертый", "пять пятый",
            "шесть шестой", "семь седьмой", "восемь восьмой", "девять девятый", "десять десятый",
            "одиннадцать", "двенадцать", "тринадцать", "четырнадцать", "пятнадцать", "шестнадцать",
            "семнадцать", "восемнадцать", "девятнадцать", "двадцать",
        )
    )
    for word in words.split()
} | {"полтора": 1.5, "тридцать": 30, "сорок": 40, "пятьдесят": 50, "сто": 100, "тысяча": 1000}  # fmt: skip
_HALF = 62
"""How many letter pairs one whole number holds as bits."""


class Written(NamedTuple):
    """A word as it is written. ``number`` is 0 for what is no number, else one more than its halves;
    ``unit`` is 0 for what measures nothing; ``tenses`` are counts in the order of TENSES."""

    lemma: int
    expression: int
    kind: int
    binds: bool
    negates: bool
    capital: bool
    place: bool
    number: int
    unit: int
    tenses: tuple[int, ...]


class Expression(NamedTuple):
    """What a root or a phrase stands for: the number of its notion, its pair of opposites with its sign, its
    levels and people as bits, how rare it is (0 to 1), and its letter pairs as two sets of bits."""

    notion: int
    axis: int
    level: int
    people: int
    weight: float
    low: int
    high: int


class _Numbers(dict[str, int]):
    """The number of each word as it is written; one that is not there yet is learned."""

    def __init__(self, learn: Callable[[str], int]) -> None:
        super().__init__()
        self._learn = learn

    def __missing__(self, word: str) -> int:
        number = self[word] = self._learn(word)
        return number


class Lexicon:
    """Numbers words and expressions in the order they are met."""

    def __init__(self, language: Language, frequencies: Mapping[str, int], texts: int) -> None:
        self._language = language
        self._frequencies = frequencies
        self._texts = texts
        self.numbers = _Numbers(self._learn)
        self._lemmas: dict[str, int] = {}
        self._spoken: dict[Roots, int] = {}
        self.written: list[Written] = []
        self.expressions: list[Expression] = []
        self._learn("и")  # no column is ever empty

    def expression(self, roots: Roots) -> int:
        """Return the number of the expression with these roots."""
        place = self._spoken.get(roots)
        if place is None:
            place = self._spoken[roots] = len(self.expressions)
            self.expressions.append(self._interpret(roots))
        return place

    @cached_property
    def phrases(self) -> Mapping[tuple[int, ...], int]:
        """The expressions of each phrase that the language knows, and of the phrase itself."""
        known = {
            *self._language.notions,
            *self._language.axes,
            *self._language.levels,
            *self._language.people,
        }
        return {
            tuple(self.expression((each,)) for each in roots): self.expression(roots)
            for roots in sorted(known)
            if len(roots) > 1
        }

    def _learn(self, word: str) -> int:
        self.written.append(self._look_up(word))
        return len(self.written) - 1

    def _look_up(self, word: str) -> Written:
        small = word.lower().replace("ё", "е")
        form = form_of(small)
        roots = (root(form.lemma),)
        return Written(
            lemma=self._lemmas.setdefault(form.lemma, len(self._lemmas)),
            expression=self.expression(roots),
            kind=KINDS.index(form.kind),
            binds=form.binds and roots not in self._language.axes,
            negates=small in _NEGATIONS,
            capital=word[0].isupper(),
            place=bool(form.grammemes & _PLACES),
            number=_number(small, form),
            unit=1 + _UNITS.index(form.lemma) if form.lemma in _UNITS else 0,
            tenses=tuple(int(tense in form.grammemes) for tense in TENSES),
        )

    def _interpret(self, roots: Roots) -> Expression:
        language = self._language
        known = language.notions.get(roots)
        notion = len(self.expressions) + len(language.notions) if known is None else known
        counts = (self._frequencies.get(each, 0) for each in roots)
        weight = max(log(1 + self._texts / (1 + count)) for count in counts) / log(1 + self._texts)
        letters = f"={known}" if known is not None else " ".join(roots)
        return Expression(
            notion,
            language.axes.get(roots, 0),
            language.levels.get(roots, 0),
            language.people.get(roots, 0),
            weight,
            *_letter_pairs(letters),
        )


def _number(word: str, form: Form) -> int:
    if word.isdecimal():
        return 1 + 2 * int(word[:15])
    return 1 + int(2 * _NUMBERS[form.lemma]) if form.lemma in _NUMBERS else 0


def _letter_pairs(word: str) -> tuple[int, int]:
    """Return the pairs of neighbouring letters of a word, each as one bit; one bit for a notion."""
    parts = [word] if word.startswith("=") else [f"^{word}"[at : at + 2] for at in range(len(word))]
    bits = 0
    for part in parts:
        bits |= 1 << crc32(part.encode()) % (2 * _HALF)
    return bits & (1 << _HALF) - 1, bits >> _HALF
