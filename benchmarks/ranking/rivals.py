"""What everybody can have: BM25, a TF-IDF cosine, a small sentence model, and the fusion of the first and the last."""

import re
from collections.abc import Sequence
from typing import Any, Final

import bm25s
import numpy as np
import rjieba
import Stemmer
from numpy.typing import NDArray
from scipy.sparse import csr_array

from benchmarks.ranking.sets import Text

Scores = NDArray[np.float32]

K1: Final = 1.2
B: Final = 0.75
# Cormack, Clarke and Büttcher, "Reciprocal Rank Fusion" (2009).
FUSION: Final = 60
_SCAN: Final = re.compile(r"[\u3400-\u9fff]+|[^\W\u3400-\u9fff]{2,}")
_STOPPED: Final = frozenset(bm25s.stopwords.STOPWORDS_EN)
_STEMMER: Final = Stemmer.Stemmer("english")


def tokens(text: str) -> list[str]:
    """Words as a careful user of bm25s has them: English stemmed, without stop words; Chinese cut by jieba."""
    words: list[str] = []
    for found in _SCAN.findall(text.lower()):
        words += rjieba.cut_for_search(found) if "\u3400" <= found[0] <= "\u9fff" else [found]
    return list(_STEMMER.stemWords([word for word in words if word not in _STOPPED]))


class Words:
    """The words of a collection's documents, for the two rivals that count them."""

    def __init__(self, documents: Sequence[Text]) -> None:
        self._rows = [tokens(document.whole) for document in documents]
        self._numbers: dict[str, int] = {}
        for row in self._rows:
            for word in row:
                self._numbers.setdefault(word, len(self._numbers))
        self._index = bm25s.BM25(k1=K1, b=B, method="lucene")
        self._index.index([row or [""] for row in self._rows], show_progress=False)
        matrix = self._counted(self._rows)
        holders = np.bincount(matrix.indices, minlength=len(self._numbers))
        self._idf = np.log((1 + len(documents)) / (1 + holders)) + 1
        self._weighed = self._unit(matrix)

    def bm25(self, query: Text) -> Scores:
        asked = [word for word in tokens(query.whole) if word in self._numbers]
        return np.asarray(self._index.get_scores(asked), dtype=np.float32) if asked else self._nothing()

    def cosine(self, query: Text) -> Scores:
        """Of 1 + log count, times idf."""
        asked = self._unit(self._counted([tokens(query.whole)]))
        return np.asarray((self._weighed @ asked.T).todense(), dtype=np.float32).ravel()

    def _nothing(self) -> Scores:
        return np.zeros(len(self._rows), dtype=np.float32)

    def _counted(self, rows: Sequence[Sequence[str]]) -> Any:
        numbers = [[self._numbers[word] for word in row if word in self._numbers] for row in rows]
        places = np.repeat(np.arange(len(rows)), [len(row) for row in numbers])
        flat = np.array([number for row in numbers for number in row], dtype=np.int64)
        matrix = csr_array((np.ones(len(flat)), (places, flat)), shape=(len(rows), len(self._numbers)))
        matrix.sum_duplicates()
        return matrix

    def _unit(self, matrix: Any) -> Any:
        weighed = matrix.copy()
        weighed.data = (1 + np.log(weighed.data)) * self._idf[weighed.indices]
        norms = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1))).ravel()
        weighed.data = weighed.data / np.repeat(np.where(norms > 0, norms, 1), np.diff(weighed.indptr))
        return weighed


def fused(*rankings: Scores) -> Scores:
    """Reciprocal rank fusion; an absent (nan) score ranks last."""
    total = np.zeros(len(rankings[0]), dtype=np.float32)
    for scores in rankings:
        order = np.argsort(-np.nan_to_num(scores, nan=-np.inf), kind="stable")
        ranks = np.empty(len(order))
        ranks[order] = np.arange(1, len(order) + 1)
        total += (1 / (FUSION + ranks)).astype(np.float32)
    return total
