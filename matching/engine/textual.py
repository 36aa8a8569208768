"""How well two texts go together: a first guess over all achievements, then the learned order of the best of them.

The learned order says who goes first, not how good anybody is. So the candidates keep the scale of `Evidence`, which
means the same for every need, and share its values among themselves in the learned order.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.engine import features
from matching.engine.analysis import LANGUAGES, Language
from matching.engine.evidence import Evidence
from matching.engine.features import DENSE, FIRST, Space
from matching.engine.lexical import PAIRS, need_values
from matching.engine.ranker import Ranker
from matching.engine.reading import Profile
from matching.engine.storage import Query, Side, best
from matching.engine.storage.postings import Scores

Places = NDArray[np.intp]

CANDIDATES: Final = 500
"""So many are looked at closely; the others follow by the first guess."""
# Between two candidates whose text is worth the same, the learned order still shows.
_STEP: Final = 2e-6


@dataclass(frozen=True)
class Candidates:
    """The achievements worth a closer look, best first by the first guess, and their features, a row each."""

    places: Places
    table: NDArray[np.float32]


@dataclass(frozen=True)
class Texts:
    """One need's text before all achievements."""

    need: Profile
    side: Side
    eligible: NDArray[np.bool_]
    evidence: Evidence
    vectors: Mapping[str, Scores | None]
    """The need's own vector by dense space, where it has one."""

    def scores(self, ranker: Ranker) -> Scores:
        """The text score of every achievement in 0..1, nan where either has no text.

        O(postings of the need's terms + achievements · dimensions + candidates · COMPANY · dimensions).
        """
        scale = self.evidence.scores(self.need.bag, self.side)
        if np.isnan(scale).all():
            return scale
        stands = self.stands()
        first = self.first(stands)
        candidates = self.candidates(stands, first)
        places = candidates.places
        if not len(places):
            return scale
        ids = self.side.ids[places]
        order = places[np.lexsort((ids, -ranker.raw(candidates.table)))]
        found = self._below(scale, first, places)
        worth = np.sort(np.nan_to_num(scale[places]))[::-1] + _STEP * np.arange(len(places), 0, -1)
        found[order] = np.minimum(worth, 1.0)
        return found.astype(np.float32)

    def stands(self) -> dict[str, Scores]:
        """Every signal over all achievements, by how far it stands out among those that may be suggested."""
        signals = dict(zip(("words", "saturated", "rare"), self._words(), strict=True))
        signals["pairs"] = self._pairs()
        signals |= {space: self.side.dense(space, self.vectors.get(space)) for space in DENSE}
        return {
            name: features.standing(values, self.eligible)
            for name, values in signals.items()
            if not np.isnan(values).all()
        }

    def first(self, stands: Mapping[str, Scores]) -> Scores:
        """The first guess, a weighted mean of what is known; nan where an achievement has no text at all."""
        total, weights = np.zeros(len(self.side)), np.zeros(len(self.side))
        for name, values in stands.items():
            known = np.isfinite(values)
            total += np.where(known, FIRST[name] * np.nan_to_num(values), 0)
            weights += np.where(known, FIRST[name], 0)
        silent = sum((self.side.lengths(language) for language in LANGUAGES), np.zeros(len(self.side))) <= 0
        mean = np.divide(total, weights, out=np.zeros_like(total), where=weights > 0)
        return np.where(silent, np.nan, mean).astype(np.float32)

    def candidates(self, stands: Mapping[str, Scores], first: Scores) -> Candidates:
        """The best by the first guess, with their features."""
        eligible = self.eligible & np.isfinite(first)
        places = best(first, eligible, self.side.ids, CANDIDATES)
        spaces = {name: Space(self.side.rows(name, places), self.vectors.get(name)) for name in DENSE if name in stands}
        lengths = sum((self.side.lengths(language) for language in LANGUAGES), np.zeros(len(self.side)))
        tall = features.standing(np.log1p(lengths), eligible)[places]
        asked = sum(words.length for language, words in self.need.bag.items() if language != PAIRS)
        found = features.table(
            {name: values[places] for name, values in stands.items()}, first[places], spaces, tall, asked
        )
        return Candidates(places, found)

    def _below(self, scale: Scores, first: Scores, candidates: Places) -> NDArray[np.float64]:
        """The others' scores: in the order of the first guess, all below the candidates'."""
        bar = float(np.nan_to_num(scale[candidates]).min())
        lowest = float(np.nanmin(first))
        reach = max(float(first[candidates].min()) - lowest, 1e-9)
        with np.errstate(invalid="ignore"):
            found = bar * np.clip((first - lowest) / reach, 0, 1)
        return np.where(np.isnan(scale), np.nan, np.nan_to_num(found)).astype(np.float64)

    def _words(self) -> tuple[Scores, ...]:
        """BM25 with the need's words as often as it says them, saturated, and with the rare ones counting more.

        Each language by itself, weighted by the shorter of the two texts in it, as in `Evidence.scores`.
        """
        nothing = np.zeros((len(self.side), 3), dtype=np.float32)
        total: Scores = nothing
        weight: Scores = nothing[:, :1]
        for language in LANGUAGES:
            words = self.need.bag[language]
            if not len(words.keys):
                continue
            share = np.minimum(np.float32(words.length), self.side.lengths(language))[:, None]
            total = (total + share * self._asked(language, language)).astype(np.float32)
            weight = (weight + share).astype(np.float32)
        mean: Scores = np.where(weight > 0, total / np.maximum(weight, 1e-9), 0).astype(np.float32)
        strangers = (weight[:, 0] == 0) & self.eligible
        if strangers.any():
            across = np.maximum(self._asked("zh", "en"), self._asked("en", "zh"))
            mean[strangers] = across[strangers]
        return tuple(mean.T)

    def _asked(self, asked: Language, offered: Language) -> Scores:
        """The three weightings of the need's terms in one language before the achievements' texts in another."""
        words = self.need.bag[asked]
        idf = self.evidence.statistics[offered].idf(self.evidence.holders(offered, words.keys))
        saturated = need_values(words.counts)
        weights = np.stack([words.counts * idf, saturated * idf, (1 + np.log1p(words.counts)) * idf**2], axis=1)
        lengths = np.sqrt(np.square(weights).sum(axis=0, keepdims=True))
        unit = (weights / np.where(lengths > 0, lengths, 1)).astype(np.float32)
        return self.side.sparse(offered, Query(words.keys, unit))

    def _pairs(self) -> Scores:
        """Words that stand side by side in both texts."""
        pairs = self.need.bag[PAIRS]
        if not len(pairs.keys):
            return np.full(len(self.side), np.nan, dtype=np.float32)
        idf = np.log1p(max(len(self.side), 1) / np.maximum(self.evidence.holders(PAIRS, pairs.keys), 1))
        return self.side.sparse(PAIRS, Query(pairs.keys, ((1 + np.log(pairs.counts)) * idf**2).astype(np.float32)))
