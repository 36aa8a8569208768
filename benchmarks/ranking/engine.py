"""The production engine over a collection: the same index, texts order and weights as the Celery job."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.ranking.sets import Collection, Text
from matching.engine import AchievementDocument, Graph, Index, NeedDocument
from matching.engine.features import NAMES, RISING
from matching.engine.ranker import Ranker, Settings, train
from matching.engine.weights import first_guess

FOLDS: Final = 5
Array = NDArray[np.float64]
Vectors = NDArray[np.float32]

SETTINGS: Final = Settings(ridge=3.0, trees=150, learning_rate=0.05, leaves=8, smallest_leaf=60)


class Engine:
    """The index of a collection; only texts, and vectors where there are any, are known of a post."""

    def __init__(
        self, collection: Collection, queries: Sequence[int], documents: Vectors | None, needs: Vectors | None
    ) -> None:
        self.collection, self.queries = collection, list(queries)
        self.index = Index(Graph())
        self.index.refresh(
            [_need(n, collection.queries[n], _vector(needs, n)) for n in queries],
            [_achievement(n, text, _vector(documents, n)) for n, text in enumerate(collection.documents)],
        )

    def scores(self, query: int, ranker: Ranker) -> dict[str, float]:
        """The engine's score of every document, as `rank` has it."""
        self.index.texts = ranker
        documents = self.collection.documents
        return {documents[place].id: score for place, score in self.index.scores(query).items()}

    def examples(self) -> "Examples":
        """The judged candidates of every answered query; in a pool those that were judged, else all."""
        tables, labels, groups = [np.zeros((0, len(NAMES)), np.float32)], [np.zeros(0)], [np.zeros(0, np.int64)]
        highest = max((g for judged in self.collection.judgments.values() for g in judged.values()), default=1)
        answered = set(self.collection.answered())
        for query in (query for query in self.queries if query in answered):
            ids, found = self.index.candidates(query)
            judged = self.collection.judged(self.collection.queries[query])
            grades = np.array([judged.get(self.collection.documents[n].id, -1) for n in ids.tolist()], dtype=np.float64)
            taken = grades >= 0 if self.collection.pooled else np.ones(len(grades), dtype=np.bool_)
            tables.append(found.table[taken])
            labels.append(np.maximum(grades[taken], 0) / max(highest, 1))
            groups.append(np.full(int(taken.sum()), query))
        return Examples(self.collection.name, *map(np.concatenate, (tables, labels, groups)))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Examples:
    """Candidates of one set: features, labels in 0..1, the query of each."""

    name: str
    table: NDArray[np.float32]
    labels: Array
    queries: NDArray[np.int64]

    def without(self, queries: Sequence[int]) -> "Examples":
        kept = ~np.isin(self.queries, list(queries))
        return Examples(self.name, self.table[kept], self.labels[kept], self.queries[kept])


def learn(examples: Sequence[Examples], sources: Mapping[str, object] | None = None) -> Ranker:
    """One ranker from several sets. Every set counts by the root of its queries, so that none drowns the others."""
    weights, groups, first = [], [], 0
    for some in examples:
        queries = max(len(np.unique(some.queries)), 1)
        weights.append(np.full(len(some.labels), queries**-0.5))
        groups.append(some.queries + first)
        first += int(some.queries.max(initial=0)) + 1
    table = np.concatenate([some.table for some in examples])
    return train(
        table,
        np.concatenate([some.labels for some in examples]),
        np.concatenate(groups),
        names=NAMES,
        weights=np.concatenate(weights),
        rising=RISING,
        base=first_guess(table),
        settings=SETTINGS,
        notes=sources or {},
    )


def folds(
    examples: Sequence[Examples], queries: Sequence[int], twins: Mapping[int, Sequence[tuple[str, int]]]
) -> Iterator[tuple[list[int], Ranker]]:
    """Queries to score, each with a ranker that has seen none of them.

    `twins` are the training queries, by set and number, that have the same text as a query to score.
    """
    if not any(twins.get(query) for query in queries):
        yield list(queries), learn(examples)
        return
    order = np.random.default_rng(0).permutation(np.array(queries)).tolist()
    for held in (order[number::FOLDS] for number in range(FOLDS)):
        if held:
            unseen = [twin for query in held for twin in twins.get(query, ())]
            yield held, learn([some.without([n for name, n in unseen if name == some.name]) for some in examples])


def _vector(vectors: Vectors | None, place: int) -> Vectors | None:
    return None if vectors is None or not np.isfinite(vectors[place]).all() else vectors[place]


def _need(number: int, text: Text, vector: Vectors | None) -> NeedDocument:
    return NeedDocument(
        id=number,
        revision=1,
        title=text.title,
        keywords="",
        body=text.body,
        type="",
        nodes=frozenset(),
        industries=frozenset(),
        region="",
        trl_required=None,
        budget_max=None,
        targets=(),
        owner=-1,
        vector=vector,
    )


def _achievement(number: int, text: Text, vector: Vectors | None) -> AchievementDocument:
    return AchievementDocument(
        id=number,
        revision=1,
        title=text.title,
        keywords="",
        body=text.body,
        nodes=frozenset(),
        industries=frozenset(),
        region="",
        trl=None,
        offer_modes=frozenset(),
        price=None,
        benefits=(),
        owner=number,
        vector=vector,
    )
