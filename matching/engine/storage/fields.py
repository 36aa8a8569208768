"""What posts say beside their texts, by block: sets of codes, and stated figures."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matching.engine.storage.pile import Ragged, array_text, text_array
from matching.engine.storage.postings import Held, Keys, Scores, key


@dataclass(frozen=True, slots=True)
class Sets(Held):
    """One set of codes a post, kept by code; `said` is False where a post's set is empty."""

    keys: Keys
    starts: NDArray[np.int64]
    posts: NDArray[np.uint16]
    said: NDArray[np.bool_]

    @classmethod
    def build(cls, rows: Ragged) -> Self:
        places = rows.places
        order = np.lexsort((places, rows.keys))
        distinct, counts = np.unique(rows.keys[order], return_counts=True)
        starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts, dtype=np.int64)])
        return cls(distinct.astype(np.uint64), starts, places[order].astype(np.uint16), np.diff(rows.bounds) > 0)

    def fits(self, worth: Mapping[str, float], otherwise: float = 0.0) -> Scores:
        """For every post the most that any of its codes is worth; nan where it has none. O(posts that have one)."""
        found = np.where(self.said, np.float32(otherwise), np.float32(np.nan))
        # What is written last stands: the best code of a post.
        for code, value in sorted(worth.items(), key=lambda pair: (pair[1], pair[0])):
            if value > otherwise:
                found[self.holders(code)] = value
        return found

    def holders(self, code: str) -> NDArray[np.uint16]:
        """The places of the posts that have this code."""
        wanted = np.uint64(key(code))
        place = int(np.searchsorted(self.keys, wanted))
        if place == len(self.keys) or self.keys[place] != wanted:
            return self.posts[:0]
        return self.posts[self.starts[place] : self.starts[place + 1]]


@dataclass(frozen=True, slots=True)
class Figures(Held):
    """Figures that posts state: of the post at i those from `bounds[i]` to `bounds[i + 1]`, each with the number of
    its name and a value. Name n with its unit is the JSON text from `spans[n]` to `spans[n + 1]`."""

    bounds: NDArray[np.int64]
    names: NDArray[np.uint32]
    values: NDArray[np.float64]
    text: NDArray[np.uint8]
    spans: NDArray[np.int64]

    @classmethod
    def build(cls, rows: Ragged, names: tuple[tuple[str, str], ...]) -> Self:
        used, numbers = np.unique(rows.keys, return_inverse=True)
        texts = [text_array(json.dumps(names[int(number)], ensure_ascii=False)) for number in used]
        spans = np.cumsum([0, *map(len, texts)], dtype=np.int64)
        text = np.concatenate([text_array(""), *texts])
        return cls(rows.bounds, numbers.astype(np.uint32), rows.values.astype(np.float64), text, spans)

    def spelt(self, number: int) -> tuple[str, str]:
        """A name and its unit."""
        name, unit = json.loads(array_text(self.text[self.spans[number] : self.spans[number + 1]]))
        return name, unit
