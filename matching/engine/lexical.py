"""What two texts share: BM25 over each language by itself, brought to an absolute scale.

BM25 as in Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with the counts of
the fields added up under weights before they are saturated (their BM25F with one length normalisation), and with the
idf that cannot become negative, log(1 + (N - n + 0.5) / (n + 0.5)). All statistics are those of the achievements;
N counts `BACKGROUND` more that hold no term, or the first few posts of a young platform, all on one subject, would
make its very words worthless.

Scale. BM25 grows with the need: five words can never earn what three hundred earn. The sum is therefore divided by
what `TELLING` terms worth the root mean square of the need's terms would earn it, counted √(terms · TELLING): the
evidence one may expect grows with the root of the text, as the overlap of two texts on one subject does. The quotient
x becomes 1 - exp(-x), which never reaches 1 and keeps the order.
"""

import math
from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.engine.analysis import LANGUAGES, Analyzer, Language
from matching.engine.rows import Row

Array = NDArray[np.float64]
Bag = Mapping[Language, Row]

K1: Final = 1.2
B: Final = 0.75
BACKGROUND: Final = 10
# Saturation of a term that a need repeats.
K3: Final = 2.0
TELLING: Final = 12.0
FIELD_WEIGHTS: Final = (3.0, 2.0, 1.0)  # title, keywords, body
# The average length enters every stored value; it is rounded to steps of 5 % so that one more post moves none.
_LENGTH_STEP: Final = math.log(1.05)


class Vocabulary:
    """Numbers for terms, given out once and kept for good."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._spellings: list[str] = []

    def __len__(self) -> int:
        return len(self._spellings)

    def number(self, term: str) -> int:
        known = self._ids.setdefault(term, len(self._spellings))
        if known == len(self._spellings):
            self._spellings.append(term)
        return known

    def spelling(self, number: int) -> str:
        return self._spellings[number]


class Reader:
    """Turns the fields of a post into one row a language."""

    def __init__(self) -> None:
        self.analyzer = Analyzer()
        self.terms = Vocabulary()
        self.surfaces = Vocabulary()

    def read(self, title: str, keywords: str, body: str) -> Bag:
        """Weighted counts by term; the first spelling met, in the order of the fields, stands for the others."""
        counts: dict[Language, dict[int, float]] = {language: {} for language in LANGUAGES}
        spelt: dict[Language, dict[int, int]] = {language: {} for language in LANGUAGES}
        for text, weight in zip((title, keywords, body), FIELD_WEIGHTS, strict=True):
            for term, surface, language, worth in self.analyzer.terms(text):
                number = self.terms.number(term)
                counted = counts[language]
                counted[number] = counted.get(number, 0.0) + weight * worth
                if number not in spelt[language]:
                    spelt[language][number] = self.surfaces.number(surface)
        return {language: _row(counts[language], spelt[language]) for language in LANGUAGES}


class Statistics:
    """How many achievements hold each term in one language, and how long they are; updated post by post."""

    def __init__(self) -> None:
        self._holders = np.zeros(1024, dtype=np.int64)
        self.posts = 0
        # In tenths, which all weights are multiples of: whole numbers add up to the same in any order.
        self._tenths = 0

    def add(self, row: Row, sign: int = 1) -> None:
        """Count a post in, or out with sign -1; a post without text in this language counts for nothing."""
        if not len(row.terms):
            return
        needed = int(row.terms.max()) + 1
        if needed > len(self._holders):
            self._holders = np.concatenate([self._holders, np.zeros(2 * needed - len(self._holders), dtype=np.int64)])
        self._holders[row.terms] += sign
        self.posts += sign
        self._tenths += sign * round(row.length * 10)

    @property
    def average_length(self) -> float:
        """The mean length of the posts with text in this language, on the grid; 1 if there are none."""
        if not self.posts or not self._tenths:
            return 1.0
        return math.exp(_LENGTH_STEP * round(math.log(self._tenths / 10 / self.posts) / _LENGTH_STEP))

    def idf(self, terms: NDArray[np.int32]) -> Array:
        """A term that no achievement holds counts like one that a single achievement holds."""
        holders = np.ones(len(terms))
        inside = terms < len(self._holders)
        holders[inside] = np.maximum(self._holders[terms[inside]], 1)
        return np.log1p((max(self.posts, 1) + BACKGROUND - holders + 0.5) / (holders + 0.5))


def need_values(row: Row) -> NDArray[np.float32]:
    """What a term of a need asks for: saturated, so that a word said ten times does not drown the others."""
    values: NDArray[np.float32] = row.counts * np.float32(K3 + 1) / (row.counts + np.float32(K3))
    return values


def achievement_values(counts: NDArray[np.float32], lengths: Array | float, average: float) -> NDArray[np.float32]:
    """BM25's term weight without idf."""
    norm = np.asarray(K1 * (1 - B + B * lengths / average), dtype=np.float32)
    values: NDArray[np.float32] = counts * np.float32(K1 + 1) / (counts + norm)
    return values


def _row(counts: Mapping[int, float], spelt: Mapping[int, int]) -> Row:
    return Row(
        np.fromiter(counts.keys(), dtype=np.int32, count=len(counts)),
        np.fromiter(counts.values(), dtype=np.float32, count=len(counts)),
        np.fromiter((spelt[number] for number in counts), dtype=np.int32, count=len(counts)),
    )
