"""Which statements share their rarer words with another: quick enough to ask while somebody types."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import log

from facilitator.similarity.lemmas import Lemmatizer

ALIKE = 0.45
"""From which share of common words, weighed by how rare they are, a statement is worth a look."""
SAME = 0.5
"""From which share, whichever of two statements one begins with, they may be one."""
FEWEST_SHARED = 2
LONGER = 4
"""How many times longer a statement may be before it counts for less: a long text shares words with all."""


@dataclass(frozen=True)
class Near:
    """A statement like another: its key, how alike (0 to 1), the lemmas both have, and from where to where
    the words stand in it that are forms of these."""

    key: str
    score: float
    shared: frozenset[str]
    places: tuple[tuple[int, int], ...] = ()


class WordIndex:
    """The statements of a group by their lemmas. It follows the group with :meth:`update`."""

    def __init__(self, lemmatizer: Lemmatizer) -> None:
        self._lemmatizer = lemmatizer
        self._texts: dict[str, str] = {}
        self._lemmas: dict[str, frozenset[str]] = {}
        self._holders: defaultdict[str, set[str]] = defaultdict(set)

    def update(self, texts: Mapping[str, str]) -> None:
        """Hold exactly these texts, by key; only what is new or has changed is looked at."""
        for key in [key for key, text in self._texts.items() if texts.get(key) != text]:
            self._drop(key)
        for key, text in texts.items():
            if key not in self._texts:
                self._take(key, text)

    def nearest(self, text: str, *, limit: int = 3, among: Iterable[str] | None = None) -> tuple[Near, ...]:
        """Return the statements most like a text, best first, ``among`` some keys only.

        A text that is contained in a longer statement counts as like it: that is what one sees while typing.
        """
        asked = self._lemmatizer.lemmas(text)
        if len(asked) < FEWEST_SHARED:
            return ()
        shared: Counter[str] = Counter(key for lemma in asked for key in self._holders.get(lemma, ()))
        allowed = None if among is None else set(among)
        found = [
            self._compare(asked, key)
            for key, count in shared.items()
            if count >= FEWEST_SHARED and (allowed is None or key in allowed)
        ]
        alike = sorted(
            (near for near in found if near.score >= ALIKE), key=lambda near: (-near.score, near.key)
        )
        return tuple(self._placed(near) for near in alike[:limit])

    def pairs(self, keys: Iterable[str]) -> tuple[tuple[str, Near], ...]:
        """Return the pairs of statements that may be the same, best first, each once."""
        among = tuple(keys)
        pairs: dict[frozenset[str], tuple[str, Near]] = {}
        for key in among:
            for near in self.nearest(self._texts.get(key, ""), limit=4, among=among):
                if near.key != key and self._both_ways(key, near.key):
                    pairs.setdefault(frozenset((key, near.key)), (key, near))
        return tuple(sorted(pairs.values(), key=lambda pair: -pair[1].score))

    def _both_ways(self, one: str, other: str) -> bool:
        """Whether neither of two statements says much that the other does not."""
        return (
            min(self._compare(self._lemmas[one], other).score, self._compare(self._lemmas[other], one).score)
            >= SAME
        )

    def _compare(self, asked: frozenset[str], key: str) -> Near:
        others = self._lemmas[key]
        shared = asked & others
        length = min(1.0, LONGER * len(asked) / len(others))
        return Near(key, length * self._weight(shared) / self._weight(asked), shared)

    def _placed(self, near: Near) -> Near:
        return replace(near, places=self._lemmatizer.places(self._texts[near.key], near.shared))

    def _weight(self, lemmas: Iterable[str]) -> float:
        """Rare words weigh more; none weighs nothing."""
        many = len(self._texts) + 1
        return sum(log(1 + many / (1 + len(self._holders.get(lemma, ())))) for lemma in lemmas)

    def _take(self, key: str, text: str) -> None:
        self._texts[key] = text
        self._lemmas[key] = self._lemmatizer.lemmas(text)
        for lemma in self._lemmas[key]:
            self._holders[lemma].add(key)

    def _drop(self, key: str) -> None:
        del self._texts[key]
        for lemma in self._lemmas.pop(key):
            self._holders[lemma].discard(key)
