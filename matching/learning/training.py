"""Training a ranker on decisions: pure, and the same for the same decisions.

Where a suggestion stood when it was decided on is met by inverse propensity (T. Joachims, A. Swaminathan, T. Schnabel,
Unbiased Learning-to-Rank with Biased Feedback, WSDM 2017): a decision that was taken far down counts for those that
nobody looked at there.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from matching.engine.ranker import GRADES, Ranker, train
from matching.learning.features import ENGINE, Signals, Table, names_in, table
from matching.learning.labels import inverse_propensity

Array = NDArray[np.float64]

# How far the engine's own order is trusted before anything is learned, in deviations of its score.
TRUST: Final = 2.0
# Bounds of the engine's scores before their logits are taken.
INNER: Final = 1e-3


@dataclass(frozen=True)
class Decision:
    """One pair on which somebody decided: grade 0 to 4, how much it says about fit, and where it stood."""

    need: int
    match: int
    grade: int
    weight: float
    position: int | None
    signals: Signals


def data_hash(decisions: Sequence[Decision]) -> str:
    """Equal decisions, equal hash."""
    rows = [[d.need, d.match, d.grade, d.weight, d.position, dict(d.signals)] for d in decisions]
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()


def learn(decisions: Sequence[Decision]) -> Ranker:
    """A ranker from these decisions, drawn towards the engine's own order where they say little.

    Raises ValueError if no need has decisions of two grades. Deterministic.
    """
    rows = [decision.signals for decision in decisions]
    names = names_in(rows)
    features = table(rows, names)
    needs = np.array([decision.need for decision in decisions], dtype=np.int64)
    labels, weights = targets(decisions, needs)
    prior = own_order(names, features)
    learned = train(features, labels, needs, names=names, weights=weights, rising=(ENGINE,), base=prior, seed=0)
    return on_the_engines_scale(learned, features)


def targets(decisions: Sequence[Decision], needs: NDArray[np.int64]) -> tuple[Array, Array]:
    """Labels in 0..1 and the weights of rows, so that label times weight is the label over its propensity.

    Within a need only labels differ in force, so the propensity goes into them, relative to the need's largest. A
    refusal that says little about fit lies between "does not fit" and "somebody was interested".
    """
    grades = np.array([decision.grade for decision in decisions], dtype=np.float64) / GRADES
    doubt = np.array([0.0 if d.grade else 1.0 - d.weight for d in decisions])
    inverse = np.array([inverse_propensity(decision.position) for decision in decisions])
    largest = np.array([inverse[needs == need].max() for need in needs])
    return (grades + doubt / GRADES) * inverse / largest, largest


def own_order(names: Sequence[str], features: Table) -> Ranker:
    """A ranker that orders as the engine does, in the scale of these features: what learning starts from."""
    present = ~np.isnan(features)
    count = np.maximum(present.sum(axis=0), 1)
    values = np.nan_to_num(features.astype(np.float64))
    mean = (values * present).sum(axis=0) / count
    deviation = np.sqrt((np.square(values - mean) * present).sum(axis=0) / count)
    scale = np.where(deviation > 1e-6, deviation, 1.0)
    weights = tuple(TRUST if name == ENGINE else 0.0 for name in names)
    return Ranker(tuple(names), rounded(mean), rounded(scale), weights)


def on_the_engines_scale(ranker: Ranker, features: Table) -> Ranker:
    """The same order with scores spread like the engine's own, so that “strong” goes on meaning what it meant."""
    own = np.clip(features[:, ranker.names.index(ENGINE)].astype(np.float64), INNER, 1 - INNER)
    logits, raw = np.log(own / (1 - own)), ranker.raw(features)
    spread = float(raw.std())
    slope = max(float(logits.std()) / spread, 1e-3) if spread > 1e-9 else 1.0
    shift = float(logits.mean()) - slope * float(raw.mean())
    return replace(ranker, slope=float(f"{slope:.9g}"), shift=float(f"{shift:.9g}"))


def importance(ranker: Ranker, features: Table) -> list[dict[str, Any]]:
    """What every signal contributes to telling pairs apart: its share of all, and whether more of it helps or harms.

    The mean change of the raw score when the signal is taken away; weightiest first.
    """
    whole, moved = ranker.raw(features), []
    for column in range(len(ranker.names)):
        without = features.copy()
        without[:, column] = np.nan
        moved.append(float(np.abs(whole - ranker.raw(without)).mean()))
    total = sum(moved) or 1.0
    found = [
        {"name": name, "share": round(change / total, 4), "helps": ranker.weights[column] >= 0}
        for column, (name, change) in enumerate(zip(ranker.names, moved, strict=True))
    ]
    return sorted(found, key=lambda each: (-each["share"], each["name"]))


def rounded(values: Array) -> tuple[float, ...]:
    return tuple(float(f"{value:.9g}") for value in values)
