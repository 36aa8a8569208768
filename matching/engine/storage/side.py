"""All posts of one side as one row of places: the snapshot's blocks, and the delta of what came since."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.engine.storage.block import LENGTH, Block
from matching.engine.storage.fields import Figures
from matching.engine.storage.postings import Keys, Query, Scores

Places = NDArray[np.integer]
Scalar = TypeVar("Scalar", bound=np.generic)


class Side:
    """Scores over every place of a side, closed ones included: `open` says which posts stand.

    Immutable but for `open`. Arrays are float32 in the order of the places; nan marks what a post is silent about.
    """

    def __init__(self, blocks: Sequence[Block], gone: Iterable[int] = ()) -> None:
        """`gone` are places whose post was withdrawn or replaced."""
        self.blocks = tuple(blocks)
        self.starts = np.cumsum([0, *map(len, self.blocks)])
        self.open = np.ones(int(self.starts[-1]), dtype=np.bool_)
        self.open[list(gone)] = False

    def __len__(self) -> int:
        return int(self.starts[-1])

    @cached_property
    def ids(self) -> NDArray[np.int64]:
        return _joined([block.ids for block in self.blocks], np.int64)

    @cached_property
    def owners(self) -> NDArray[np.int64]:
        return _joined([block.owners for block in self.blocks], np.int64)

    @cached_property
    def stating(self) -> NDArray[np.bool_]:
        """Which posts state a figure."""
        return _joined([np.diff(block.figures.bounds) > 0 for block in self.blocks], np.bool_)

    def holders(self, space: str, keys: Keys) -> NDArray[np.int64]:
        """In how many posts each term occurs."""
        counts = [block.sparse[space].holders(keys) for block in self.blocks if space in block.sparse]
        return np.sum(counts, axis=0, dtype=np.int64) if counts else np.zeros(len(keys), dtype=np.int64)

    def sparse(self, space: str, query: Query) -> Scores:
        """What the terms that each post shares with the query are worth together; 0 where there is none."""
        return self._each(lambda block: block.sparse[space].scores(query))

    def dense(self, space: str, query: Scores | None) -> Scores:
        """The product of each post's vector with the query's, to about 1 %; nan where either has none."""
        if query is None:
            return self._absent()
        return self._each(lambda block: block.dense[space].scores(query) if space in block.dense else _nan(block))

    def dense_of_many(self, space: str, queries: Scores) -> Scores:
        """[queries, places]; each row to the bit what `dense` gives for it."""
        found = np.empty((len(queries), len(self)), dtype=np.float32)
        for block, start in zip(self.blocks, self.starts[:-1].tolist(), strict=True):
            part = found[:, start : start + len(block)]
            part[:] = block.dense[space].scores_of_many(queries) if space in block.dense else np.nan
        return found

    def dense_at(self, space: str, query: Scores | None, places: Places) -> Scores:
        """The same products at some places, with the precision of the stored half floats."""
        found = np.full(len(places), np.nan, dtype=np.float32)
        for number, at, within in self._by_block(places):
            if query is not None and space in self.blocks[number].dense:
                found[at] = self.blocks[number].dense[space].values(query, within)
        return found

    def rows(self, space: str, places: Places) -> Scores:
        """The vectors of some posts [places, dimensions], zero where a post has none."""
        wide = max((block.dense[space].dimensions for block in self.blocks if space in block.dense), default=0)
        found = np.zeros((len(places), wide), dtype=np.float32)
        for number, at, within in self._by_block(places):
            if space in self.blocks[number].dense:
                found[at] = self.blocks[number].dense[space].rows(within)
        return found

    def sets(self, name: str, worth: Mapping[str, float], otherwise: float = 0.0) -> Scores:
        """For each post the most that a code of its set is worth; nan where the set is empty."""
        return self._each(lambda block: block.sets[name].fits(worth, otherwise))

    def numbers(self, name: str) -> Scores:
        """A number that each post states."""
        return self._each(lambda block: block.numbers[name])

    def lengths(self, space: str) -> Scores:
        """The weighted length of each post in a sparse space."""
        return self.numbers(f"{LENGTH}{space}")

    def figures(self, places: Places) -> Iterable[tuple[Figures, NDArray[np.intp], Places]]:
        """The blocks that these places lie in: their figures, which of the places, and where within the block."""
        for number, at, within in self._by_block(places):
            yield self.blocks[number].figures, at, within

    def _each(self, part: Callable[[Block], Scores]) -> Scores:
        return _joined([part(block) for block in self.blocks], np.float32)

    def _absent(self) -> Scores:
        return np.full(len(self), np.nan, dtype=np.float32)

    def _by_block(self, places: Places) -> Iterable[tuple[int, NDArray[np.intp], Places]]:
        numbers = np.searchsorted(self.starts, places, side="right") - 1
        for number in np.unique(numbers).tolist():
            at = np.flatnonzero(numbers == number)
            yield number, at, places[at] - self.starts[number]


def best(scores: Scores, eligible: NDArray[np.bool_], ids: NDArray[np.int64], limit: int) -> NDArray[np.intp]:
    """The places of the `limit` highest scores among the eligible, best first, ties by id. O(places)."""
    candidates = np.flatnonzero(eligible)
    values = scores[candidates]
    if len(candidates) > limit > 0:
        bar = np.partition(values, len(values) - limit)[len(values) - limit]
        kept = values >= bar
        candidates, values = candidates[kept], values[kept]
    order = np.lexsort((ids[candidates], -values))
    found: NDArray[np.intp] = candidates[order][:limit]
    return found


def _joined(parts: Sequence[NDArray[Scalar]], dtype: type[Scalar]) -> NDArray[Scalar]:
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=dtype)


def _nan(block: Block) -> Scores:
    return np.full(len(block), np.nan, dtype=np.float32)
