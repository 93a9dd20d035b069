"""What finding near duplicates costs as statements grow in number, and how many of the planted are found."""

import time
from math import log

import pytest

from facilitator.paths import resource
from facilitator.similarity.pairs import find_similar
from tests.helpers.near_duplicates import plant

FEW, MANY = 10_000, 100_000
NOISE = 2.0
"""How much more than n · log n a busy machine may make of it."""


@pytest.fixture(scope="module")
def words() -> list[str]:
    """Return words as often as they are said: those that few texts have come seldom."""
    entries = resource("spelling", "ru_RU.dic").read_text("utf-8").splitlines()[1:]
    lemmas = [lemma for entry in entries if (lemma := entry.partition("/")[0]).isalpha() and len(lemma) > 3]
    return [lemma for place, lemma in enumerate(lemmas[::20], 1) for _ in range(1 + 200 // place)]


def search(number: int, words: list[str]) -> tuple[float, float, float]:
    """Return seconds, recall and precision of a search among so many statements."""
    texts, planted = plant(number, words)
    begun = time.perf_counter()
    found = {(one, other) for one, other, _ in find_similar(texts)}
    seconds = time.perf_counter() - begun
    return seconds, len(found & planted) / len(planted), len(found & planted) / len(found)


def test_near_duplicates_are_found_among_many_at_a_cost_that_grows_slowly(words: list[str]) -> None:
    search(1_000, words)  # the dictionary and the weights are read
    few, many = search(FEW, words), search(MANY, words)
    expected = MANY * log(MANY) / (FEW * log(FEW))
    growth = many[0] / few[0]
    print(
        f"\nfind_similar: {many[0]:.1f} s for {MANY}, {growth:.1f} times that for {FEW}"
        f" (n log n: {expected:.1f}); recall {many[1]:.3f}, precision {many[2]:.3f}"
    )
    assert growth < NOISE * expected
    for _, recall, precision in (few, many):
        assert recall >= 0.97
        assert precision >= 0.97
