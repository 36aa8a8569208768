"""What the ranker is shown of a need's best candidates: figures that mean the same in a corpus never seen.

Every signal is given by how far it stands out among all achievements, in standard deviations; how many put a candidate
among their first ten is one figure of its own. Two kinds of figure come from the candidates together: feedback, how
near each is to the middle of the need and its first candidates (Rocchio, "Relevance feedback in information
retrieval", 1971, without asking anybody), and company, how good the candidates are that resemble it (the cluster
hypothesis, van Rijsbergen 1979).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Rows = NDArray[np.float32]

SPARSE: Final = ("words", "saturated", "rare", "pairs")
DENSE: Final = ("latent", "embedding")
SIGNALS: Final = (*SPARSE, *DENSE)
# The first candidates that are taken to be good.
FEEDBACK: Final = (5, 20)
# What the feedback counts beside the need itself.
_TRUST: Final = 0.6
COMPANY: Final = 50
_FIRSTS: Final = 20
_NEAR: Final = 3
_FEWEST: Final = 3

# The first guess, by standard deviations: what decides who is a candidate, and what trained weights are drawn to.
FIRST: Final[Mapping[str, float]] = {
    "words": 1.0,
    "saturated": 0.3,
    "rare": 0.4,
    "pairs": 0.4,
    "latent": 0.5,
    "embedding": 0.8,
}

_NEARNESS: Final = tuple(f"{space}_near{count}" for space in DENSE for count in FEEDBACK)
_DERIVED: Final = ("first", *_NEARNESS, *(f"{space}_company" for space in DENSE))
NAMES: Final = (*(f"{name}_z" for name in (*SIGNALS, *_DERIVED)), "agreement", "length", "asked")
RISING: Final = tuple(name for name in NAMES if name.endswith("_z"))


@dataclass(frozen=True, slots=True)
class Space:
    """A dense space of the candidates: unit rows (zero where absent) and the need's own vector, None if it has none."""

    rows: Rows
    need: Rows | None


def standing(values: NDArray[np.floating], among: NDArray[np.bool_]) -> Rows:
    """By how many standard deviations each value is above the mean of those `among`; nan stays nan."""
    known = values[among & np.isfinite(values)].astype(np.float64)
    if len(known) < _FEWEST:
        return np.where(np.isnan(values), np.nan, 0).astype(np.float32)
    deviation = float(known.std())
    found: Rows = ((values - known.mean()) / (deviation if deviation > 1e-9 else 1.0)).astype(np.float32)
    return found


def table(
    stands: Mapping[str, Rows], first: Rows, spaces: Mapping[str, Space], lengths: Rows, asked: float
) -> NDArray[np.float32]:
    """The features of candidates, one a row, in the order of `NAMES`; nan marks what is absent.

    `stands` are the signals' standings and `first` the first guess, at the candidates; `lengths` their texts' standing
    by length, `asked` the need's number of words. O(candidates · (COMPANY · dimensions + signals)).
    """
    columns: dict[str, Array] = {}
    for name in SIGNALS:
        _both(columns, name, stands.get(name), len(first))
    _both(columns, "first", first, len(first))
    for name in DENSE:
        space = spaces.get(name)
        for count in FEEDBACK:
            _both(
                columns,
                f"{name}_near{count}",
                _feedback(space, first, count) if space else None,
                len(first),
                within=True,
            )
        _both(columns, f"{name}_company", _company(space, first) if space else None, len(first), within=True)
    nothing = np.full(len(first), np.nan)
    ranks = [columns[f"{name}_rank"] for name in SIGNALS if np.isfinite(columns[f"{name}_rank"]).any()]
    columns["agreement"] = np.mean([rank < np.log1p(10) for rank in ranks], axis=0) if ranks else nothing
    columns["length"] = lengths.astype(np.float64)
    columns["asked"] = np.full(len(first), np.log1p(asked))
    return np.stack([columns[name] for name in NAMES], axis=1).astype(np.float32)


def _both(
    columns: dict[str, Array], name: str, values: NDArray[np.floating] | None, size: int, *, within: bool = False
) -> None:
    """The column of a signal and that of its rank; `within` says that its standing is taken among the candidates."""
    if values is None or np.isnan(values).all():
        columns[f"{name}_z"] = columns[f"{name}_rank"] = np.full(size, np.nan)
        return
    known = np.isfinite(values)
    order = np.argsort(np.where(known, -values, np.inf), kind="stable")
    ranks = np.empty(len(values))
    ranks[order] = np.arange(len(values))
    columns[f"{name}_z"] = (standing(values, known) if within else values).astype(np.float64)
    columns[f"{name}_rank"] = np.where(known, np.log1p(ranks), np.nan)


def _feedback(space: Space, first: Rows, count: int) -> Array | None:
    """Each candidate's likeness to the need and its first candidates together, by cosine."""
    leaders = np.argsort(-first, kind="stable")[:count]
    weights = np.exp((first[leaders] - first[leaders].max()).astype(np.float64))
    middle = (weights[:, None] * space.rows[leaders]).sum(axis=0) / weights.sum()
    length = float(np.linalg.norm(middle))
    if length < 1e-9:
        return None
    aim = _TRUST * middle / length + ((1 - _TRUST) * space.need if space.need is not None else 0.0)
    return _present(space, (space.rows @ aim.astype(np.float32)).astype(np.float64))


def _company(space: Space, first: Rows) -> Array:
    """How good, by the first guess, the leading candidates are that resemble each, itself not counted."""
    leaders = np.argsort(-first, kind="stable")[:COMPANY]
    bar = np.sort(first)[-min(_FIRSTS, len(first))]
    worth = 1 / (1 + np.exp(-np.clip((first[leaders] - bar).astype(np.float64), -50, 50)))
    likeness = np.maximum(space.rows @ space.rows[leaders].T, 0).astype(np.float64) ** _NEAR
    likeness[leaders, np.arange(len(leaders))] = 0
    return _present(space, likeness @ worth / np.maximum(likeness.sum(axis=1), 1e-9))


def _present(space: Space, values: Array) -> Array:
    return np.where(np.any(space.rows != 0, axis=1), values, np.nan)
