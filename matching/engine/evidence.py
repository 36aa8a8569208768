"""The lexical score of pairs: one need against all achievements, or one achievement against all needs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.engine.analysis import LANGUAGES, Language
from matching.engine.lexical import TELLING, Statistics, Vocabulary, achievement_values
from matching.engine.rows import Row
from matching.engine.shelf import Shelf

# No page shows more terms of a pair in one language than a part of these.
_EXPLAINED: Final = 64

Array = NDArray[np.float64]
Lengths = Mapping[Language, Array]
# The quotient x of a pair of languages (need's, achievement's), see `lexical`.
Quotient = Callable[[Language, Language], Array]


@dataclass(frozen=True, slots=True)
class SharedTerm:
    """A term of both posts, with its part of the text score and its spelling on either side."""

    language: Language
    weight: float
    term: str
    in_need: str
    in_achievement: str


class Evidence:
    """Two shelves and the statistics of the achievements on one of them."""

    def __init__(self, needs: Shelf, achievements: Shelf, terms: Vocabulary, surfaces: Vocabulary) -> None:
        self._needs, self._achievements = needs, achievements
        self._terms, self._surfaces = terms, surfaces
        self.statistics = {language: Statistics() for language in LANGUAGES}
        self._averages = dict.fromkeys(LANGUAGES, 1.0)

    def average(self, language: Language) -> float:
        """The average length that the stored values of the achievements were made with."""
        return self._averages[language]

    def settle(self) -> None:
        """Bring stored values in line with the average lengths, once posts have come or gone; mostly nothing."""
        for language, statistics in self.statistics.items():
            if statistics.average_length != self._averages[language]:
                self._averages[language] = statistics.average_length
                rows = self._achievements.rows[language]
                rows.revalue(achievement_values(rows.counts, rows.repeated_lengths, statistics.average_length))

    def for_need(self, slot: int) -> Array:
        """The text score of a need with every achievement's slot, nan where one has no text. O(stored terms)."""

        def quotient(asked: Language, offered: Language) -> Array:
            terms, weights = self._asked(slot, asked, offered)
            vector = self._dense(terms, weights)
            norm = np.sqrt(TELLING * np.sum(np.square(weights)))
            return self._achievements.rows[offered].product(vector) / max(float(norm), 1e-9)

        lengths = {language: rows.lengths[slot : slot + 1] for language, rows in self._needs.rows.items()}
        return _combine(quotient, lengths, {la: rows.lengths for la, rows in self._achievements.rows.items()})

    def for_achievement(self, slot: int) -> Array:
        """The text score of an achievement with every need's slot, nan where one has no text. O(stored terms)."""

        def quotient(asked: Language, offered: Language) -> Array:
            rows, statistics = self._needs.rows[asked], self.statistics[offered]
            terms = self._achievements.rows[offered].row(slot).terms
            values = self._achievements.rows[offered].values(slot)
            idf = statistics.idf(np.arange(len(self._terms), dtype=np.int32))
            norm = np.sqrt(TELLING * rows.square_product(np.square(idf).astype(np.float32)))
            return rows.product(self._dense(terms, values * idf[terms])) / np.maximum(norm, 1e-9)

        lengths = {language: rows.lengths[slot : slot + 1] for language, rows in self._achievements.rows.items()}
        return _combine(quotient, {la: rows.lengths for la, rows in self._needs.rows.items()}, lengths)

    def shared(self, need: int, achievement: int) -> list[SharedTerm]:
        """The most telling terms of a pair of slots, best first, ties by spelling; single characters are left out.

        Across languages only where the posts have none in common, as in the score.
        """
        found = [term for language in LANGUAGES for term in self._shared(need, achievement, language, language)]
        if not found:
            found = [*self._shared(need, achievement, "zh", "en"), *self._shared(need, achievement, "en", "zh")]
        return sorted(found, key=lambda shared: (-shared.weight, shared.term))

    def _shared(self, need: int, achievement: int, asked: Language, offered: Language) -> list[SharedTerm]:
        wanted, given = self._needs.rows[asked].row(need), self._achievements.rows[offered].row(achievement)
        common, left, right = np.intersect1d(wanted.terms, given.terms, assume_unique=True, return_indices=True)
        if not len(common):
            return []
        _, weights = self._asked(need, asked, offered)
        worth = weights[left] * self._achievements.rows[offered].values(achievement)[right]
        share = worth * min(wanted.length, given.length) / np.sqrt(np.sum(np.square(weights)))
        best = np.lexsort((common, -share))[:_EXPLAINED]
        return [
            SharedTerm(asked, float(share[k]), term, *self._spelt(wanted, left[k], given, right[k]))
            for k in best
            if len(term := self._terms.spelling(int(common[k]))) > 1
        ]

    def _spelt(self, need: Row, left: int, achievement: Row, right: int) -> tuple[str, str]:
        spelling = self._surfaces.spelling
        return spelling(int(need.surfaces[left])), spelling(int(achievement.surfaces[right]))

    def _asked(self, slot: int, asked: Language, offered: Language) -> tuple[NDArray[np.int32], Array]:
        """A need's terms and what each is worth before a text in the other language."""
        rows = self._needs.rows[asked]
        terms = rows.row(slot).terms
        return terms, rows.values(slot) * self.statistics[offered].idf(terms)

    def _dense(self, terms: NDArray[np.int32], weights: Array) -> NDArray[np.float32]:
        vector = np.zeros(max(len(self._terms), 1), dtype=np.float32)
        vector[terms] = weights
        return vector


def _combine(quotient: Quotient, needs: Lengths, achievements: Lengths) -> Array:
    """Each language by itself, weighted by the shorter of the two texts in it: being bilingual is no merit.

    Posts without a common language meet in the names, grades and figures that need no translation.
    """
    shared = {language: np.minimum(needs[language], achievements[language]) for language in LANGUAGES}
    weight = sum(shared.values(), np.zeros(1))
    total = sum((shared[la] * quotient(la, la) for la in LANGUAGES if np.any(shared[la])), np.zeros(1))
    x = np.divide(total, weight, out=np.zeros(np.broadcast(total, weight).shape), where=weight > 0)
    speaking = np.add(*needs.values()) * np.add(*achievements.values()) > 0
    strangers = speaking & (weight == 0)
    if np.any(strangers):
        across = np.maximum(quotient("zh", "en"), quotient("en", "zh"))
        x = np.where(strangers, across, x)
    return np.where(speaking, 1.0 - np.exp(-x), np.nan)
