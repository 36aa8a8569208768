"""Comparing two orders on decisions that neither has learned from: pure functions of arrays."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Grades = NDArray[np.int64]

DEPTH: Final = 10
ROUNDS: Final = 2000
HELD_BACK: Final = 3
"""Of ten needs; which, follows from the need alone, so that no need is ever on both sides."""


@dataclass(frozen=True)
class Comparison:
    """Mean nDCG@10 of two orders over needs, their difference with its 95 % interval, and the pairs ordered right."""

    needs: int
    decisions: int
    serving: float
    candidate: float
    difference: float
    low: float
    high: float
    pairs: int
    pairs_serving: float
    pairs_candidate: float


def is_held_back(need: int) -> bool:
    """Whether the decisions on this need are kept for comparison, never for training."""
    return int(hashlib.sha256(str(need).encode()).hexdigest(), 16) % 10 < HELD_BACK


def ndcg(grades: Grades, scores: Array, ids: Sequence[int]) -> float:
    """nDCG@10 with the gain 2^grade - 1, ties by id; nan where no grade is above 0.

    K. Järvelin, J. Kekäläinen, Cumulated Gain-based Evaluation of IR Techniques, TOIS 2002.
    """
    gains = np.exp2(grades) - 1.0
    discounts = 1.0 / np.log2(np.arange(2, DEPTH + 2))
    order = np.lexsort((np.asarray(ids), -scores))[:DEPTH]
    best = np.sort(gains)[::-1][:DEPTH]
    ideal = float(best @ discounts[: len(best)])
    return float(gains[order] @ discounts[: len(order)]) / ideal if ideal else float("nan")


def pairs_right(grades: Grades, scores: Array) -> tuple[float, int]:
    """How many pairs of different grades stand in the right order (a tie counts half), and of how many."""
    above = grades[:, None] > grades[None, :]
    apart = np.sign(scores[:, None] - scores[None, :])
    return float((above * (apart + 1) / 2).sum()), int(above.sum())


def interval(differences: Array, seed: int) -> tuple[float, float]:
    """The 95 % interval of the mean by paired bootstrap (B. Efron, 1979) over needs; deterministic for a seed."""
    generator = np.random.default_rng(seed)
    drawn = generator.integers(0, len(differences), size=(ROUNDS, len(differences)))
    low, high = np.quantile(differences[drawn].mean(axis=1), [0.025, 0.975])
    return float(low), float(high)


def compare(needs: Grades, grades: Grades, serving: Array, candidate: Array, seed: int = 0) -> Comparison | None:
    """Both orders on held-back decisions: one row a decision. None if no need has decisions of two grades."""
    values, pairs = [], np.zeros(3)
    decisions = 0
    for need in np.unique(needs):
        rows = np.flatnonzero(needs == need)
        if len(np.unique(grades[rows])) < 2:
            continue
        decisions += len(rows)
        both = [ndcg(grades[rows], order[rows], rows.tolist()) for order in (serving, candidate)]
        values.append(both)
        right = [pairs_right(grades[rows], order[rows]) for order in (serving, candidate)]
        pairs += [right[0][0], right[1][0], right[0][1]]
    if not values:
        return None
    table = np.array(values)
    differences = table[:, 1] - table[:, 0]
    low, high = interval(differences, seed)
    return Comparison(
        needs=len(table),
        decisions=decisions,
        serving=float(table[:, 0].mean()),
        candidate=float(table[:, 1].mean()),
        difference=float(differences.mean()),
        low=low,
        high=high,
        pairs=int(pairs[2]),
        pairs_serving=float(pairs[0] / pairs[2]),
        pairs_candidate=float(pairs[1] / pairs[2]),
    )
