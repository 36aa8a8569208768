"""Ranking quality and speed of the matching engine on judged real needs.

    python -m benchmarks.ranking_check DATA_FOLDER

The folder holds `docs.jsonl.gz` and `queries.jsonl.gz` ({"id", "title", "text"} a line; achievements and needs) and
`qrels.tsv` (query_id, doc_id, relevance; with a header). Texts alone are ranked, beside a plain BM25 over the same
terms. nDCG@10 is taken within the judged documents of each need, with the gain 2^relevance - 1, ties by document id,
needs without a relevant document left out. Nothing of the data is written anywhere.
"""

import argparse
import gzip
import json
import math
import resource
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from matching.engine import AchievementDocument, Graph, Index, NeedDocument, band
from matching.engine.analysis import Analyzer

DEPTH = 10


@dataclass(frozen=True)
class Text:
    """A document or a query of the data set."""

    id: str
    title: str
    body: str


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Ranking quality and speed on judged needs")
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args(arguments).folder
    documents, queries = read_texts(folder / "docs.jsonl.gz"), read_texts(folder / "queries.jsonl.gz")
    judgments = read_judgments(folder / "qrels.tsv")
    started = time.perf_counter()
    index = build(documents, queries)
    built = time.perf_counter() - started
    figures: dict[str, float | dict[str, int]] = {
        "needs": len(queries),
        "achievements": len(documents),
        "ndcg10_engine": mean_ndcg(engine_scores(index, documents, queries, judgments), judgments),
        "ndcg10_bm25": mean_ndcg(bm25_scores(documents, queries, judgments), judgments),
        "build_s": round(built, 3),
        **timings(index, documents, queries),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "bands_of_first": bands(index, queries),
    }
    for name, value in figures.items():
        print(f"{name:<20} {value}")
    print(json.dumps(figures))
    return 0


def read_texts(path: Path) -> list[Text]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [Text(row["id"], row["title"], row["text"]) for row in rows]


def read_judgments(path: Path) -> dict[str, dict[str, int]]:
    """Relevance by query and document."""
    found: dict[str, dict[str, int]] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        query, document, relevance = line.split("\t")
        found.setdefault(query, {})[document] = int(relevance)
    return found


def build(documents: Sequence[Text], queries: Sequence[Text]) -> Index:
    """An index of all texts, numbered in their order; nothing but text is known of any."""
    index = Index(Graph())
    index.refresh(
        [need(number, text) for number, text in enumerate(queries)],
        [achievement(number, text) for number, text in enumerate(documents)],
    )
    return index


def need(number: int, text: Text) -> NeedDocument:
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
    )


def achievement(number: int, text: Text) -> AchievementDocument:
    return AchievementDocument(
        id=number,
        revision=1,
        title=text.title or text.body,
        keywords="",
        body=text.body if text.title else "",
        nodes=frozenset(),
        industries=frozenset(),
        region="",
        trl=None,
        offer_modes=frozenset(),
        price=None,
        benefits=(),
        owner=number,
    )


def engine_scores(
    index: Index,
    documents: Sequence[Text],
    queries: Sequence[Text],
    judgments: Mapping[str, Mapping[str, int]],
) -> dict[str, dict[str, float]]:
    """The engine's scores of every judged pair."""
    found = {}
    for number, query in enumerate(queries):
        scores = {documents[place].id: score for place, score in index.scores(number).items()}
        found[query.id] = {id: scores[id] for id in judgments[query.id]}
    return found


def bm25_scores(
    documents: Sequence[Text],
    queries: Sequence[Text],
    judgments: Mapping[str, Mapping[str, int]],
    k1: float = 1.2,
    b: float = 0.75,
) -> dict[str, dict[str, float]]:
    """Plain BM25 over the engine's own terms, every occurrence counting one."""
    analyzer = Analyzer()
    count = {d.id: Counter(t.term for t in analyzer.terms(f"{d.title}\n{d.body}")) for d in documents}
    holders = Counter(term for terms in count.values() for term in terms)
    length = {id: terms.total() for id, terms in count.items()}
    average = statistics.fmean(length.values())
    idf = {term: math.log1p((len(documents) - n + 0.5) / (n + 0.5)) for term, n in holders.items()}

    def score(asked: Counter[str], id: str) -> float:
        norm = k1 * (1 - b + b * length[id] / average)
        shared = asked.keys() & count[id].keys()
        return math.fsum(asked[t] * idf[t] * count[id][t] * (k1 + 1) / (count[id][t] + norm) for t in shared)

    found = {}
    for query in queries:
        asked = Counter(term.term for term in analyzer.terms(f"{query.title}\n{query.body}"))
        found[query.id] = {id: score(asked, id) for id in judgments[query.id]}
    return found


def mean_ndcg(scores: Mapping[str, Mapping[str, float]], judgments: Mapping[str, Mapping[str, int]]) -> float:
    """nDCG@10 within the judged documents, averaged over the needs that have a relevant one."""
    answered = [query for query, judged in judgments.items() if any(judged.values())]
    return round(statistics.fmean(ndcg(scores[query], judgments[query]) for query in answered), 4)


def ndcg(scores: Mapping[str, float], relevance: Mapping[str, int]) -> float:
    ranked = sorted(relevance, key=lambda id: (-scores[id], id))
    best = sorted(relevance.values(), reverse=True)
    return _gain([relevance[id] for id in ranked]) / _gain(best)


def _gain(relevances: Sequence[int]) -> float:
    return math.fsum((2**relevance - 1) / math.log2(place + 2) for place, relevance in enumerate(relevances[:DEPTH]))


def timings(index: Index, documents: Sequence[Text], queries: Sequence[Text]) -> dict[str, float]:
    """Medians in milliseconds over all needs, and over as many achievements put again, one by one."""

    def put_again(number: int) -> None:
        index.refresh([], [replace(achievement(number, documents[number]), revision=2)])

    places = range(len(queries))
    return {
        "rank_ms": median_ms(lambda number: index.rank(number), places),
        "refresh_one_ms": median_ms(put_again, places),
        "affected_ms": median_ms(lambda number: index.affected(number, {}), places),
    }


def median_ms(act: Callable[[int], object], numbers: Sequence[int]) -> float:
    spent = []
    for number in numbers:
        started = time.perf_counter()
        act(number)
        spent.append(time.perf_counter() - started)
    return round(1000 * statistics.median(spent), 2)


def bands(index: Index, queries: Sequence[Text]) -> dict[str, int]:
    """How the best suggestion of each need would be called on a page."""
    firsts = (index.rank(number, limit=1) for number in range(len(queries)))
    return dict(Counter(band(first[0].score) if first else "none" for first in firsts))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
