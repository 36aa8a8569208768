"""One side's open posts in memory, by slot: a post put again gets a new slot, empty slots are cleared now and then."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.engine.analysis import LANGUAGES, Language
from matching.engine.requirements import Figure
from matching.engine.rows import Growing, Row, Rows
from matching.engine.structure import Columns, SetColumn

# So many empty slots, and as many as there are posts, before they are cleared: O(1) a post on average.
_SLACK: Final = 64


@dataclass(frozen=True, slots=True)
class Entry:
    """What the engine keeps of a post of either side; see `Columns` for the meaning of trl, money and modes."""

    id: int
    revision: int
    owner: int
    trl: float
    money: float
    region: float
    nodes: frozenset[str]
    industries: frozenset[str]
    modes: frozenset[str]
    figures: tuple[Figure, ...]


class _Sets:
    """A column of sets, each distinct set held once."""

    def __init__(self) -> None:
        self._numbers: dict[frozenset[str], int] = {}
        self._index = Growing(np.int64)

    def append(self, codes: frozenset[str]) -> None:
        number = self._numbers.setdefault(codes, len(self._numbers))
        self._index.extend(np.array([number], dtype=np.int64))

    def column(self) -> SetColumn:
        return SetColumn(tuple(self._numbers), self._index.values)


class Shelf:
    """Posts by slot: entries, their columns and their rows of terms. Not safe for two threads at once."""

    def __init__(self) -> None:
        self.slots: dict[int, int] = {}
        self.entries: list[Entry] = []
        self.rows: dict[Language, Rows] = {language: Rows() for language in LANGUAGES}
        self._clear_columns()

    def _clear_columns(self) -> None:
        self._ids, self._owners = Growing(np.int64), Growing(np.int64)
        self._open = Growing(np.bool_)
        self._trl, self._money, self._region = Growing(np.float64), Growing(np.float64), Growing(np.float64)
        self._figures = Growing(np.bool_)
        self._nodes, self._industries, self._modes = _Sets(), _Sets(), _Sets()

    @property
    def ids(self) -> NDArray[np.int64]:
        return self._ids.values

    @property
    def owners(self) -> NDArray[np.int64]:
        return self._owners.values

    @property
    def open(self) -> NDArray[np.bool_]:
        """False for slots whose post is gone or replaced."""
        return self._open.values

    @property
    def with_figures(self) -> NDArray[np.bool_]:
        return self._figures.values

    def put(self, entry: Entry, rows: Mapping[Language, tuple[Row, NDArray[np.float32]]]) -> None:
        """A new post, or a new revision of one; `rows` are its terms with their values."""
        self.drop(entry.id)
        self.slots[entry.id] = len(self.entries)
        self._append(entry)
        for language, (row, values) in rows.items():
            self.rows[language].append(row, values)

    def drop(self, id: int) -> bool:
        """Take a post off the shelf; False if it was not there."""
        slot = self.slots.pop(id, None)
        if slot is None:
            return False
        self._open.values[slot] = False
        return True

    def tidy(self) -> None:
        """Clear the empty slots if they have become many; slots are renumbered."""
        empty = len(self.entries) - len(self.slots)
        if empty <= max(_SLACK, len(self.slots)):
            return
        kept = np.flatnonzero(self.open)
        entries = [self.entries[slot] for slot in kept.tolist()]
        self.rows = {language: rows.only(kept) for language, rows in self.rows.items()}
        self.entries = []
        self._clear_columns()
        self.slots = {entry.id: slot for slot, entry in enumerate(entries)}
        for entry in entries:
            self._append(entry)

    def columns(self) -> Columns:
        """The structured side of every slot."""
        return Columns(
            self._trl.values,
            self._money.values,
            self._region.values,
            self._nodes.column(),
            self._industries.column(),
            self._modes.column(),
        )

    def column_of(self, slot: int) -> Columns:
        """The structured side of one slot, as columns of length 1."""
        entry, first = self.entries[slot], np.zeros(1, dtype=np.int64)
        return Columns(
            np.array([entry.trl]),
            np.array([entry.money]),
            np.array([entry.region]),
            SetColumn((entry.nodes,), first),
            SetColumn((entry.industries,), first),
            SetColumn((entry.modes,), first),
        )

    def _append(self, entry: Entry) -> None:
        self.entries.append(entry)
        self._ids.extend(np.array([entry.id], dtype=np.int64))
        self._owners.extend(np.array([entry.owner], dtype=np.int64))
        self._open.extend(np.array([True]))
        self._figures.extend(np.array([bool(entry.figures)]))
        for column, value in ((self._trl, entry.trl), (self._money, entry.money), (self._region, entry.region)):
            column.extend(np.array([value]))
        self._nodes.append(entry.nodes)
        self._industries.append(entry.industries)
        self._modes.append(entry.modes)
