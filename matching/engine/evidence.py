"""The lexical score of one need with every achievement, and the terms that two texts share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.engine.analysis import LANGUAGES, Language
from matching.engine.lexical import TELLING, Bag, Statistics, achievement_values, need_values
from matching.engine.storage import Query, Side
from matching.engine.storage.postings import Keys, Scores

# No page shows more terms of a pair in one language than a part of these.
_EXPLAINED: Final = 64

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SharedTerm:
    """A term of both posts, with its part of the text score and its spelling on either side."""

    language: Language
    weight: float
    term: str
    in_need: str
    in_achievement: str


class Evidence:
    """The statistics by which the words of both sides are weighed: those of the achievements in a snapshot."""

    def __init__(
        self, statistics: Mapping[Language, Statistics], holders: Callable[[str, Keys], NDArray[np.int64]]
    ) -> None:
        self.statistics, self.holders = statistics, holders

    def scores(self, need: Bag, achievements: Side) -> Scores:
        """The text score of a need with every achievement, nan where either has no text. O(postings of its terms).

        Each language counts by itself, weighted by the shorter of the two texts in it: being bilingual is no merit.
        Posts without a common language meet in the names, grades and figures that need no translation.
        """
        lengths = {language: achievements.lengths(language) for language in LANGUAGES}
        shared = {la: np.minimum(np.float32(need[la].length), lengths[la]) for la in LANGUAGES if len(need[la].keys)}
        nothing = np.zeros(len(achievements), dtype=np.float32)
        weight = sum(shared.values(), nothing)
        total = sum((share * self._quotient(need, la, la, achievements) for la, share in shared.items()), nothing)
        x = np.divide(total, weight, out=np.zeros_like(weight), where=weight > 0)
        speaking = (sum(lengths.values(), nothing) > 0) & bool(shared)
        strangers = speaking & (weight == 0)
        if strangers.any():
            across = [self._quotient(need, "zh", "en", achievements), self._quotient(need, "en", "zh", achievements)]
            x = np.where(strangers, np.maximum(*across), x)
        return np.where(speaking, 1.0 - np.exp(-x), np.float32(np.nan))

    def shared(self, need: Bag, achievement: Bag) -> list[SharedTerm]:
        """The most telling terms of two texts, best first, ties by spelling; single characters are left out.

        Across languages only where the texts have none in common, as in the score.
        """
        found = [term for language in LANGUAGES for term in self._shared(need, achievement, language, language)]
        if not found:
            found = [*self._shared(need, achievement, "zh", "en"), *self._shared(need, achievement, "en", "zh")]
        return sorted(found, key=lambda shared: (-shared.weight, shared.term))

    def _quotient(self, need: Bag, asked: Language, offered: Language, achievements: Side) -> Scores:
        """The quotient x of a pair of languages (need's, achievements'), see `lexical`."""
        weights = self._asked(need, asked, offered)
        norm = np.sqrt(TELLING * np.sum(np.square(weights)))
        found: Scores = achievements.sparse(offered, Query(need[asked].keys, weights.astype(np.float32)))
        return found / np.float32(max(float(norm), 1e-9))

    def _asked(self, need: Bag, asked: Language, offered: Language) -> Array:
        """What each of a need's terms is worth before a text in the other language."""
        words = need[asked]
        return need_values(words.counts) * self.statistics[offered].idf(self.holders(offered, words.keys))

    def _shared(self, need: Bag, achievement: Bag, asked: Language, offered: Language) -> list[SharedTerm]:
        wanted, given = need[asked], achievement[offered]
        common, left, right = np.intersect1d(wanted.keys, given.keys, assume_unique=True, return_indices=True)
        if not len(common):
            return []
        weights = self._asked(need, asked, offered)
        values = achievement_values(self.statistics[offered].average)(given.counts, given.length)
        share = weights[left] * values[right] * min(wanted.length, given.length) / np.sqrt(np.sum(np.square(weights)))
        best = sorted(range(len(common)), key=lambda k: (-float(share[k]), wanted.terms[left[k]]))[:_EXPLAINED]
        return [
            SharedTerm(asked, float(share[k]), term, wanted.surfaces[left[k]], given.surfaces[right[k]])
            for k in best
            if len(term := wanted.terms[left[k]]) > 1
        ]
