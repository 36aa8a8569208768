"""What a straightforward pipeline of well-kept libraries does: bm25s, NumPy dot products and rank fusion."""

from collections.abc import Sequence
from typing import Final

import bm25s
import numpy as np
import Stemmer
from numpy.typing import NDArray

CONSTANT: Final = 60
"""Of reciprocal rank fusion (Cormack, Clarke and Büttcher 2009)."""
DEEP: Final = 1000


class Rival:
    """Both rankings to `DEEP`, fused by reciprocal ranks."""

    def __init__(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> None:
        self._stemmer = Stemmer.Stemmer("english")
        self._lexical = bm25s.BM25(k1=1.2, b=0.75)
        self._lexical.index(self._tokens(texts, ids=True), show_progress=False)
        self._vectors = vectors

    def rank(self, text: str, vector: NDArray[np.float32], limit: int = 20) -> NDArray[np.int64]:
        (tokens,) = self._tokens([text])
        return self._fused(self._lexical.get_scores(tokens), self._vectors @ vector, limit)

    def rank_many(
        self, texts: Sequence[str], vectors: NDArray[np.float32], limit: int = 20, block: int = 100
    ) -> list[NDArray[np.int64]]:
        """All dot products of a block of needs are one matrix product; bm25s scores text by text."""
        found = []
        for start in range(0, len(texts), block):
            dense = vectors[start : start + block] @ self._vectors.T
            tokens = self._tokens(texts[start : start + block])
            found += [
                self._fused(self._lexical.get_scores(row), near, limit) for row, near in zip(tokens, dense, strict=True)
            ]
        return found

    def _tokens(self, texts: Sequence[str], *, ids: bool = False):  # type: ignore[no-untyped-def]  # bm25s has no types
        return bm25s.tokenize(list(texts), stopwords="en", stemmer=self._stemmer, return_ids=ids, show_progress=False)

    def _fused(self, lexical: NDArray[np.float32], dense: NDArray[np.float32], limit: int) -> NDArray[np.int64]:
        fused = np.zeros(len(lexical), dtype=np.float32)
        for scores in (lexical, dense):
            first = np.argpartition(-scores, min(DEEP, len(scores) - 1))[:DEEP]
            order = first[np.argsort(-scores[first], kind="stable")]
            fused[order] += 1.0 / (CONSTANT + 1 + np.arange(len(order)))
        best = np.argpartition(-fused, min(limit, len(fused) - 1))[:limit]
        found: NDArray[np.int64] = best[np.argsort(-fused[best], kind="stable")]
        return found
