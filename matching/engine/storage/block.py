"""A block: up to 65,536 posts of one side in every space, immutable once built."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.engine.storage.fields import Figures, Sets
from matching.engine.storage.pile import Pile, names_below
from matching.engine.storage.postings import Held, Postings, Scores
from matching.engine.storage.vectors import Vectors

Kind = TypeVar("Kind", bound=Held)
Weigh = Callable[[Scores, Scores], NDArray[np.floating]]
"""What stored terms are worth, from their weighted counts and the lengths of the posts that hold them."""

LENGTH = "length."
"""Before a sparse space's name: the number of a post that is its length there."""


@dataclass(frozen=True, slots=True)
class Block:
    """Columns over the same posts, each by the name of its space, set or number."""

    ids: NDArray[np.int64]
    revisions: NDArray[np.int64]
    owners: NDArray[np.int64]
    sparse: Mapping[str, Postings]
    dense: Mapping[str, Vectors]
    sets: Mapping[str, Sets]
    numbers: Mapping[str, Scores]
    figures: Figures

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def build(cls, pile: Pile, weigh: Mapping[str, Weigh]) -> Self:
        """The posts of a pile in its order; `weigh` by sparse space. O(terms · log terms)."""
        sparse, lengths = {}, {}
        for space, rows in pile.terms.items():
            length = rows.lengths
            worth = weigh[space](rows.values, np.repeat(length, np.diff(rows.bounds)))
            sparse[space] = Postings.build(rows.keys, rows.places, worth, len(pile))
            lengths[f"{LENGTH}{space}"] = length
        return cls(
            pile.ids,
            pile.revisions,
            pile.owners,
            sparse,
            {space: Vectors.build(rows) for space, rows in pile.vectors.items()},
            {name: Sets.build(rows) for name, rows in pile.sets.items()},
            {**pile.numbers, **lengths},
            Figures.build(pile.figures, pile.names),
        )

    def arrays(self) -> Iterator[tuple[str, NDArray[np.generic]]]:
        """Everything as named arrays, for files."""
        for part in ("ids", "revisions", "owners"):
            yield part, getattr(self, part)
        for group in ("sparse", "dense", "sets"):
            for name, member in getattr(self, group).items():
                for part, array in member.arrays():
                    yield f"{group}/{name}/{part}", array
        for name, values in self.numbers.items():
            yield f"numbers/{name}", values
        for part, array in self.figures.arrays():
            yield f"figures/{part}", array

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> Self:
        """What `arrays` gave. Raises KeyError if something is missing."""
        return cls(
            arrays["ids"].astype(np.int64, copy=False),
            arrays["revisions"].astype(np.int64, copy=False),
            arrays["owners"].astype(np.int64, copy=False),
            _members(arrays, "sparse", Postings),
            _members(arrays, "dense", Vectors),
            _members(arrays, "sets", Sets),
            {name: arrays[f"numbers/{name}"].astype(np.float32, copy=False) for name in names_below(arrays, "numbers")},
            Figures.of_arrays(_below(arrays, "figures/")),
        )


def _members(arrays: Mapping[str, NDArray[np.generic]], group: str, kind: type[Kind]) -> dict[str, Kind]:
    return {name: kind.of_arrays(_below(arrays, f"{group}/{name}/")) for name in names_below(arrays, group)}


def _below(arrays: Mapping[str, NDArray[np.generic]], prefix: str) -> dict[str, NDArray[np.generic]]:
    return {name.removeprefix(prefix): array for name, array in arrays.items() if name.startswith(prefix)}
