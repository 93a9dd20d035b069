"""The questions asked of the package: how alike are two texts, which are alike, what groups are there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from facilitator.paths import resource
from facilitator.similarity import meaning
from facilitator.similarity.candidates import candidates
from facilitator.similarity.contrasts import CONTRASTS, Contrast
from facilitator.similarity.grouping import groups
from facilitator.similarity.language import russian
from facilitator.similarity.lexicon import Lexicon
from facilitator.similarity.model import Judged, trained
from facilitator.similarity.reading import Ints, read

_PORTION = 50_000
"""How many pairs are judged at once."""


@dataclass(frozen=True)
class Likeness:
    """Two texts by their places, the lower first, and how likely a lead would join them.

    ``by_words``: they share enough words to be found by these; else their meaning alone is alike.
    ``contrasts``: the ways in which they contradict each other; such a pair is shown and never offered.
    """

    one: int
    other: int
    score: float
    by_words: bool
    contrasts: tuple[Contrast, ...] = ()


def score_pairs(pairs: Sequence[tuple[str, str]]) -> list[float]:
    """Return for each pair how likely a lead would join the two, from 0 to 1.

    The order within a pair is of no account, and neither are the other pairs.
    """
    readings = read([text for pair in pairs for text in pair], lexicon())
    left = np.arange(0, len(readings), 2)
    judged = trained().judge(readings, left, left + 1, meaning.directions(readings.texts))
    return [float(score) for score in judged.scores]


def find_similar(texts: Sequence[str], *, threshold: float = 0.5) -> Iterator[tuple[int, int, float]]:
    """Yield the places of two texts and how likely a lead would join them, where it is ``threshold`` or more.

    Each pair comes once, the lower place first, in order. The cost grows as n · log n.
    """
    for one, other, judged in _search(texts):
        found = judged.evident & (judged.scores >= threshold)
        yield from zip(one[found].tolist(), other[found].tolist(), judged.scores[found].tolist(), strict=True)


def likenesses(texts: Sequence[str], *, threshold: float = 0.5) -> Iterator[Likeness]:
    """Yield what :func:`find_similar` does and, besides, pairs that sound alike and contradict each other."""
    for one, other, judged in _search(texts):
        opposed = judged.contrasts.any(1)
        shown = judged.evident & (opposed | (judged.scores >= threshold))
        for row in np.flatnonzero(shown).tolist():
            against = tuple(
                name for name, is_so in zip(CONTRASTS, judged.contrasts[row], strict=True) if is_so
            )
            score = float(judged.scores[row])
            yield Likeness(int(one[row]), int(other[row]), score, bool(judged.by_words[row]), against)


def cluster(texts: Sequence[str], *, threshold: float = 0.5) -> list[list[int]]:
    """Return groups of texts that a lead would join, by their places: each ascending, in order.

    Texts that contradict each other never come into one group.
    """
    found: dict[tuple[int, int], float] = {}
    apart: set[tuple[int, int]] = set()
    for likeness in likenesses(texts, threshold=threshold):
        pair = likeness.one, likeness.other
        if likeness.contrasts:
            apart.add(pair)
        else:
            found[pair] = likeness.score
    return groups(found, apart, threshold / 2)


def lexicon() -> Lexicon:
    """Return a new lexicon of Russian, which learns the words it meets."""
    return Lexicon(russian(), *_frequencies())


def _search(texts: Sequence[str]) -> Iterator[tuple[Ints, Ints, Judged]]:
    """Yield the pairs worth comparing, in portions, and what is thought of them."""
    readings = read(texts, lexicon())
    directions = meaning.directions(texts) if len(texts) <= meaning.MOST else None
    left, right = candidates(readings, directions)
    for begin in range(0, len(left), _PORTION):
        one, other = left[begin : begin + _PORTION], right[begin : begin + _PORTION]
        yield one, other, trained().judge(readings, one, other, directions)


@cache
def _frequencies() -> tuple[dict[str, int], int]:
    """Return in how many texts each root was seen, and in how many texts at all."""
    lines = resource("similarity", "frequencies.tsv").read_text("utf-8").splitlines()
    counts = {root: int(count) for root, count in (line.split("\t") for line in lines)}
    return counts, counts.pop("")
