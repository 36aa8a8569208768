"""The learned order of candidates: a linear part that transfers, and few shallow trees on top of it.

The linear part is fitted by the listwise softmax of Cao et al., "Learning to Rank: From Pairwise Approach to Listwise
Approach" (2007), drawn towards a prior; the trees by LambdaMART (Burges, "From RankNet to LambdaRank to LambdaMART",
2010) as LightGBM grows it, starting from the linear part. LightGBM is needed to train, never to score.
"""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from matching.engine.forest import LEAVES, Forest, tree

Array = NDArray[np.float64]
Features = NDArray[np.float32]

# Labels lie in 0..1 and become so many grades for the trees.
GRADES: Final = 4
# No feature is further from its mean than so many deviations: what is foreign to the training must not decide alone.
REACH: Final = 10.0


@dataclass(frozen=True, slots=True)
class Settings:
    """How strongly training is held back; the values were chosen by leaving whole collections out."""

    ridge: float = 1.0
    trees: int = 120
    learning_rate: float = 0.05
    leaves: int = LEAVES
    smallest_leaf: int = 60
    # Fewer queries than this say too little for trees: the linear part alone is learned.
    queries_for_trees: int = 40


@dataclass(frozen=True)
class Ranker:
    """Scores candidates by named features; immutable, the same on every machine that reads the same dump.

    raw = Σ weight · clip((x - mean) / scale) + trees; an absent (nan) feature adds nothing to the linear part and goes
    its own way in the trees. score = 1 / (1 + exp(-(slope · raw + shift))).
    """

    names: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[float, ...]
    slope: float = 1.0
    shift: float = 0.0
    trees: tuple[Mapping[str, Any], ...] = ()
    notes: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def version(self) -> str:
        """The same for the same weights, whoever learned them."""
        return hashlib.sha256(self.dump().encode()).hexdigest()[:12]

    @cached_property
    def _forest(self) -> Forest:
        return Forest(self.trees, len(self.names))

    def raw(self, features: Features) -> Array:
        """Unbounded scores, for order alone."""
        return self._linear(features) + self._forest.sums(features)

    def score(self, features: Features) -> Array:
        """Scores in 0..1 for rows of features in the order of `names`; nan marks what is absent. Deterministic."""
        if features.ndim != 2 or features.shape[1] != len(self.names):
            raise ValueError(f"{len(self.names)} features are needed, the table is {features.shape}.")
        logit = np.clip(self.slope * self.raw(features) + self.shift, -50, 50)
        scores: Array = (1.0 / (1.0 + np.exp(-logit))).round(6)
        return scores

    def parts(self, features: Features) -> Array:
        """What every feature adds to the linear part, for an explanation: rows by features."""
        parts: Array = _standard(features, self.mean, self.scale) * np.array(self.weights)
        return parts

    def _linear(self, features: Features) -> Array:
        # The sum is taken row by row in a fixed order: a matrix product's order depends on the machine's library.
        total: Array = self.parts(features).sum(axis=1)
        return total

    def dump(self) -> str:
        """The whole ranker as text, in one spelling."""
        content = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def load(cls, text: str) -> "Ranker":
        """Raises ValueError for anything that `dump` did not write."""
        try:
            content = json.loads(text)
            lists = {name: tuple(content[name]) for name in ("names", "mean", "scale", "weights", "trees")}
            ranker = cls(**{**content, **lists})
            ranker._check()
        except (TypeError, KeyError, AttributeError, IndexError) as error:
            raise ValueError("This is not a ranker's dump.") from error
        return ranker

    def _check(self) -> None:
        sizes = {len(self.names), len(self.mean), len(self.scale), len(self.weights)}
        numbers = [*self.mean, *self.scale, *self.weights, self.slope, self.shift]
        if len(sizes) != 1 or not all(math.isfinite(number) for number in numbers) or min(self.scale, default=1) <= 0:
            raise ValueError("This ranker's weights are damaged.")
        self._forest  # noqa: B018 - trees that ask for features outside the table are found here


def train(
    features: Features,
    labels: Array,
    groups: NDArray[np.int64] | Sequence[int],
    *,
    names: Sequence[str],
    seed: int = 0,
    weights: Array | None = None,
    rising: Sequence[str] = (),
    base: Ranker | None = None,
    settings: Settings | None = None,
    notes: Mapping[str, Any] | None = None,
) -> Ranker:
    """Learn from judged candidates.

    `features` [n, F] with nan for absent, `labels` [n] in 0..1, `groups` [n] the query of every row (rows of a query
    may stand anywhere). `weights` [n] weighs queries (the mean of a query's rows), `rising` names features that may
    only help, `base` is what the linear part is drawn to where the data say little. Queries without two different
    labels teach nothing. Raises ValueError if none is left. Deterministic for a given seed.
    """
    settings = settings or Settings()
    table = _Table.of(features, labels, groups, weights)
    mean, scale = moments(table.features) if base is None else (np.array(base.mean), np.array(base.scale))
    prior = np.zeros(len(names)) if base is None else np.array(base.weights)
    standard = _standard(table.features, mean, scale)
    falls = np.array([0.0 if name in rising else -np.inf for name in names])
    linear = _softmax_fit(standard, table, prior, settings.ridge, falls)
    grown: tuple[Mapping[str, Any], ...] = ()
    if len(table.sizes) >= settings.queries_for_trees and settings.trees:
        start = (standard * linear).sum(axis=1)
        grown = _grow(table, start, [int(name in rising) for name in names], seed, settings)
    ranker = Ranker(tuple(names), _floats(mean), _floats(scale), _floats(linear), trees=grown, notes=notes or {})
    slope, shift = _calibrate(ranker.raw(table.features), table)
    content = {name: getattr(ranker, name) for name in ranker.__dataclass_fields__}
    return Ranker(**{**content, "slope": slope, "shift": shift})


@dataclass(frozen=True, slots=True)
class _Table:
    """Judged rows in the order of their queries, of which each has at least two different labels."""

    features: Features
    labels: Array
    sizes: NDArray[np.int64]
    weights: Array

    @classmethod
    def of(cls, features: Features, labels: Array, groups: Any, weights: Array | None) -> "_Table":
        keys = np.unique(np.asarray(groups), return_inverse=True)[1]
        order = np.argsort(keys, kind="stable")
        low, high = np.full(keys.max(initial=-1) + 1, np.inf), np.full(keys.max(initial=-1) + 1, -np.inf)
        np.minimum.at(low, keys, labels)
        np.maximum.at(high, keys, labels)
        order = order[(high > low)[keys[order]]]
        if not len(order):
            raise ValueError(
                "No query has candidates of two different labels: there is nothing to learn an order from."
            )
        sizes = np.unique(keys[order], return_counts=True)[1]
        rows = np.ones(len(labels)) if weights is None else weights
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        means = np.add.reduceat(rows[order], starts) / sizes
        return cls(features[order], labels[order].astype(np.float64), sizes, np.repeat(means / means.mean(), sizes))

    @property
    def starts(self) -> NDArray[np.int64]:
        starts: NDArray[np.int64] = np.concatenate([[0], np.cumsum(self.sizes)[:-1]])
        return starts


def moments(features: Features) -> tuple[Array, Array]:
    """Mean and deviation of every feature where it is present; 0 and 1 where it never is."""
    present = ~np.isnan(features)
    count = np.maximum(present.sum(axis=0), 1)
    values = np.nan_to_num(features.astype(np.float64))
    mean = (values * present).sum(axis=0) / count
    deviation = np.sqrt((np.square(values - mean) * present).sum(axis=0) / count)
    return mean, np.where(deviation > 1e-9, deviation, 1.0)


def _standard(features: Features, mean: Any, scale: Any) -> Array:
    values = (features.astype(np.float64) - np.asarray(mean)) / np.asarray(scale)
    bounded: Array = np.nan_to_num(np.clip(values, -REACH, REACH), nan=0.0)
    return bounded


def _softmax_fit(standard: Array, table: _Table, prior: Array, ridge: float, lowest: Array) -> Array:
    """Weights that make a softmax over each query's candidates agree with its labels; `lowest` bounds them."""
    starts, repeat = table.starts, table.sizes
    wanted = table.labels / np.repeat(np.add.reduceat(table.labels, starts), repeat)
    queries = table.weights[starts].sum()

    def loss(weights: Array) -> tuple[float, Array]:
        scores = standard @ weights
        scores -= np.repeat(np.maximum.reduceat(scores, starts), repeat)
        grown = np.exp(scores)
        sums = np.repeat(np.add.reduceat(grown, starts), repeat)
        miss = table.weights * (grown / sums - wanted)
        value = -np.sum(table.weights * wanted * (scores - np.log(sums)))
        drawn = weights - prior
        return float((value + ridge * drawn @ drawn) / queries), (standard.T @ miss + 2 * ridge * drawn) / queries

    bounds = [(low if math.isfinite(low) else None, None) for low in lowest]
    start = np.maximum(prior, lowest)
    found: Array = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500}).x
    return found


def _grow(
    table: _Table, start: Array, monotone: list[int], seed: int, settings: Settings
) -> tuple[Mapping[str, Any], ...]:
    # Imported here because LightGBM needs the system's OpenMP library, which a machine that only scores may lack.
    import lightgbm

    grades = np.rint(table.labels * GRADES).astype(np.int64)
    data = lightgbm.Dataset(
        table.features, grades, weight=table.weights, group=table.sizes, init_score=start, free_raw_data=False
    )
    options = {
        "objective": "lambdarank",
        "lambdarank_truncation_level": 20,
        "num_leaves": min(settings.leaves, LEAVES),
        "min_data_in_leaf": settings.smallest_leaf,
        "learning_rate": settings.learning_rate,
        "lambda_l2": 5.0,
        "feature_fraction": 0.6,
        "bagging_fraction": 0.7,
        "bagging_by_query": True,
        "bagging_freq": 1,
        "monotone_constraints": monotone,
        "max_bin": 127,
        "seed": seed,
        "deterministic": True,
        "force_row_wise": True,
        "num_threads": 1,
        "verbosity": -1,
    }
    booster = lightgbm.train(options, data, num_boost_round=settings.trees)
    return tuple(tree(info) for info in booster.dump_model()["tree_info"] if info["num_leaves"] > 1)


def _calibrate(raw: Array, table: _Table) -> tuple[float, float]:
    """Platt's sigmoid (1999) with his correction of the targets, so that a score can be read as a likelihood."""
    hits = table.weights @ table.labels
    misses = table.weights.sum() - hits
    targets = table.labels * (hits + 1) / (hits + 2) + (1 - table.labels) / (misses + 2)

    def loss(x: Array) -> tuple[float, Array]:
        logit = x[0] * raw + x[1]
        miss = table.weights * (1 / (1 + np.exp(-np.clip(logit, -50, 50))) - targets)
        value = table.weights @ (np.logaddexp(0, logit) - targets * logit)
        return float(value) / len(raw), np.array([miss @ raw, miss.sum()]) / len(raw)

    # The order is the ranker's own: a negative slope would turn it round.
    found = minimize(loss, np.array([1.0, -1.0]), jac=True, method="L-BFGS-B", bounds=[(1e-3, None), (None, None)]).x
    return float(found[0]), float(found[1])


def _floats(values: Array) -> tuple[float, ...]:
    return tuple(float(f"{value:.9g}") for value in values)
