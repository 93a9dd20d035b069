"""Learns how likely a lead would join two statements, and prints how well that goes.

``python -m tests.helpers.similarity_training DATA [--write]``: DATA holds ``paraphrase-train.tsv``
(headlines: -1 different, 0 near, 1 same), ``domain-pairs.tsv`` (same, related, opposite, unrelated) and
``domain-pool.jsonl`` (texts and their clusters). Headlines are learned from the first four fifths and
measured on the last; pairs of the field are measured by five-fold cross-validation and learned from all. With
``--write`` the weights and the frequencies of roots go to ``resources/similarity/``.
"""

import argparse
import csv
import json
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from facilitator.paths import resource
from facilitator.similarity import meaning
from facilitator.similarity.candidates import candidates
from facilitator.similarity.contrasts import contrasts
from facilitator.similarity.features import FEATURES
from facilitator.similarity.language import roots_of, russian
from facilitator.similarity.lexicon import Lexicon
from facilitator.similarity.model import BY_MEANING, OPPOSED, Judges, Model, Regression, measured
from facilitator.similarity.reading import STYLE, Readings, read

Values = NDArray[np.float64]
Truth = NDArray[np.bool_]
STRANGE_REPORTS, STRANGE_PROPOSALS, _SOME = 2000, 60, 3000
"""How many pairs of strangers are learned from besides, and among how many headlines they are sought."""
FOLDS, SEEDS = 5, range(5)
REPORT_PENALTY, PROPOSAL_PENALTY, STYLE_PENALTY = 20.0, 3.0, 1.0
"""How strongly weights are held down, as multiples of half their squares (1 / C elsewhere)."""


@dataclass(frozen=True)
class Pairs:
    """Pairs of texts: the first of each stands in an even place, the second after it."""

    readings: Readings
    directions: NDArray[np.float32] | None
    opposed: Truth

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, str]], lexicon: Lexicon) -> "Pairs":
        """Read the texts of rows with ``text_a`` and ``text_b``."""
        texts = [row[side] for row in rows for side in ("text_a", "text_b")]
        readings = read(texts, lexicon)
        left = np.arange(0, len(texts), 2)
        opposed = contrasts(readings, left, left + 1).any(1)
        return cls(readings, meaning.directions(texts), opposed)

    def values(self, by_meaning: bool) -> Values:
        """Return what is measured of each pair."""
        left = np.arange(0, len(self.readings), 2)
        return measured(self.readings, left, left + 1, self.directions if by_meaning else None).astype(float)

    @property
    def style(self) -> Values:
        """What tells reports from proposals, a row a pair."""
        return (self.readings.style[::2] + self.readings.style[1::2]).astype(float)


def strangers(texts: Sequence[str], kin: Sequence[Hashable], lexicon: Lexicon, most: int) -> Values:
    """Return what is measured of pairs of texts that share a rare word only: of different ``kin``.

    A search meets many more of them than people have ever judged.
    """
    readings = read(texts, lexicon)
    left, right = candidates(readings, None)
    apart = np.array([kin[one] != kin[other] for one, other in zip(left, right, strict=True)])
    chosen = np.random.default_rng(0).permutation(np.flatnonzero(apart))[:most]
    directions = meaning.directions(texts)
    return measured(readings, left[chosen], right[chosen], directions).astype(float)


def learn(values: Values, truth: Truth, penalty: float, signs: Values) -> Regression:
    """Return a logistic regression fitted by Newton's method with an L2 penalty on standardised values.

    Both answers count the same: how many pairs of a collection are alike says nothing of the next one. A
    weight with a sign (1 or -1) keeps to it or is nought: a few hundred pairs do not teach that words which
    two texts share speak against them.
    """
    mean, scale = values.mean(0), np.maximum(values.std(0), 1e-9)
    design = np.column_stack([np.ones(len(values)), (values - mean) / scale])
    importance = np.where(truth, (~truth).sum() / max(1, truth.sum()), 1.0)
    ridge = penalty * np.eye(design.shape[1])
    ridge[0, 0] = 0.0
    free = np.ones(design.shape[1], bool)
    while True:
        weights = np.zeros(design.shape[1])
        weights[free] = _newton(design[:, free], truth, importance, ridge[np.ix_(free, free)])
        wrong = weights[1:] * signs < 0
        if not wrong.any():
            break
        free[1:] &= ~wrong
    slopes = weights[1:] / scale
    return Regression(float(weights[0] - slopes @ mean), slopes)


def _newton(design: Values, truth: Truth, importance: Values, ridge: Values) -> Values:
    weights = np.zeros(design.shape[1])
    for _ in range(50):
        likely = 1 / (1 + np.exp(-design @ weights))
        gradient = design.T @ (importance * (likely - truth)) + ridge @ weights
        curvature = design.T @ (design * (importance * likely * (1 - likely))[:, None]) + ridge
        step = np.linalg.solve(curvature, gradient)
        weights -= step
        if np.abs(step).max() < 1e-9:
            break
    return weights


def learn_style(headlines: Pairs, field: Values) -> Regression:
    """Return what tells proposals from headlines."""
    values = np.vstack([headlines.style, field])
    truth = np.arange(len(values)) >= len(headlines.style)
    return learn(values, truth, STYLE_PENALTY, np.zeros(values.shape[1]))


def f1(truth: Truth, found: Truth) -> float:
    """Return the harmonic mean of precision and recall."""
    return float(2 * (truth & found).sum() / max(1, truth.sum() + found.sum()))


def best_f1(truth: Truth, scores: Values) -> float:
    """Return the highest F1 that some threshold gives."""
    return max(f1(truth, scores >= bound) for bound in np.unique(scores))


def auc(truth: Truth, scores: Values) -> float:
    """Return the area under the ROC curve: how often a true pair stands above a false one."""
    order = np.argsort(scores, kind="stable")
    ranks = np.empty(len(scores))
    ranks[order] = np.arange(1, len(scores) + 1)
    for value in np.unique(scores):  # equal scores share their rank
        same = scores == value
        ranks[same] = ranks[same].mean()
    true = int(truth.sum())
    return float((ranks[truth].sum() - true * (true + 1) / 2) / (true * (len(truth) - true)))


def folds(labels: Sequence[str], seed: int) -> Iterator[NDArray[np.int64]]:
    """Yield the places of each fold; each label is spread evenly."""
    shuffled = np.random.default_rng(seed).permutation(len(labels))
    in_turn = np.array(sorted(shuffled, key=lambda place: labels[place]))
    for fold in range(FOLDS):
        yield in_turn[fold::FOLDS]


def main() -> None:
    """Learn, print, and with ``--write`` keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    with (arguments.data / "paraphrase-train.tsv").open(encoding="utf-8") as file:
        headlines = list(csv.DictReader(file, delimiter="\t"))
    with (arguments.data / "domain-pairs.tsv").open(encoding="utf-8") as file:
        field = list(csv.DictReader(file, delimiter="\t"))
    with (arguments.data / "domain-pool.jsonl").open(encoding="utf-8") as lines:
        pool = [json.loads(line) for line in lines]
    learned = len(headlines) * 4 // 5
    texts = [row[side] for row in headlines[:learned] for side in ("text_a", "text_b")]
    texts += [each["text"] for each in pool]
    counts = Counter(root for text in texts for root in set(roots_of(text)))
    frequencies = {root: count for root, count in sorted(counts.items()) if count > 1}
    lexicon = Lexicon(russian(), frequencies, len(texts))
    model = train(headlines, learned, field, pool, lexicon)
    if arguments.write:
        write(model, frequencies, len(texts))


def train(
    headlines: Sequence[Mapping[str, str]],
    learned: int,
    field: Sequence[Mapping[str, str]],
    pool: Sequence[Mapping[str, Any]],
    lexicon: Lexicon,
) -> Model:
    """Learn from the first headlines and all pairs of the field; print how the rest are judged."""
    known, held, pairs = (
        Pairs.of(rows, lexicon) for rows in (headlines[:learned], headlines[learned:], field)
    )
    near = np.array([int(row["label"]) >= 0 for row in headlines])
    style = learn_style(known, pairs.style)
    strange = strangers([row["text_a"] for row in headlines[:_SOME]], range(_SOME), lexicon, STRANGE_REPORTS)
    strange_here = strangers(
        [e["text"] for e in pool], [e["cluster"] or -e["id"] for e in pool], lexicon, STRANGE_PROPOSALS
    )
    judges = {}
    for layer in ("words", "meaning") if meaning.is_present() else ("words",):
        by_meaning = layer == "meaning"
        report = _learn_with(
            strange, known.values(by_meaning), near[:learned], REPORT_PENALTY, np.zeros(len(_signs()))
        )
        same = np.array([row["label"] == "same" for row in field])
        values = pairs.values(by_meaning)
        proposal = _learn_with(
            strange_here, values[~pairs.opposed], same[~pairs.opposed], PROPOSAL_PENALTY, _signs()
        )
        judges[layer] = Judges(report, proposal)
        scores = _mixed(held, by_meaning, style, judges[layer])
        truth = near[learned:]
        print(
            f"{layer}: headlines held out: F1 {f1(truth, scores >= 0.5):.3f} at 0.5, "
            f"{best_f1(truth, scores):.3f} at best, ROC AUC {auc(truth, scores):.3f}"
        )
        _cross_validate(layer, field, pairs, known, report, strange_here)
    return Model(style, judges["words"], judges.get("meaning", judges["words"]))


def _learn_with(strange: Values, values: Values, truth: Truth, penalty: float, signs: Values) -> Regression:
    """Learn from judged pairs and from pairs of strangers."""
    both = np.append(truth, np.zeros(len(strange), bool))
    return learn(np.vstack([values, strange[:, : values.shape[1]]]), both, penalty, signs[: values.shape[1]])


def _sign(feature: str) -> float:
    """Tell what a feature can only speak for: 1 for joining, -1 against it."""
    if feature.endswith("-shared"):
        return 1.0
    return -1.0 if feature.endswith(("-left", "-left-in-both")) else 0.0


def _signs() -> Values:
    return np.array([_sign(name) for name in (*FEATURES, *BY_MEANING)])


def _mixed(pairs: Pairs, by_meaning: bool, style: Regression, judges: Judges) -> Values:
    values = pairs.values(by_meaning)
    share = style.likelihood(pairs.style)
    proposal = judges.proposal.likelihood(values) * np.where(pairs.opposed, OPPOSED, 1.0)
    return share * proposal + (1 - share) * judges.report.likelihood(values)


def _cross_validate(
    layer: str,
    field: Sequence[Mapping[str, str]],
    pairs: Pairs,
    known: Pairs,
    report: Regression,
    strange: Values,
) -> None:
    labels = [row["label"] for row in field]
    same, opposite = (
        np.array([label == "same" for label in labels]),
        np.array([label == "opposite" for label in labels]),
    )
    values = pairs.values(layer == "meaning")
    figures = []
    for seed in SEEDS:
        scores = np.zeros(len(labels))
        for fold in folds(labels, seed):
            rest = np.setdiff1d(np.arange(len(labels)), fold)
            plain = rest[~pairs.opposed[rest]]
            proposal = _learn_with(strange, values[plain], same[plain], PROPOSAL_PENALTY, _signs())
            share = learn_style(known, pairs.style[rest]).likelihood(pairs.style[fold])
            judged = proposal.likelihood(values[fold]) * np.where(pairs.opposed[fold], OPPOSED, 1.0)
            scores[fold] = share * judged + (1 - share) * report.likelihood(values[fold])
        figures.append((f1(same, scores >= 0.5), best_f1(same, scores), (scores[opposite] >= 0.5).mean()))
    at_half, best, joined = np.mean(figures, axis=0)
    print(
        f"{layer}: pairs of the field, cross-validated: F1 of same {at_half:.3f} at 0.5, {best:.3f} at best, "
        f"opposites joined {joined:.1%}"
    )


def write(model: Model, frequencies: Mapping[str, int], texts: int) -> None:
    """Keep what was learned among the resources."""
    lines = ["# Learned by tests/helpers/similarity_training.py; not to be edited by hand.", ""]
    lines += ["[style]", *_lines(model.style, STYLE)]
    for layer in ("words", "meaning"):
        judges: Judges = getattr(model, layer)
        for kind in ("report", "proposal"):
            lines += ["", f"[{layer}.{kind}]", *_lines(getattr(judges, kind), _names(layer))]
    resource("similarity", "model.toml").write_text("\n".join(lines) + "\n", "utf-8")
    rows = [f"\t{texts}", *(f"{root}\t{count}" for root, count in frequencies.items())]
    resource("similarity", "frequencies.tsv").write_text("\n".join(rows) + "\n", "utf-8")


def _names(layer: str) -> tuple[str, ...]:
    return FEATURES + (BY_MEANING if layer == "meaning" else ())


def _lines(regression: Regression, names: Sequence[str]) -> list[str]:
    weights = zip(names, regression.weights, strict=True)
    return [f"bias = {regression.bias:.5f}", *(f"{name} = {weight:.5f}" for name, weight in weights)]


if __name__ == "__main__":
    main()
