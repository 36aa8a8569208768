"""From sub-scores to one score, and from a score to the word that a page shows.

A weighted mean over the signals that are present. The weights are set by judgement, not learned: what a post says
counts half, hard figures come next. A learned engine replaces this module and nothing else.
"""

from collections.abc import Mapping
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]
Band = Literal["strong", "good", "possible"]

TEXT_WEIGHT: Final = 0.5
WEIGHTS: Final[Mapping[str, float]] = {
    "requirements": 0.22,
    "nodes": 0.12,
    "trl": 0.10,
    "price": 0.05,
    "industries": 0.03,
    "form": 0.03,
    "region": 0.03,
}
# Below this text score the structure counts only in proportion: the same city and a fair price do not make a
# bearing answer a need for paint.
RELEVANT: Final = 0.35
# Structure alone never says more than "possible".
WITHOUT_TEXT: Final = 0.35

STRONG: Final = 0.7
GOOD: Final = 0.45
FLOOR: Final = 0.15


def fuse(signals: Mapping[str, Array], shares: Mapping[str, Array] | None = None) -> Array:
    """Scores in 0..1 of as many pairs as the arrays hold; nan marks an absent signal, no signal at all gives 0.

    `shares` says for a signal how much of it is known (0..1, default 1); its weight shrinks with it.
    """
    text = signals["text"]
    silent = np.isnan(text)
    gate = np.where(silent, 1.0, np.minimum(text / RELEVANT, 1.0))
    total: Array = np.where(silent, 0.0, TEXT_WEIGHT * text)
    weights: Array = np.where(silent, 0.0, TEXT_WEIGHT)
    for name, weight in WEIGHTS.items():
        value = signals.get(name)
        if value is None:
            continue
        share = weight * (1.0 if shares is None or name not in shares else shares[name]) * ~np.isnan(value)
        total = total + gate * share * np.nan_to_num(value)
        weights = weights + share
    mean = np.divide(total, weights, out=np.zeros_like(total), where=weights > 0)
    # Without text, what is unknown counts as nothing: the same city alone is no reason to suggest anything.
    structure_only = WITHOUT_TEXT * total / sum(WEIGHTS.values())
    scores: Array = np.where(silent, structure_only, mean)
    return scores


def band(score: float) -> Band:
    """The word for a score; what stays under `FLOOR` is not suggested at all."""
    if score >= STRONG:
        return "strong"
    return "good" if score >= GOOD else "possible"
