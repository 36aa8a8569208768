"""One dense space of a block of posts: a byte a dimension to look through all of them, half floats to look closely.

Both factors of a scan are whole numbers below 2^24 in sum, which single precision holds exactly: the result does not
depend on the order in which a machine's BLAS adds, nor on how many needs are scored together.
"""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from matching.engine.storage.postings import Held, Scores

_MOST: Final = 127
_EXACT: Final = 1 << 24
_LEAST: Final = 1e-9
# As many rows are widened at a time as stay in the cache of a core.
_ROWS: Final = 1024

Rows = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Vectors(Held):
    """Rows of int8 `codes` times `scales`, and the same vectors as float16; a scale of nan marks an absent vector."""

    codes: NDArray[np.int8]
    scales: Scores
    exact: NDArray[np.float16]

    @classmethod
    def build(cls, rows: Rows) -> Self:
        """Rows that are not finite, or as good as zero, count as absent."""
        with np.errstate(invalid="ignore", over="ignore"):
            most = np.abs(rows).max(axis=1, initial=0.0)
            present = np.isfinite(rows).all(axis=1) & (most > _LEAST) & (most <= np.finfo(np.float16).max)
        rows = np.where(present[:, None], rows, 0)
        scales = np.where(present, most / _MOST, np.nan).astype(np.float32)
        codes = np.rint(rows / np.where(present, scales, 1)[:, None]).astype(np.int8)
        return cls(codes, scales, rows.astype(np.float16))

    @property
    def size(self) -> int:
        return len(self.scales)

    @property
    def dimensions(self) -> int:
        return int(self.codes.shape[1])

    def scores(self, query: Rows) -> Scores:
        """The products of one vector with all, to about 1 %; nan where a post has none. O(posts · dimensions)."""
        found: Scores = self.scores_of_many(query[None, :])[0]
        return found

    def scores_of_many(self, queries: Rows) -> Scores:
        """[queries, posts]; every row is the same to the bit as if its query had come alone."""
        whole, steps = _whole(queries)
        found = np.empty((len(queries), self.size), dtype=np.float32)
        wide = np.empty((min(_ROWS, self.size), self.dimensions), dtype=np.float32)
        for start in range(0, self.size, _ROWS):
            part = self.codes[start : start + _ROWS]
            np.copyto(wide[: len(part)], part)
            found[:, start : start + len(part)] = whole @ wide[: len(part)].T
        found *= self.scales
        found *= steps[:, None]
        return found

    def rows(self, places: NDArray[np.integer]) -> Rows:
        """Some posts' half-precision vectors, zero where a post has none."""
        found: Rows = self.exact[places].astype(np.float32)
        return found

    def values(self, query: Rows, places: NDArray[np.integer]) -> Scores:
        """The products with some posts' half-precision vectors; nan where a post has none."""
        rows = self.exact[places].astype(np.float64)
        found = (rows * query.astype(np.float64)).sum(axis=1)
        return np.where(np.isnan(self.scales[places]), np.nan, found).astype(np.float32)


def _whole(queries: Rows) -> tuple[Rows, Scores]:
    """Queries as whole numbers, and what one step of each is worth."""
    levels = min(_EXACT // (_MOST * max(queries.shape[1], 1)), 32_767)
    most = np.abs(queries).max(axis=1, initial=0.0)
    steps = np.where(most > _LEAST, most / levels, 1).astype(np.float32)
    return np.rint(queries / steps[:, None]), steps
