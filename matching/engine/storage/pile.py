"""Analysed posts on their way into a block: plain arrays, to be written down, read elsewhere and joined."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matching.engine.storage.postings import Keys, Scores, keys

Bounds = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Draft:
    """One analysed post. `terms` are different terms' keys and their weighted counts by sparse space, `vectors` by
    dense space (None where there is none), `numbers` nan where the post is silent, `figures` (name, unit, value)."""

    id: int
    revision: int
    owner: int
    terms: Mapping[str, tuple[Keys, Scores]]
    sets: Mapping[str, frozenset[str]] = field(default_factory=dict)
    numbers: Mapping[str, float] = field(default_factory=dict)
    vectors: Mapping[str, Scores | None] = field(default_factory=dict)
    figures: Sequence[tuple[str, str, float]] = ()


@dataclass(frozen=True, slots=True)
class Ragged:
    """Rows of different lengths, one behind the other: row i is `values[bounds[i]:bounds[i + 1]]`."""

    bounds: Bounds
    keys: Keys
    values: NDArray[np.floating]

    @classmethod
    def of(cls, rows: Sequence[tuple[Keys, NDArray[np.floating]]]) -> Self:
        sizes = np.fromiter((len(row) for row, _ in rows), dtype=np.int64, count=len(rows))
        bounds = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(sizes, dtype=np.int64)])
        empty = (np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.float32))
        columns = [np.concatenate([row[part] for row in [empty, *rows]]) for part in (0, 1)]
        return cls(bounds, columns[0].astype(np.uint64), columns[1])

    @classmethod
    def joined(cls, parts: Sequence["Ragged"]) -> Self:
        offsets = np.cumsum([0, *(len(part.keys) for part in parts)])
        bounds = [part.bounds[1:] + offset for part, offset in zip(parts, offsets, strict=False)]
        zero = np.zeros(1, dtype=np.int64)
        return cls(
            np.concatenate([zero, *bounds]),
            np.concatenate([part.keys for part in parts]),
            np.concatenate([part.values for part in parts]),
        )

    @property
    def places(self) -> NDArray[np.int64]:
        """The row of every entry."""
        return np.repeat(np.arange(len(self.bounds) - 1), np.diff(self.bounds))

    @property
    def lengths(self) -> Scores:
        """The sum of each row's values."""
        sums = np.concatenate([np.zeros(1), np.cumsum(self.values, dtype=np.float64)])
        found: Scores = (sums[self.bounds[1:]] - sums[self.bounds[:-1]]).astype(np.float32)
        return found

    def slice(self, start: int, stop: int) -> "Ragged":
        bounds = self.bounds[start : stop + 1]
        return Ragged(bounds - bounds[0], self.keys[bounds[0] : bounds[-1]], self.values[bounds[0] : bounds[-1]])


@dataclass(frozen=True, slots=True)
class Pile:
    """Analysed posts by column. A figure's `keys` are numbers of `names`, its `values` are what it states."""

    ids: NDArray[np.int64]
    revisions: NDArray[np.int64]
    owners: NDArray[np.int64]
    terms: Mapping[str, Ragged]
    sets: Mapping[str, Ragged]
    numbers: Mapping[str, Scores]
    vectors: Mapping[str, Scores]
    figures: Ragged
    names: tuple[tuple[str, str], ...]

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def of(cls, drafts: Sequence[Draft], dimensions: Mapping[str, int]) -> Self:
        """All drafts name the same spaces, sets and numbers. Raises ValueError for no drafts, or for other vectors
        than `dimensions` says by dense space."""
        if not drafts:
            raise ValueError("A pile of no posts knows no spaces.")
        first = drafts[0]
        names: dict[tuple[str, str], int] = {}
        figures = []
        for draft in drafts:
            numbers = [names.setdefault((name, unit), len(names)) for name, unit, _ in draft.figures]
            values = [value for _, _, value in draft.figures]
            figures.append((np.array(numbers, dtype=np.uint64), np.array(values, dtype=np.float64)))
        return cls(
            _column(drafts, "id"),
            _column(drafts, "revision"),
            _column(drafts, "owner"),
            {space: Ragged.of([draft.terms[space] for draft in drafts]) for space in first.terms},
            {name: Ragged.of([_codes(draft.sets[name]) for draft in drafts]) for name in first.sets},
            {name: np.array([draft.numbers[name] for draft in drafts], dtype=np.float32) for name in first.numbers},
            {space: _stacked(drafts, space, width) for space, width in dimensions.items()},
            Ragged.of(figures),
            tuple(names),
        )

    @classmethod
    def joined(cls, piles: Sequence["Pile"]) -> Self:
        """One pile of several that name the same spaces, in their order."""
        first = piles[0]
        names: dict[tuple[str, str], int] = {}
        figures = []
        for pile in piles:
            numbers = np.array([names.setdefault(name, len(names)) for name in pile.names], dtype=np.uint64)
            figures.append(Ragged(pile.figures.bounds, numbers[pile.figures.keys], pile.figures.values))
        return cls(
            np.concatenate([pile.ids for pile in piles]),
            np.concatenate([pile.revisions for pile in piles]),
            np.concatenate([pile.owners for pile in piles]),
            {space: Ragged.joined([pile.terms[space] for pile in piles]) for space in first.terms},
            {name: Ragged.joined([pile.sets[name] for pile in piles]) for name in first.sets},
            {name: np.concatenate([pile.numbers[name] for pile in piles]) for name in first.numbers},
            _vectors_joined(piles),
            Ragged.joined(figures),
            tuple(names),
        )

    def slice(self, start: int, stop: int) -> "Pile":
        """The posts from `start` to before `stop`."""
        stop = min(stop, len(self))
        return Pile(
            self.ids[start:stop],
            self.revisions[start:stop],
            self.owners[start:stop],
            {space: rows.slice(start, stop) for space, rows in self.terms.items()},
            {name: rows.slice(start, stop) for name, rows in self.sets.items()},
            {name: values[start:stop] for name, values in self.numbers.items()},
            {space: rows[start:stop] for space, rows in self.vectors.items()},
            self.figures.slice(start, stop),
            self.names,
        )

    def arrays(self) -> Iterator[tuple[str, NDArray[np.generic]]]:
        """Everything as named arrays, for a file."""
        for part in ("ids", "revisions", "owners"):
            yield part, getattr(self, part)
        for group in ("terms", "sets"):
            for name, rows in getattr(self, group).items():
                yield from _ragged_arrays(f"{group}/{name}", rows)
        for group in ("numbers", "vectors"):
            for name, values in getattr(self, group).items():
                yield f"{group}/{name}", values
        yield from _ragged_arrays("figures", self.figures)
        yield "names", text_array(json.dumps(self.names, ensure_ascii=False))

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> Self:
        """What `arrays` gave. Raises KeyError if something is missing."""
        return cls(
            arrays["ids"].astype(np.int64),
            arrays["revisions"].astype(np.int64),
            arrays["owners"].astype(np.int64),
            {name: _ragged(arrays, f"terms/{name}") for name in names_below(arrays, "terms")},
            {name: _ragged(arrays, f"sets/{name}") for name in names_below(arrays, "sets")},
            {name: arrays[f"numbers/{name}"].astype(np.float32) for name in names_below(arrays, "numbers")},
            {name: arrays[f"vectors/{name}"].astype(np.float32) for name in names_below(arrays, "vectors")},
            _ragged(arrays, "figures"),
            tuple((name, unit) for name, unit in json.loads(array_text(arrays["names"]))),
        )


def names_below(arrays: Mapping[str, object], group: str) -> list[str]:
    """The names of a group's members among `group/member` and `group/member/part`."""
    return list(dict.fromkeys(name.split("/")[1] for name in arrays if name.startswith(f"{group}/")))


def text_array(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode("utf-8", "surrogatepass"), dtype=np.uint8)


def array_text(array: NDArray[np.generic]) -> str:
    return array.tobytes().decode("utf-8", "surrogatepass")


def _vectors_joined(piles: Sequence[Pile]) -> dict[str, Scores]:
    """By dense space; a pile without vectors in a space has absent ones there."""
    widths = {space: rows.shape[1] for pile in piles for space, rows in pile.vectors.items()}
    absent = np.float32(np.nan)
    return {
        space: np.concatenate([pile.vectors.get(space, np.full((len(pile), width), absent)) for pile in piles])
        for space, width in widths.items()
    }


def _column(drafts: Sequence[Draft], name: str) -> NDArray[np.int64]:
    return np.array([getattr(draft, name) for draft in drafts], dtype=np.int64)


def _codes(codes: frozenset[str]) -> tuple[Keys, Scores]:
    return keys(sorted(codes)), np.ones(len(codes), dtype=np.float32)


def _stacked(drafts: Sequence[Draft], space: str, width: int) -> Scores:
    absent = np.full(width, np.nan, dtype=np.float32)
    rows = [absent if (vector := draft.vectors.get(space)) is None else vector for draft in drafts]
    return np.stack(rows).astype(np.float32)


def _ragged_arrays(name: str, rows: Ragged) -> Iterator[tuple[str, NDArray[np.generic]]]:
    yield f"{name}/bounds", rows.bounds
    yield f"{name}/keys", rows.keys
    yield f"{name}/values", rows.values


def _ragged(arrays: Mapping[str, NDArray[np.generic]], name: str) -> Ragged:
    return Ragged(
        arrays[f"{name}/bounds"].astype(np.int64),
        arrays[f"{name}/keys"].astype(np.uint64),
        arrays[f"{name}/values"],  # type: ignore[arg-type]
    )
