"""Sparse rows that come and go one by one, multiplied as one matrix."""

from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Scalar = TypeVar("Scalar", bound=np.generic)
Array = NDArray[np.float64]


class Growing(Generic[Scalar]):
    """A one-dimensional array with room to grow; appending n values is O(n) on average."""

    def __init__(self, dtype: type[Scalar]) -> None:
        self._room = np.zeros(16, dtype=dtype)
        self._size = 0

    @property
    def values(self) -> NDArray[Scalar]:
        """The values held, as a view that is good until the next `extend`."""
        return self._room[: self._size]

    def extend(self, values: NDArray[Scalar]) -> None:
        size = self._size + len(values)
        if size > len(self._room):
            room = np.zeros(max(size, 2 * len(self._room)), dtype=self._room.dtype)
            room[: self._size] = self.values
            self._room = room
        self._room[self._size : size] = values
        self._size = size


@dataclass(frozen=True, slots=True)
class Row:
    """One post's terms in one language: term ids, their weighted counts, the ids of their spellings."""

    terms: NDArray[np.int32]
    counts: NDArray[np.float32]
    surfaces: NDArray[np.int32]

    @property
    def length(self) -> float:
        return float(self.counts.sum(dtype=np.float64))


class Rows:
    """Rows by slot, each with its length; 16 bytes a term."""

    def __init__(self) -> None:
        self._terms = Growing(np.int32)
        self._counts = Growing(np.float32)
        self._surfaces = Growing(np.int32)
        self._values = Growing(np.float32)
        self._starts = Growing(np.int32)
        self._starts.extend(np.zeros(1, dtype=np.int32))
        self._lengths = Growing(np.float64)

    @property
    def lengths(self) -> Array:
        """Sum of the weighted counts of each row."""
        return self._lengths.values

    @property
    def repeated_lengths(self) -> Array:
        """The length of the row that each stored term belongs to, for `revalue`."""
        return np.repeat(self.lengths, np.diff(self._starts.values))

    @property
    def counts(self) -> NDArray[np.float32]:
        return self._counts.values

    def append(self, row: Row, values: NDArray[np.float32]) -> None:
        """A new last row; `values` are what its terms weigh in products."""
        self._terms.extend(row.terms)
        self._counts.extend(row.counts)
        self._surfaces.extend(row.surfaces)
        self._values.extend(values)
        self._starts.extend(np.array([len(self._terms.values)], dtype=np.int32))
        self._lengths.extend(np.array([row.length]))

    def revalue(self, values: NDArray[np.float32]) -> None:
        """New weights for all stored terms at once."""
        self._values.values[:] = values

    def row(self, slot: int) -> Row:
        place = self._place(slot)
        return Row(self._terms.values[place], self._counts.values[place], self._surfaces.values[place])

    def values(self, slot: int) -> NDArray[np.float32]:
        return self._values.values[self._place(slot)]

    def product(self, vector: NDArray[np.float32]) -> Array:
        """Each row's values times a dense vector over the vocabulary; O(stored terms)."""
        return self._matrix(self._values.values, len(vector)) @ vector.astype(np.float32) + np.float64(0)

    def square_product(self, vector: NDArray[np.float32]) -> Array:
        """The same with every value squared."""
        return self._matrix(np.square(self._values.values), len(vector)) @ vector + np.float64(0)

    def only(self, slots: NDArray[np.int64]) -> "Rows":
        """A copy that keeps the given rows, in that order."""
        kept = Rows()
        for slot in slots.tolist():
            kept.append(self.row(slot), self.values(slot))
        return kept

    def _place(self, slot: int) -> slice:
        return slice(int(self._starts.values[slot]), int(self._starts.values[slot + 1]))

    def _matrix(self, values: NDArray[np.float32], width: int) -> "csr_array[np.float32, tuple[int, int]]":
        shape = (len(self.lengths), width)
        return csr_array((values, self._terms.values, self._starts.values), shape=shape)
