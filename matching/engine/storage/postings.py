"""One sparse space of a block of posts, kept by term: a need reads only the terms it holds.

A term is a 64-bit hash, so no spelling is in memory and nothing has to be loaded before the first search. What a term
is worth to a post is kept in one byte, as a part of the most that any of the post's terms is worth.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

BLOCK: Final = 1 << 16
"""The most posts of a block: places within one fit into two bytes."""
_LEVELS: Final = 255

Keys = NDArray[np.uint64]
Scores = NDArray[np.float32]


@lru_cache(maxsize=1 << 17)
def key(term: str) -> int:
    """The number that stands for a term; two terms of a million share one with a chance of 1 in 37 million."""
    return int.from_bytes(hashlib.blake2b(term.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def keys(terms: Iterable[str]) -> Keys:
    """The numbers of many terms, in their order."""
    return np.fromiter((key(term) for term in terms), dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class Query:
    """What one post asks for in a sparse space: different terms, ascending by key, and what each is worth.

    `weights` is one number a term, or several to be summed apart.
    """

    keys: Keys
    weights: Scores

    @classmethod
    def of(cls, keys: Keys, weights: NDArray[np.floating]) -> Self:
        order = np.argsort(keys, kind="stable")
        return cls(keys[order], weights[order].astype(np.float32))


class Held:
    """Named arrays of one object, for files: every field that is an array, under its own name."""

    __slots__ = ()

    def arrays(self) -> Iterator[tuple[str, NDArray[np.generic]]]:
        for field in fields(self):  # type: ignore[arg-type]  # every subclass is a dataclass
            yield field.name, getattr(self, field.name)

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> Self:
        """Raises KeyError if one is missing."""
        return cls(**{field.name: arrays[field.name] for field in fields(cls)})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Postings(Held):
    """By term, ascending by key: the posts that hold it (places), and its worth there in parts of `scales`."""

    keys: Keys
    starts: NDArray[np.int64]
    posts: NDArray[np.uint16]
    codes: NDArray[np.uint8]
    scales: Scores

    @classmethod
    def build(cls, keys: Keys, posts: NDArray[np.integer], worth: NDArray[np.floating], size: int) -> Self:
        """From one entry a stored term, in any order; `worth` is above 0, a pair of key and post occurs once.

        Raises ValueError for more posts than a block may hold. The same entries give the same bytes.
        """
        if size > BLOCK:
            raise ValueError(f"A block holds at most {BLOCK} posts, not {size}.")
        places = posts.astype(np.uint16)
        most = np.zeros(size, dtype=np.float32)
        np.maximum.at(most, places, worth.astype(np.float32))
        scales = most / np.float32(_LEVELS)
        order = np.lexsort((places, keys))
        places = places[order]
        parts = worth[order].astype(np.float32) / np.where(most > 0, scales, 1)[places]
        # A term that is there is never rounded away.
        codes = np.clip(np.rint(parts), 1, _LEVELS).astype(np.uint8)
        found, counts = np.unique(keys[order], return_counts=True)
        starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts, dtype=np.int64)])
        return cls(found.astype(np.uint64), starts, places, codes, scales)

    @property
    def size(self) -> int:
        """The posts of the block."""
        return len(self.scales)

    def holders(self, keys: Keys) -> NDArray[np.int64]:
        """In how many posts each of the terms occurs."""
        places, known = self._places(keys)
        counts = np.zeros(len(keys), dtype=np.int64)
        counts[known] = self.starts[places[known] + 1] - self.starts[places[known]]
        return counts

    def scores(self, query: Query) -> Scores:
        """Σ worth · weight over the shared terms, for every post; a column for each of the weights, if there are many.

        O(postings of the query's terms).

        The sum is taken in the order of the keys, so it is the same on every machine.
        """
        places, known = self._places(query.keys)
        places = places[known]
        if not len(places):
            return np.zeros((self.size, *query.weights.shape[1:]), dtype=np.float32)
        begins, ends = self.starts[places].tolist(), self.starts[places + 1].tolist()
        spans = [slice(begin, end) for begin, end in zip(begins, ends, strict=True)]
        posts = np.concatenate([self.posts[span] for span in spans]).astype(np.int32)
        codes = np.concatenate([self.codes[span] for span in spans]).astype(np.float32)
        bounds = np.zeros(len(places) + 1, dtype=np.int32)
        np.cumsum(self.starts[places + 1] - self.starts[places], out=bounds[1:])
        found: Scores = csc_array((codes, posts, bounds), shape=(self.size, len(places))) @ query.weights[known]
        found *= self.scales if found.ndim == 1 else self.scales[:, None]
        return found

    def _places(self, keys: Keys) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """Where the terms stand, and which of them are here at all."""
        if not len(self.keys):
            return np.zeros(len(keys), dtype=np.intp), np.zeros(len(keys), dtype=np.bool_)
        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return places, self.keys[places] == keys
