"""How likely it is that a lead would join two statements: a judgement learned from people's.

Headlines that report and proposals are joined by different measures, so there are two judges, and a third
tells which of them to ask. Each is a logistic regression; their weights stand in
``resources/similarity/model.toml`` as ``tests/helpers/similarity_training.py`` has learned them.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from facilitator.paths import resource
from facilitator.similarity.candidates import POINTING_ALIKE
from facilitator.similarity.contrasts import contrasts
from facilitator.similarity.features import FEATURES, features
from facilitator.similarity.reading import STYLE, Bools, Floats, Ints, Readings

BY_MEANING = ("meaning", "meaning-beyond-words")
"""What the encoder adds: how alike two directions are, and that times how little the words agree."""
ENOUGH_WORDS = 0.25
OPPOSED = 0.05
"""What is left of the likelihood when two proposals contradict each other."""


@dataclass(frozen=True)
class Regression:
    """A logistic regression: the likelihood is the logistic function of ``bias`` + values · ``weights``."""

    bias: float
    weights: NDArray[np.float64]

    def likelihood(self, values: NDArray[np.floating]) -> NDArray[np.float64]:
        """Return the likelihood for each row, from 0 to 1."""
        return 1 / (1 + np.exp(-(self.bias + values @ self.weights)))


@dataclass(frozen=True)
class Judges:
    """Who judges reports of what has happened, who judges proposals, by words alone or by meaning too."""

    report: Regression
    proposal: Regression


@dataclass(frozen=True)
class Judged:
    """What is thought of pairs of texts, a row a pair: how likely a lead would join them; which share of the
    more talkative one is in the other; how alike their meaning is, 0 where no encoder is installed; a column
    for each of CONTRASTS."""

    scores: Floats
    shared: Floats
    meaning: Floats
    contrasts: Bools

    @property
    def by_words(self) -> Bools:
        """Whether enough words speak for a pair that was found among many."""
        return self.shared >= ENOUGH_WORDS

    @property
    def evident(self) -> Bools:
        """Whether enough speaks for a pair that was found among many: most of those are strangers."""
        return self.by_words | (self.meaning >= POINTING_ALIKE)


@dataclass(frozen=True)
class Model:
    """``style`` gives the likelihood that two texts are proposals."""

    style: Regression
    words: Judges
    meaning: Judges

    def judge(self, readings: Readings, left: Ints, right: Ints, meaning: Floats | None) -> Judged:
        """Judge pairs of texts, given by their places.

        ``meaning`` has a row a text from the encoder; without, words alone decide.
        """
        values = measured(readings, left, right, meaning)
        judges = self.words if meaning is None else self.meaning
        opposed = contrasts(readings, left, right)
        proposal = judges.proposal.likelihood(values) * np.where(opposed.any(1), OPPOSED, 1.0)
        share = self.style.likelihood(readings.style[left] + readings.style[right])
        scores = share * proposal + (1 - share) * judges.report.likelihood(values)
        alike = np.zeros(len(values), np.float32) if meaning is None else values[:, len(FEATURES)]
        return Judged(scores.astype(np.float32), values[:, FEATURES.index("least")], alike, opposed)


def measured(readings: Readings, left: Ints, right: Ints, meaning: Floats | None) -> Floats:
    """Return a row of FEATURES for each pair, and of BY_MEANING where there is an encoder."""
    values = features(readings, left, right)
    if meaning is None:
        return values
    alike = np.einsum("ij,ij->i", meaning[left], meaning[right])
    beyond = alike * (1 - values[:, FEATURES.index("least")])
    return np.column_stack([values, alike, beyond])


@cache
def trained() -> Model:
    """Return the model that the program ships."""
    data = tomllib.loads(resource("similarity", "model.toml").read_text("utf-8"))
    judges = {
        layer: Judges(*(_regression(data[layer][kind], names) for kind in ("report", "proposal")))
        for layer, names in (("words", FEATURES), ("meaning", (*FEATURES, *BY_MEANING)))
    }
    return Model(_regression(data["style"], STYLE), judges["words"], judges["meaning"])


def _regression(values: Mapping[str, float], names: Sequence[str]) -> Regression:
    return Regression(values["bias"], np.array([values[name] for name in names]))
