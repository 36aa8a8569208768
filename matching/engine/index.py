"""The way into the engine: a snapshot and what came since, ranked for one need or for many."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from matching.engine import explain, requirements, structure
from matching.engine.analysis import LANGUAGES
from matching.engine.answers import Answers
from matching.engine.documents import AchievementDocument, NeedDocument, Suggestion
from matching.engine.evidence import Evidence
from matching.engine.fusion import FLOOR, fuse
from matching.engine.lexical import PAIRS, SPACES, Statistics, achievement_values, need_values, pair_values, row
from matching.engine.ranker import Ranker
from matching.engine.reading import EMBEDDING, Profile, Reader, dimensions
from matching.engine.semantics import LATENT, Latent
from matching.engine.storage import LENGTH, SIDES, Block, Pile, Query, Side, SideName, Snapshot, best
from matching.engine.storage.postings import Scores
from matching.engine.structure import Graph
from matching.engine.textual import Candidates, Texts
from matching.engine.weights import shipped

Array = NDArray[np.float64]
Places = NDArray[np.intp]
Fetch = Callable[[Sequence[int]], Iterable[Any]]

CANDIDATES: Final = 1000
"""So many achievements of all have every signal taken, and are put in order by all of them."""
ASKING: Final = 200
"""So many needs, those nearest to a new achievement, have their score with it taken."""
PART: Final = 256
"""So many posts that came since the snapshot make a block of their own."""
WEIGHERS: Final = "weighers"


@dataclass(frozen=True)
class Library:
    """Where the texts are: they are read when a pair is explained, and not kept."""

    needs: Fetch
    achievements: Fetch


AT_HAND: Final = Library(lambda _: (), lambda _: ())
"""For an index without a snapshot: every post has come since, and is at hand."""


class Index:
    """Ranks achievements for needs; the same snapshot and the same posts since give the same scores everywhere.

    One thread at a time. In memory are the pages of the snapshot that are read, shared by all processes that map it,
    about 10 bytes a post beside them, and the posts that came since. Statistics are the snapshot's; without one, those
    of the posts held.
    """

    def __init__(
        self,
        graph: Graph,
        library: Library = AT_HAND,
        snapshot: Snapshot | None = None,
        *,
        texts: Ranker | None = None,
    ) -> None:
        """`texts` puts texts in order; without one, the weights that are shipped."""
        self.texts = texts or shipped()
        self._graph, self._library, self.snapshot = graph, library, snapshot or Snapshot()
        self._reader = Reader()
        self._answers = Answers(self._reader.analyzer)
        self._since: dict[SideName, dict[int, Profile]] = {side: {} for side in SIDES}
        self._gone: dict[SideName, set[int]] = {side: set() for side in SIDES}
        self._parts: dict[SideName, list[tuple[frozenset[int], Block]]] = {side: [] for side in SIDES}
        self._based = {side: _revisions(self.snapshot.blocks[side]) for side in SIDES}
        self._latent = Latent.of_arrays(self.snapshot.models)
        self._learned_from = 0
        self._settle()

    def refresh(
        self,
        needs: Iterable[NeedDocument],
        achievements: Iterable[AchievementDocument],
        *,
        gone_needs: Iterable[int] = (),
        gone_achievements: Iterable[int] = (),
    ) -> None:
        """Put or replace what is passed, remove what is gone; ids that are not held are ignored. Idempotent.

        O(text passed); without a snapshot O(all posts), whose statistics every post moves.
        """
        self._put("needs", [self._reader.need(need) for need in needs], gone_needs)
        self._put("achievements", [self._reader.achievement(one) for one in achievements], gone_achievements)
        self._settle()

    @property
    def size(self) -> int:
        """The open posts of both sides."""
        return int(self._needs.open.sum() + self._achievements.open.sum())

    def holds(self, side: SideName, id: int) -> bool:
        """Whether a post is held."""
        return self._revision(side, id) is not None

    def behind(
        self, side: SideName, standing: Mapping[int, int], among: Iterable[int] | None = None
    ) -> tuple[list[int], list[int]]:
        """Which posts to put and which to remove, among these or all, so that those standing are held.

        `standing` has the revision by id of what is open now.
        """
        ids = {*standing, *self._based[side], *self._since[side]} if among is None else set(among)
        held = {id: self._revision(side, id) for id in ids}
        put = sorted(id for id in ids if id in standing and held[id] != standing[id])
        return put, sorted(id for id in ids if id not in standing and held[id] is not None)

    def revisions(self) -> tuple[dict[int, int], dict[int, int]]:
        """The revision held of every need and of every achievement, by id."""
        needs, achievements = (self._held(side) for side in SIDES)
        return needs, achievements

    def rank(self, need: int, limit: int = 20, floor: float = FLOOR) -> list[Suggestion]:
        """The best achievements for a need, best first, ties by id; those that score below `floor` are left out.

        Achievements of the need's own organization are never among them. Raises KeyError for a need that is not held.
        """
        return self.rank_many([need], limit, floor)[0]

    def rank_many(self, needs: Sequence[int], limit: int = 20, floor: float = FLOOR) -> list[list[Suggestion]]:
        """`rank` for many needs."""
        return [self._rank(self._profile("needs", need), limit, floor) for need in needs]

    def search(self, needs: Sequence[int], limit: int = 20, floor: float = FLOOR) -> list[list[tuple[int, float]]]:
        """The achievements and scores of `rank_many`, without the reasons."""
        found = []
        for need in needs:
            pairs = self._pairs(self._profile("needs", need))
            places, scores = self._best(pairs, limit, floor)
            found.append(list(zip(self._achievements.ids[places].tolist(), scores.tolist(), strict=True)))
        return found

    def scores(self, need: int) -> dict[int, float]:
        """The score of every achievement with a need, by id, its own organization's left out; to measure with.

        The scores are those of `rank`. Raises KeyError for a need that is not held.
        """
        pairs = self._pairs(self._profile("needs", need))
        places = np.flatnonzero(pairs.eligible)
        found = pairs.scores(places)
        return dict(zip(self._achievements.ids[places].tolist(), found.tolist(), strict=True))

    def candidates(self, need: int) -> tuple[NDArray[np.int64], Candidates]:
        """The achievements, by id, whose texts are looked at closely for a need, with what is seen; to learn from.

        Raises KeyError for a need that is not held.
        """
        texts = self._texts(self._profile("needs", need))
        stands = texts.stands()
        found = texts.candidates(stands, texts.first(stands))
        return self._achievements.ids[found.places], found

    def affected(self, achievement: int, thresholds: Mapping[int, float], floor: float = FLOOR) -> list[int]:
        """The needs, by id, for which this achievement scores above their threshold and not below `floor`.

        A need without a threshold has 0. Needs of the achievement's own organization are left out. The nearest needs
        are looked at, at most `ASKING`. Raises KeyError for an achievement that is not held.
        """
        profile = self._profile("achievements", achievement)
        place = np.flatnonzero(self._achievements.open & (self._achievements.ids == achievement))
        near = self._nearest_needs(profile)
        asking = {need.id: need for need in self._read("needs", near)}
        scored = [(id, float(self._pairs(need).scores(place)[0])) for id, need in sorted(asking.items())]
        return [id for id, score in scored if score > thresholds.get(id, 0.0) and score >= floor]

    # What is held

    def _put(self, side: SideName, profiles: Sequence[Profile], gone: Iterable[int]) -> None:
        since, based = self._since[side], self._based[side]
        changed = {*gone, *(profile.id for profile in profiles)}
        for id in changed:
            since.pop(id, None)
        since.update((profile.id, profile) for profile in profiles)
        self._gone[side].update(changed & based.keys())
        self._parts[side] = [(ids, block) for ids, block in self._parts[side] if not ids & changed]

    def _settle(self) -> None:
        """Bring both sides in line with what is held; O(posts since the snapshot)."""
        self._statistics = self._weighers()
        self._learn_axes()
        holders = self._side("achievements", blocks=self.snapshot.blocks["achievements"])
        self._achievements = self._side("achievements")
        # Without a snapshot the posts since are all there is.
        counted = holders if len(self.snapshot) else self._achievements
        self._evidence = Evidence(self._statistics, counted.holders)
        self._needs = self._side("needs")

    def _weighers(self) -> dict[Any, Statistics]:
        if len(self.snapshot):
            return {space: Statistics.of_facts(self.snapshot.facts[WEIGHERS][space]) for space in SPACES}
        held = self._since["achievements"].values()
        return {
            space: Statistics.of([np.array([p.bag[space].length for p in held], dtype=np.float32)]) for space in SPACES
        }

    def _learn_axes(self) -> None:
        """Without a snapshot the axes are those of the posts held, found anew when these have grown by a fifth."""
        held = len(self._since["achievements"])
        if not len(self.snapshot) and held > 1.2 * self._learned_from:
            drafts = [profile.draft() for _, profile in sorted(self._since["achievements"].items())]
            self._latent, self._learned_from = Latent.of([Pile.of(drafts, {})]), held

    def _side(self, side: SideName, blocks: Sequence[Block] | None = None) -> Side:
        if blocks is not None:
            return Side(blocks)
        based = self.snapshot.blocks[side]
        ids = np.concatenate([np.zeros(0, dtype=np.int64), *(block.ids for block in based)])
        return Side([*based, *self._delta(side)], np.flatnonzero(np.isin(ids, list(self._gone[side]))).tolist())

    def _delta(self, side: SideName) -> list[Block]:
        """The posts since the snapshot; those of full parts are put into a block once. Scores are the same however
        posts lie in blocks, as long as the statistics stand, and these do while there is a snapshot."""
        parts = self._parts[side] if len(self.snapshot) else []
        loose = sorted(self._since[side].keys() - {id for ids, _ in parts for id in ids})
        if not loose:
            return [block for _, block in parts]
        drafts = [self._since[side][id].draft() for id in loose]
        pile = self._latent.place(Pile.of(drafts, dimensions(drafts)))
        last = Block.build(pile, weighing(self._statistics)[side])
        if len(loose) >= PART:
            parts.append((frozenset(loose), last))
            return [block for _, block in parts]
        return [*(block for _, block in parts), last]

    def _revision(self, side: SideName, id: int) -> int | None:
        if (profile := self._since[side].get(id)) is not None:
            return profile.revision
        return None if id in self._gone[side] else self._based[side].get(id)

    def _held(self, side: SideName) -> dict[int, int]:
        standing = {id: revision for id, revision in self._based[side].items() if id not in self._gone[side]}
        return {**standing, **{id: profile.revision for id, profile in self._since[side].items()}}

    def _profile(self, side: SideName, id: int) -> Profile:
        if (found := self._since[side].get(id)) is not None:
            return found
        if id not in self._based[side] or id in self._gone[side]:
            raise KeyError(id)
        (profile,) = self._read(side, [id])
        return profile

    def _read(self, side: SideName, ids: Sequence[int]) -> list[Profile]:
        """Posts by id, in no order; those since the snapshot are at hand, the others' texts are fetched."""
        since = self._since[side]
        fetch, read = (
            (self._library.needs, self._reader.need)
            if side == "needs"
            else (self._library.achievements, self._reader.achievement)
        )
        absent = [id for id in ids if id not in since]
        return [*(since[id] for id in ids if id in since), *(read(one) for one in (fetch(absent) if absent else ()))]

    # Ranking

    def _pairs(self, need: Profile) -> "_Pairs":
        side = self._achievements
        texts = self._texts(need)
        signals = {"text": texts.scores(self.texts), **structure.signals(need, side, self._graph)}
        return _Pairs(need, side, signals, texts.eligible, self._answers)

    def _texts(self, need: Profile) -> Texts:
        side = self._achievements
        latent = self._latent.fold([row(need.bag[language]) for language in LANGUAGES])[0]
        vectors = {LATENT: latent if latent.any() else None, EMBEDDING: need.vector}
        return Texts(need, side, side.open & (side.owners != need.owner), self._evidence, vectors)

    def _rank(self, need: Profile, limit: int, floor: float) -> list[Suggestion]:
        pairs, side = self._pairs(need), self._achievements
        places, scores = self._best(pairs, limit, floor)
        offers = {offer.id: offer for offer in self._read("achievements", side.ids[places].tolist())}
        return [
            self._suggestion(need, offers[id], pairs, place, score)
            for place, score in zip(places.tolist(), scores.tolist(), strict=True)
            # An achievement that has vanished since cannot be explained, nor suggested.
            if (id := int(side.ids[place])) in offers
        ]

    def _best(self, pairs: "_Pairs", limit: int, floor: float) -> tuple[Places, Array]:
        """The places of the best and their scores, best first, ties by id."""
        ids = self._achievements.ids
        places = best(pairs.coarse(), pairs.eligible, ids, CANDIDATES)
        scores = pairs.scores(places)
        kept = np.flatnonzero(scores >= floor)
        first = kept[np.lexsort((ids[places[kept]], -scores[kept]))][:limit]
        return places[first], scores[first]

    def _nearest_needs(self, achievement: Profile) -> list[int]:
        """Needs of other organizations that share most with an achievement, by text and by chain node."""
        side = self._needs
        near = np.zeros(len(side), dtype=np.float32)
        for asked in LANGUAGES:
            for offered in LANGUAGES:
                words = achievement.bag[offered]
                idf = self._statistics[offered].idf(self._evidence.holders(offered, words.keys))
                worth = achievement_values(self._statistics[offered].average)(words.counts, words.length)
                near += side.sparse(asked, Query(words.keys, (worth * idf).astype(np.float32)))
        near += np.nan_to_num(side.sets("nodes", dict.fromkeys(achievement.nodes, 1.0)))
        eligible = side.open & (side.owners != achievement.owner)
        nearest: list[int] = side.ids[best(near, eligible, side.ids, ASKING)].tolist()
        return nearest

    def _suggestion(self, need: Profile, offer: Profile, pairs: "_Pairs", place: int, score: float) -> Suggestion:
        verdicts = requirements.compare(need.figures, offer.figures)
        shared = explain.presentable(self._evidence.shared(need.bag, offer.bag))
        sub_scores = {name: _present(values[place]) for name, values in pairs.signals.items()}
        return Suggestion(
            achievement=offer.id,
            need=need.id,
            score=score,
            sub_scores={**sub_scores, "requirements": _present(requirements.fit(verdicts)[0])},
            matched_terms=explain.matched_terms(shared),
            requirements=verdicts,
            reasons=explain.reasons(need, offer, shared, verdicts, self._graph),
        )


@dataclass(frozen=True)
class _Pairs:
    """One need with every place of the achievements."""

    need: Profile
    side: Side
    signals: Mapping[str, Scores]
    eligible: NDArray[np.bool_]
    answers: Answers

    def coarse(self) -> Scores:
        """What decides who is looked at closely: the highest score that comparing figures may give."""
        comparable = self.side.stating & bool(self.need.figures)
        highest = fuse({**self.signals, "requirements": np.where(comparable, np.float32(1), np.float32(np.nan))})
        return np.maximum(fuse(self.signals), highest)

    def scores(self, places: Places) -> Array:
        """The scores at some places."""
        fit, share = self.answers.fits(self.need.figures, self.side, places)
        signals = {name: values[places].astype(np.float64) for name, values in self.signals.items()}
        found = fuse({**signals, "requirements": fit}, {"requirements": share})
        return found.astype(np.float64).round(6)


def weighing(statistics: Mapping[Any, Statistics]) -> dict[SideName, dict[str, Any]]:
    """How the stored terms of either side are weighed."""
    return {
        "achievements": {
            **{space: achievement_values(statistics[space].average) for space in LANGUAGES},
            PAIRS: pair_values(statistics[PAIRS].average),
        },
        "needs": dict.fromkeys(SPACES, need_values),
    }


def lengths(blocks: Iterable[Block], space: str) -> list[Scores]:
    return [block.numbers[f"{LENGTH}{space}"] for block in blocks]


def _revisions(blocks: Iterable[Block]) -> dict[int, int]:
    return {
        id: revision
        for block in blocks
        for id, revision in zip(block.ids.tolist(), block.revisions.tolist(), strict=True)
    }


def _present(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 6)
