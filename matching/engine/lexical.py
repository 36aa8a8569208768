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
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, Self

import numpy as np
from numpy.typing import NDArray

from matching.engine.analysis import LANGUAGES, Analyzer
from matching.engine.storage import keys
from matching.engine.storage.pile import Ragged
from matching.engine.storage.postings import Keys, Scores

Array = NDArray[np.float64]

K1: Final = 1.2
B: Final = 0.75
BACKGROUND: Final = 10
# Saturation of a term that a need repeats.
K3: Final = 2.0
TELLING: Final = 12.0
FIELD_WEIGHTS: Final = (3.0, 2.0, 1.0)  # title, keywords, body
# The average length enters every stored value; it is rounded to steps of 5 % so that one more post moves none.
_LENGTH_STEP: Final = math.log(1.05)


@dataclass(frozen=True, slots=True)
class Words:
    """One text's different terms in one language: spelling, key, weighted count, all in the order of their keys."""

    terms: tuple[str, ...]
    surfaces: tuple[str, ...]
    keys: Keys
    counts: Scores

    @property
    def length(self) -> float:
        return float(self.counts.sum(dtype=np.float64))


PAIRS: Final = "pairs"
Space = Literal["zh", "en", "pairs"]
Bag = Mapping[Space, Words]
"""A text's terms by language, and the pairs of English words that stand side by side in it."""
SPACES: Final[tuple[Space, ...]] = (*LANGUAGES, PAIRS)
"""The sparse spaces."""


def row(words: Words) -> Ragged:
    """The terms of one text as the only row of a space."""
    return Ragged.of([(words.keys, words.counts)])


def read(analyzer: Analyzer, title: str, keywords: str, body: str) -> Bag:
    """Weighted counts by term; the first spelling met, in the order of the fields, stands for the others.

    Pairs are counted unweighted: a title is too short for them to be told by.
    """
    counts: dict[Space, dict[str, float]] = {space: {} for space in SPACES}
    spelt: dict[Space, dict[str, str]] = {space: {} for space in SPACES}
    pairs = counts[PAIRS]
    for text, weight in zip((title, keywords, body), FIELD_WEIGHTS, strict=True):
        before = ""
        for term, surface, language, worth in analyzer.terms(text):
            counted = counts[language]
            counted[term] = counted.get(term, 0.0) + weight * worth
            spelt[language].setdefault(term, surface)
            if language == "en":
                if before:
                    pair = f"{before} {term}"
                    pairs[pair] = pairs.get(pair, 0.0) + 1.0
                before = term
    spelt[PAIRS] = {pair: pair for pair in pairs}
    return {space: _words(counts[space], spelt[space]) for space in SPACES}


@dataclass(frozen=True, slots=True)
class Statistics:
    """The achievements with text in one language: how many, and their mean length (1 if there are none)."""

    posts: int
    average: float

    @classmethod
    def of(cls, lengths: Iterable[Scores]) -> Self:
        """From the lengths of all achievements; the mean is put on the grid."""
        posts, tenths = 0, 0
        for some in lengths:
            posts += int(np.count_nonzero(some))
            # In tenths, which all weights are multiples of: whole numbers add up to the same in any order.
            tenths += int(np.rint(some.astype(np.float64) * 10).sum())
        if not tenths:
            return cls(posts, 1.0)
        return cls(posts, math.exp(_LENGTH_STEP * round(math.log(tenths / 10 / posts) / _LENGTH_STEP)))

    @classmethod
    def of_facts(cls, facts: Mapping[str, Any]) -> Self:
        return cls(int(facts["posts"]), float(facts["average"]))

    def facts(self) -> dict[str, Any]:
        """For a manifest."""
        return {"posts": self.posts, "average": self.average}

    def idf(self, holders: NDArray[np.int64]) -> Array:
        """By the number of achievements that hold a term; one that none holds counts like one that a single holds."""
        held = np.maximum(holders, 1)
        return np.log1p((max(self.posts, 1) + BACKGROUND - held + 0.5) / (held + 0.5))


def need_values(counts: Scores, lengths: Scores | float = 0.0) -> Scores:
    """What a term of a need asks for: saturated, so that a word said ten times does not drown the others."""
    values: Scores = counts * np.float32(K3 + 1) / (counts + np.float32(K3))
    return values


def achievement_values(average: float) -> Callable[[Scores, Scores | float], Scores]:
    """BM25's term weight without idf, from counts and lengths, where achievements have this mean length."""

    def values(counts: Scores, lengths: Scores | float) -> Scores:
        norm = np.asarray(K1 * (1 - B + B * lengths / average), dtype=np.float32)
        worth: Scores = counts * np.float32(K1 + 1) / (counts + norm)
        return worth

    return values


def pair_values(average: float) -> Callable[[Scores, Scores | float], Scores]:
    """What a pair of words is worth in an achievement: nearly its part of a cosine, as most pairs are equally rare."""

    def values(counts: Scores, lengths: Scores | float) -> Scores:
        root = np.sqrt(np.asarray(lengths + 0.2 * average, dtype=np.float32))
        worth: Scores = ((1 + np.log(counts)) / root).astype(np.float32)
        return worth

    return values


def _words(counts: Mapping[str, float], spelt: Mapping[str, str]) -> Words:
    terms = list(counts)
    found = keys(terms)
    order = np.argsort(found, kind="stable")
    values = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
    ordered = tuple(terms[place] for place in order.tolist())
    return Words(ordered, tuple(spelt[term] for term in ordered), found[order], values[order])
