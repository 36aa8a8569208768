"""Latent semantics: terms that keep company in the achievements' own texts lie near each other. Needs no model.

Deerwester et al., "Indexing by Latent Semantic Analysis" (1990), over (1 + log count) · idf at unit length, by the
randomized decomposition of Halko, Martinsson and Tropp, "Finding structure with randomness" (2011). Terms of both
languages share the axes, so bilingual posts bring 轴承 and "bearing" together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from matching.engine.analysis import LANGUAGES
from matching.engine.storage.pile import Pile, Ragged
from matching.engine.storage.postings import Keys, Scores

LATENT: Final = "latent"
DIMENSIONS: Final = 192
# Beyond these a sample says the same, and training stays under a minute.
MOST_POSTS: Final = 20_000
MOST_TERMS: Final = 60_000
# A handful of texts has no axes but its own words.
FEWEST_POSTS: Final = 24
_SPARE: Final = 16
_ROUNDS: Final = 3

Matrix = Any  # a scipy.sparse array of float32


@dataclass(frozen=True, slots=True)
class Latent:
    """The axes of a corpus: by term, ascending by key, its idf and its place on them; no term where it is untrained."""

    keys: Keys
    idf: Scores
    axes: Scores

    @classmethod
    def of(cls, piles: Sequence[Pile]) -> Self:
        """The axes of the achievements in these piles; see `train`."""
        return cls.train([_languages(some) for some in piles])

    def place(self, pile: Pile) -> Pile:
        """The pile with the place of every post on the axes."""
        return replace(pile, vectors={**pile.vectors, LATENT: self.fold(_languages(pile))})

    @classmethod
    def train(cls, parts: Sequence[Sequence[Ragged]]) -> Self:
        """From piles of posts, each given by its languages' rows of weighted counts. Deterministic.

        O(terms stored · DIMENSIONS), of at most `MOST_POSTS` posts taken evenly.
        """
        posts = sum(len(languages[0].bounds) - 1 for languages in parts)
        step = max(1, -(-posts // MOST_POSTS))
        rows, keys, counts = _sample(parts, step)
        used, holders = np.unique(keys, return_counts=True)
        # A term of a single post keeps no company.
        kept = np.flatnonzero(holders >= 2)
        kept = np.sort(kept[np.argsort(-holders[kept], kind="stable")][:MOST_TERMS])
        sampled = -(-posts // step) if posts else 0
        wide = min(DIMENSIONS, sampled // 4, len(kept) // 2)
        if sampled < FEWEST_POSTS or wide < 2:
            return cls(np.zeros(0, dtype=np.uint64), np.zeros(0, np.float32), np.zeros((0, DIMENSIONS), np.float32))
        idf = np.log((sampled + 1) / (holders[kept] + 0.5)).astype(np.float32)
        untrained = cls(used[kept], idf, np.zeros((len(kept), 0), np.float32))
        axes = _decomposed(untrained._matrix(rows, keys, counts, int(rows.max(initial=0)) + 1), wide)
        padded = np.zeros((len(kept), DIMENSIONS), dtype=np.float32)
        padded[:, :wide] = axes
        # Half floats are what is kept, so the axes in memory are those that a snapshot gives back.
        return cls(untrained.keys, idf, padded.astype(np.float16).astype(np.float32))

    def fold(self, languages: Sequence[Ragged]) -> Scores:
        """Unit vectors [posts, DIMENSIONS] of posts given by their languages' rows; zero where nothing is known."""
        posts = len(languages[0].bounds) - 1
        rows = np.concatenate([part.places for part in languages])
        keys, counts = (np.concatenate([getattr(part, name) for part in languages]) for name in ("keys", "values"))
        found = np.asarray(self._matrix(rows, keys, counts, posts) @ self.axes, dtype=np.float32)
        norms = np.linalg.norm(found, axis=1, keepdims=True)
        return (found / np.where(norms > 1e-9, norms, 1)).astype(np.float32)

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """For a snapshot's models."""
        return {"latent/keys": self.keys, "latent/idf": self.idf, "latent/axes": self.axes.astype(np.float16)}

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> Self:
        """What `arrays` gave; without axes where a snapshot holds none."""
        if "latent/keys" not in arrays:
            return cls.train([])
        keys, idf, axes = (arrays[f"latent/{name}"] for name in ("keys", "idf", "axes"))
        return cls(keys.astype(np.uint64), idf.astype(np.float32), axes.astype(np.float32))

    def _matrix(self, rows: NDArray[np.int64], keys: Keys, counts: Scores, posts: int) -> Matrix:
        """Posts by known terms, weighted, at unit length."""
        if not len(self.keys):
            return csr_array((posts, 0), dtype=np.float32)
        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        known = self.keys[places] == keys
        rows, places = rows[known], places[known]
        # Counts below 1 are single characters, weak evidence and no more.
        values = np.log1p(counts[known]) * self.idf[places]
        norms = np.sqrt(np.bincount(rows, weights=np.square(values, dtype=np.float64), minlength=posts))
        values = (values / np.where(norms > 0, norms, 1)[rows]).astype(np.float32)
        return csr_array((values, (rows, places)), shape=(posts, len(self.keys)))


def _languages(pile: Pile) -> list[Ragged]:
    return [pile.terms[language] for language in LANGUAGES]


def _sample(parts: Sequence[Sequence[Ragged]], step: int) -> tuple[NDArray[np.int64], Keys, Scores]:
    """Every `step`th post: the row, key and count of each of its terms."""
    rows, keys, counts = [np.zeros(0, np.int64)], [np.zeros(0, np.uint64)], [np.zeros(0, np.float32)]
    first = 0
    for languages in parts:
        for part in languages:
            places = part.places + first
            taken = places % step == 0
            rows.append(places[taken] // step)
            keys.append(part.keys[taken])
            counts.append(part.values[taken])
        first += len(languages[0].bounds) - 1
    return np.concatenate(rows), np.concatenate(keys), np.concatenate(counts)


def _decomposed(matrix: Matrix, wide: int) -> Scores:
    """The right singular vectors of the largest values, as columns."""
    random = np.random.default_rng(0)
    transposed = matrix.T.tocsr()
    basis = random.standard_normal((matrix.shape[1], min(wide + _SPARE, *matrix.shape))).astype(np.float32)
    for _ in range(_ROUNDS):
        basis = np.linalg.qr(transposed @ (matrix @ basis))[0]
    small = matrix @ basis
    _, _, turned = np.linalg.svd(small.T @ small)
    axes: Scores = (basis @ turned[:wide].T).astype(np.float32)
    return axes
