"""The way into the engine: both sides' open posts in memory, ranked either way."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.engine import explain, requirements, structure
from matching.engine.analysis import LANGUAGES
from matching.engine.documents import AchievementDocument, NeedDocument, Suggestion
from matching.engine.evidence import Evidence
from matching.engine.fusion import FLOOR, fuse
from matching.engine.lexical import Reader, achievement_values, need_values
from matching.engine.shelf import Entry, Shelf
from matching.engine.structure import ANSWERING_MODES, Graph

Array = NDArray[np.float64]
Slots = NDArray[np.int64]

# So many pairs have their figures compared at a time, until no other can still reach the list.
_BATCH: Final = 32


@dataclass(frozen=True, slots=True)
class _Pairs:
    """One post with every post of the other side: signals, and score bounds before figures are compared.

    `known` is the score where no figures can be compared, `best` the highest that comparing them may give.
    """

    signals: Mapping[str, Array]
    known: Array
    best: Array


class Index:
    """Both sides' open posts in memory, refreshed by difference.

    One thread at a time. Memory is about 16 bytes for each different term of a post in each language, beside the
    posts' own fields. Statistics are those of the achievements held, so scores drift as they come and go.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._reader = Reader()
        self._needs, self._achievements = Shelf(), Shelf()
        self._evidence = Evidence(self._needs, self._achievements, self._reader.terms, self._reader.surfaces)

    def refresh(
        self,
        needs: Iterable[NeedDocument],
        achievements: Iterable[AchievementDocument],
        *,
        gone_needs: Iterable[int] = (),
        gone_achievements: Iterable[int] = (),
    ) -> None:
        """Put or replace what is passed, remove what is gone; ids that are not held are ignored. Idempotent.

        O(text passed); now and then O(all), when the average length has moved by 5 % or half of the slots are empty.
        """
        for id in gone_needs:
            self._needs.drop(id)
        for id in gone_achievements:
            self._forget(id)
        for need in needs:
            self._put_need(need)
        for achievement in achievements:
            self._put_achievement(achievement)
        self._needs.tidy()
        self._achievements.tidy()
        self._evidence.settle()

    def revisions(self) -> tuple[dict[int, int], dict[int, int]]:
        """The revision held of every need and of every achievement, by id."""
        return _revisions(self._needs), _revisions(self._achievements)

    def rank(self, need: int, limit: int = 20, floor: float = FLOOR) -> list[Suggestion]:
        """The best achievements for a need, best first, ties by id; those that score below `floor` are left out.

        Achievements of the need's own organization are never among them. Raises KeyError for a need that is not held.
        O(terms stored of the achievements), and the comparison of figures for those that may still reach the list.
        """
        slot = self._needs.slots[need]
        pairs = self._pairs_of_need(slot)
        eligible = self._achievements.open & (self._achievements.owners != self._needs.entries[slot].owner)
        ranked = self._select(slot, pairs, np.flatnonzero(eligible & (pairs.best >= floor)), limit)
        return [self._suggestion(slot, pairs, place, score) for place, score in ranked if score >= floor]

    def scores(self, need: int) -> dict[int, float]:
        """The score of every achievement with a need, by id, its own organization's left out; to measure with.

        The scores are those of `rank`. Raises KeyError for a need that is not held.
        """
        slot = self._needs.slots[need]
        eligible = self._achievements.open & (self._achievements.owners != self._needs.entries[slot].owner)
        slots = np.flatnonzero(eligible)
        compared = [self._compared(slot, place) for place in slots.tolist()]
        found = _scores(self._pairs_of_need(slot), slots, compared)
        return dict(zip(self._achievements.ids[slots].tolist(), found.tolist(), strict=True))

    def affected(self, achievement: int, thresholds: Mapping[int, float], floor: float = FLOOR) -> list[int]:
        """The needs, by id, for which this achievement scores above their threshold and not below `floor`.

        A need without a threshold has 0. Needs of the achievement's own organization are left out. Raises KeyError
        for an achievement that is not held. O(terms stored of the needs).
        """
        slot = self._achievements.slots[achievement]
        pairs = self._pairs_of_achievement(slot)
        bars = np.array([thresholds.get(id, 0.0) for id in self._needs.ids.tolist()])
        eligible = self._needs.open & (self._needs.owners != self._achievements.entries[slot].owner)
        candidates = np.flatnonzero(eligible & (pairs.best > bars) & (pairs.best >= floor))
        compared = [self._compared(need, slot) for need in candidates.tolist()]
        scores = _scores(pairs, candidates, compared)
        return sorted(self._needs.ids[candidates[(scores > bars[candidates]) & (scores >= floor)]].tolist())

    def _put_need(self, need: NeedDocument) -> None:
        rows = self._reader.read(need.title, need.keywords, need.body)
        analyzer = self._reader.analyzer
        entry = Entry(
            id=need.id,
            revision=need.revision,
            owner=need.owner,
            trl=_number(need.trl_required),
            money=_number(need.budget_max),
            region=_region(need.region),
            nodes=need.nodes,
            industries=need.industries,
            modes=ANSWERING_MODES.get(need.type, frozenset()),
            figures=tuple(requirements.read_target(target, analyzer) for target in need.targets),
        )
        self._needs.put(entry, {language: (row, need_values(row)) for language, row in rows.items()})

    def _put_achievement(self, achievement: AchievementDocument) -> None:
        rows = self._reader.read(achievement.title, achievement.keywords, achievement.body)
        analyzer = self._reader.analyzer
        entry = Entry(
            id=achievement.id,
            revision=achievement.revision,
            owner=achievement.owner,
            trl=_number(achievement.trl),
            money=_number(achievement.price),
            region=_region(achievement.region),
            nodes=achievement.nodes,
            industries=achievement.industries,
            modes=achievement.offer_modes,
            figures=tuple(requirements.read_benefit(benefit, analyzer) for benefit in achievement.benefits),
        )
        self._forget(achievement.id)
        valued = {}
        for language, row in rows.items():
            self._evidence.statistics[language].add(row)
            valued[language] = row, achievement_values(row.counts, row.length, self._evidence.average(language))
        self._achievements.put(entry, valued)

    def _forget(self, achievement: int) -> None:
        slot = self._achievements.slots.get(achievement)
        if slot is None:
            return
        for language in LANGUAGES:
            self._evidence.statistics[language].add(self._achievements.rows[language].row(slot), -1)
        self._achievements.drop(achievement)

    def _pairs_of_need(self, slot: int) -> _Pairs:
        fits = structure.signals(self._needs.column_of(slot), self._achievements.columns(), self._graph)
        signals = {"text": self._evidence.for_need(slot), **fits}
        comparable = self._achievements.with_figures & bool(self._needs.entries[slot].figures)
        return _bounded(signals, comparable)

    def _pairs_of_achievement(self, slot: int) -> _Pairs:
        fits = structure.signals(self._needs.columns(), self._achievements.column_of(slot), self._graph)
        signals = {"text": self._evidence.for_achievement(slot), **fits}
        comparable = self._needs.with_figures & bool(self._achievements.entries[slot].figures)
        return _bounded(signals, comparable)

    def _compared(self, need: int, achievement: int) -> tuple[float, float]:
        """The fit of the figures of a pair of slots and the share of targets it rests on."""
        return requirements.fit(
            requirements.compare(self._needs.entries[need].figures, self._achievements.entries[achievement].figures)
        )

    def _select(self, need: int, pairs: _Pairs, candidates: Slots, limit: int) -> list[tuple[int, float]]:
        """The `limit` best slots with their exact scores; figures are compared in order of what they may give."""
        ids = self._achievements.ids
        order = candidates[np.lexsort((ids[candidates], -pairs.best[candidates]))]
        found: list[tuple[float, int, int]] = []
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            if len(found) >= limit and pairs.best[batch[0]] < -found[limit - 1][0]:
                break
            compared = [self._compared(need, slot) for slot in batch.tolist()]
            scores = _scores(pairs, batch, compared).tolist()
            found += [(-score, int(ids[slot]), slot) for score, slot in zip(scores, batch.tolist(), strict=True)]
            found.sort()
        return [(slot, -score) for score, _, slot in found[:limit]]

    def _suggestion(self, need: int, pairs: _Pairs, slot: int, score: float) -> Suggestion:
        wanted, offered = self._needs.entries[need], self._achievements.entries[slot]
        verdicts = requirements.compare(wanted.figures, offered.figures)
        shared = explain.presentable(self._evidence.shared(need, slot))
        sub_scores = {name: _present(values[slot]) for name, values in pairs.signals.items()}
        return Suggestion(
            achievement=offered.id,
            need=wanted.id,
            score=score,
            sub_scores={**sub_scores, "requirements": _present(requirements.fit(verdicts)[0])},
            matched_terms=explain.matched_terms(shared),
            requirements=verdicts,
            reasons=explain.reasons(wanted, offered, shared, verdicts, self._graph),
        )


def _bounded(signals: Mapping[str, Array], comparable: NDArray[np.bool_]) -> _Pairs:
    # The score is monotone in the fit and in the known share of the figures, so its highest value lies at an end.
    known = fuse(signals)
    best = fuse({**signals, "requirements": np.where(comparable, 1.0, np.nan)})
    return _Pairs(signals, known, np.maximum(known, best))


def _scores(pairs: _Pairs, slots: Slots, compared: list[tuple[float, float]]) -> Array:
    """The exact scores of some slots, given what comparing their figures gave."""
    table = np.array(compared, dtype=np.float64).reshape(len(slots), 2)
    signals = {name: values[slots] for name, values in pairs.signals.items()}
    return fuse({**signals, "requirements": table[:, 0]}, {"requirements": table[:, 1]})


def _revisions(shelf: Shelf) -> dict[int, int]:
    return {id: shelf.entries[slot].revision for id, slot in shelf.slots.items()}


def _number(value: float | None) -> float:
    return math.nan if value is None else float(value)


def _region(code: str) -> float:
    return float(code) if code.isascii() and code.isdigit() else math.nan


def _present(value: float) -> float | None:
    return None if math.isnan(value) else round(float(value), 6)
