"""A need's targets held against the figures of many achievements at once: `requirements.compare` over arrays."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.engine.analysis import Analyzer
from matching.engine.documents import Benefit
from matching.engine.requirements import (
    ALIGNED,
    EQUAL_WITHIN,
    MISSED_AT_MOST,
    ROUNDING,
    Figure,
    alignment,
    read_benefit,
)
from matching.engine.storage import Side
from matching.engine.storage.fields import Figures
from matching.engine.units import in_base

Array = NDArray[np.float64]
Places = NDArray[np.intp]

_NAMES: Final = 65_536


class Answers:
    """Remembers how figures are called, so that each name is analysed once; not for two threads at once."""

    def __init__(self, analyzer: Analyzer) -> None:
        def read(name: str, unit: str) -> Figure:
            return read_benefit(Benefit(name, 0.0, unit, None), analyzer)

        self._named = lru_cache(maxsize=_NAMES)(read)

    def fits(self, targets: Sequence[Figure], side: Side, places: Places) -> tuple[Array, Array]:
        """Of every place the fit of the figures, nan where none can be compared, and the share of targets known."""
        total, known = np.zeros(len(places)), np.zeros(len(places))
        for figures, at, within in side.figures(places) if targets else ():
            stated = _Stated.of(figures, within)
            names = [self._named(*figures.spelt(number)) for number in stated.distinct.tolist()]
            for target in targets:
                posts, worth = _judge(target, names, stated)
                total[at[posts]] += worth
                known[at[posts]] += 1
        fit = np.divide(total, known, out=np.full(len(places), np.nan), where=known > 0)
        return fit, known / max(len(targets), 1)


class _Stated:
    """The figures of some posts, flat: whose each is, which of the `distinct` names it has, what it says."""

    def __init__(self, posts: Places, names: Places, values: Array, distinct: Places) -> None:
        self.posts, self.names, self.values, self.distinct = posts, names, values, distinct

    @classmethod
    def of(cls, figures: Figures, places: NDArray[np.integer]) -> "_Stated":
        starts, ends = figures.bounds[places], figures.bounds[places + 1]
        sizes = ends - starts
        posts = np.repeat(np.arange(len(places)), sizes)
        entries = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes) + np.repeat(starts, sizes)
        distinct, names = np.unique(figures.names[entries], return_inverse=True)
        return cls(posts, names, figures.values[entries], distinct.astype(np.intp))


def _judge(target: Figure, names: Sequence[Figure], stated: _Stated) -> tuple[Places, Array]:
    """The posts whose figures answer a target with a known verdict, and what each answer is worth."""
    table = np.array([_terms(target, name) for name in names]).reshape(len(names), 4)
    sureness, factor, offset, wanted = table[stated.names].T
    entries = np.flatnonzero(sureness >= ALIGNED)
    # The surest figure of each post, the first of equals.
    entries = entries[np.lexsort((entries, -sureness[entries], stated.posts[entries]))]
    posts, first = np.unique(stated.posts[entries], return_index=True)
    entries = entries[first]
    has, wanted = stated.values[entries] * factor[entries] + offset[entries], wanted[entries]
    met = _met(has, target.operator, wanted)
    if met is None:
        return posts[:0], has[:0]
    sound = np.isfinite(has) & np.isfinite(wanted)
    worth = np.where(met, 1.0, MISSED_AT_MOST * np.maximum(0.0, 1.0 + _gap(has, target.operator, wanted)))
    return posts[sound], worth[sound]


def _terms(target: Figure, name: Figure) -> tuple[float, float, float, float]:
    """How sure it is that both mean the same, how a value of the figure becomes one in base units, and the target's."""
    difference = target.difference or name.difference
    offset = in_base(0.0, name.unit, difference=difference)
    return alignment(target, name), name.unit.factor, offset, in_base(target.value, target.unit, difference=difference)


def _met(has: Array, operator: str, wanted: Array) -> NDArray[np.bool_] | None:
    """`requirements.meets`, over arrays."""
    with np.errstate(invalid="ignore"):
        apart, larger = np.abs(has - wanted), np.maximum(np.abs(has), np.abs(wanted))
        same = apart <= ROUNDING * larger
        answers = {
            "<=": (has < wanted) | same,
            ">=": (has > wanted) | same,
            "<": (has < wanted) & ~same,
            ">": (has > wanted) & ~same,
            "=": apart <= EQUAL_WITHIN * larger,
        }
    return answers.get(operator)


def _gap(has: Array, operator: str, wanted: Array) -> Array:
    """`requirements.gap`, over arrays, -1 where there is none."""
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        beyond = (has - wanted) / np.abs(wanted)
    signed = -np.abs(beyond) if operator == "=" else -beyond if operator in ("<=", "<") else beyond
    return np.where(np.isfinite(beyond), signed, -1.0).round(6)
