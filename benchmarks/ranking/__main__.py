"""Ranking quality of the matching engine on judged collections, beside what everybody can have.

    python -m benchmarks.ranking DATA OUT [--train TRAIN] [--ship FILE]

DATA and TRAIN hold a folder for each set: `docs.jsonl.gz` and `queries.jsonl.gz` ({"id", "title", "text"} a line) and
`qrels.tsv` (query_id, doc_id, relevance; with a header), which may be missing. Written are OUT/<set>.trec and the
sentence model's vectors. The last line printed is the table as JSON. `--ship` writes the weights learned from TRAIN.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.ranking.engine import Engine, Examples, folds, learn
from benchmarks.ranking.rivals import Words, fused
from benchmarks.ranking.sets import Collection, collections, interval, worth
from benchmarks.ranking.vectors import Cache
from matching.engine.embedding import EmbeddingError, embedder
from matching.engine.weights import shipped

Vectors = NDArray[np.float32]
Ranking = Mapping[str, float]

RIVALS: Final = ("bm25", "tfidf", "minilm", "rrf")
DEEP: Final = 1000
TAG: Final = "tenon"
# A query's documents that get a vector where there is no time for all.
POOL: Final = 100


@dataclass(frozen=True)
class Prepared:
    """A set with what all rows need: the words' statistics, vectors, and the queries to score."""

    collection: Collection
    words: Words
    scored: Sequence[int]
    documents: Vectors | None = None
    queries: Vectors | None = None
    posts: tuple[Vectors, Vectors] | None = None
    """The same vectors as the product keeps them: none for a text in a language that the model cannot read."""

    @property
    def sampled(self) -> bool:
        return len(self.scored) < len(self.collection.answered())


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Ranking quality on judged collections")
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--train", type=Path)
    parser.add_argument("--ship", type=Path, help="write the weights learned from all of TRAIN to this file")
    parser.add_argument("--sets", default="", help="only these sets of DATA, by name, with commas")
    parser.add_argument("--train-sets", default="", help="only these sets of TRAIN")
    parser.add_argument("--minutes", type=float, default=20.0, help="the longest time for the vectors of a set")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    cache = _cache(options.out)
    examples, texts = _examples(options, cache) if options.train else ([], {})
    if options.ship:
        options.ship.write_text(learn(examples, {"sets": [some.name for some in examples]}).dump() + "\n", "utf-8")
    rows = []
    for collection in _chosen(options.data, options.sets):
        prepared = prepare(collection, cache, options.minutes)
        row = measure(prepared, examples, texts, options.out)
        rows.append(row)
        print(line(row), flush=True)
    print(summary(rows))
    print(json.dumps({"sets": rows, "mean_over_bm25": means(rows)}))
    return 0


def _chosen(folder: Path, names: str) -> list[Collection]:
    wanted = {name for name in names.split(",") if name}
    return [one for one in collections(folder) if not wanted or one.name in wanted]


def _cache(out: Path) -> Cache | None:
    """The packaged model's vectors, or None where it is not installed: its rows are then left out."""
    try:
        model = embedder("packaged", cache=out)
    except EmbeddingError as error:
        print(f"Without the sentence model: {error}", file=sys.stderr)
        return None
    return Cache(out, model) if model else None


def _examples(options: Any, cache: Cache | None) -> tuple[list[Examples], dict[str, list[tuple[str, int]]]]:
    """What TRAIN teaches, and its queries by text."""
    examples: list[Examples] = []
    texts: dict[str, list[tuple[str, int]]] = {}
    for collection in _chosen(options.train, options.train_sets):
        if collection.judgments:
            prepared = prepare(collection, cache, options.minutes)
            examples.append(_engine(prepared, prepared.scored).examples())
            for number, query in enumerate(collection.queries):
                texts.setdefault(query.whole, []).append((collection.name, number))
            print(f"read {collection.name} to learn from", file=sys.stderr, flush=True)
    return examples, texts


def prepare(collection: Collection, cache: Cache | None, minutes: float) -> Prepared:
    """Vectors of everything; where that takes too long, of the best documents of as many queries as there is time."""
    words = Words(collection.documents)
    answered = collection.answered() or list(range(len(collection.queries)))
    if cache is None:
        return Prepared(collection, words, answered)
    documents, queries = ([text.whole for text in texts] for texts in (collection.documents, collection.queries))
    cache.vectors(queries)
    needed = cache.seconds(documents)
    if needed <= 60 * minutes:
        cache.vectors(documents)
    else:
        some = int(len(documents) * 60 * minutes / needed)
        answered, pool = _sampled(collection, words, answered, some)
        cache.vectors([documents[place] for place in pool])
    held, asked = cache.held(documents), cache.held(queries)
    posts = cache.readable(documents, held), cache.readable(queries, asked)
    return Prepared(collection, words, answered, held, asked, posts)


def _sampled(
    collection: Collection, words: Words, answered: Sequence[int], documents: int
) -> tuple[list[int], list[int]]:
    """Queries, in a fixed order by chance, until the best documents of all together are so many."""
    pool: set[int] = set()
    sample: list[int] = []
    for number in np.random.default_rng(0).permutation(np.array(answered)).tolist():
        query = collection.queries[number]
        found = words.bm25(query) + words.cosine(query)
        more = pool | set(np.argsort(-found, kind="stable")[:POOL].tolist())
        if len(more) > documents and sample:
            break
        pool, sample = more, [*sample, number]
    return sorted(sample), sorted(pool)


def measure(
    prepared: Prepared, examples: Sequence[Examples], texts: Mapping[str, list[tuple[str, int]]], out: Path
) -> dict[str, Any]:
    """One row of the table; the engine's ranking of every query is written to OUT."""
    collection, started = prepared.collection, time.perf_counter()
    everything = list(range(len(collection.queries)))
    engine = _engine(prepared, everything)
    ours = {"shipped": {number: engine.scores(number, shipped()) for number in everything}}
    if examples:
        twins = {n: texts.get(query.whole, []) for n, query in enumerate(collection.queries)}
        ours["learned"] = {
            number: engine.scores(number, ranker)
            for held, ranker in folds(examples, everything, twins)
            for number in held
        }
    write(out / f"{collection.name}.trec", collection, ours["learned" if examples else "shipped"])
    row: dict[str, Any] = {"set": collection.name, "queries": len(prepared.scored), "sampled": prepared.sampled}
    row["seconds"] = round(time.perf_counter() - started, 1)
    if not collection.judgments:
        return row
    values = {name: _worths(collection, prepared.scored, found) for name, found in (_rivals(prepared) | ours).items()}
    row |= {"measure": collection.measure, **{name: round(float(v.mean()), 4) for name, v in values.items()}}
    rivals = [name for name in RIVALS if name in values]
    best = max(rivals, key=lambda name: (row[name], name))
    mine = values["learned" if examples else "shipped"]
    low, high = interval(mine - values[best])
    return row | {"best_rival": best, "over_best": [round(low, 4), round(high, 4)], "below": high < 0}


def _engine(prepared: Prepared, queries: Sequence[int]) -> Engine:
    return Engine(prepared.collection, queries, *(prepared.posts or (None, None)))


def _worths(collection: Collection, scored: Sequence[int], found: Mapping[int, Ranking]) -> NDArray[np.float64]:
    return np.array([worth(collection, collection.queries[number], found[number]) for number in scored])


def _rivals(prepared: Prepared) -> dict[str, dict[int, Ranking]]:
    """The scores of every rival for the queries to score."""
    documents = [document.id for document in prepared.collection.documents]
    found: dict[str, dict[int, Ranking]] = {name: {} for name in RIVALS if name in RIVALS[:2] or _has(prepared)}
    for number in prepared.scored:
        query = prepared.collection.queries[number]
        scores = {"bm25": prepared.words.bm25(query), "tfidf": prepared.words.cosine(query)}
        if prepared.documents is not None and prepared.queries is not None:
            products = prepared.documents @ prepared.queries[number]
            scores["minilm"] = np.nan_to_num(products, nan=-1.0)
            scores["rrf"] = fused(scores["bm25"], products)
        for name, values in scores.items():
            found[name][number] = dict(zip(documents, values.tolist(), strict=True))
    return found


def _has(prepared: Prepared) -> bool:
    return prepared.documents is not None


def write(path: Path, collection: Collection, rankings: Mapping[int, Ranking]) -> None:
    """A run in the TREC form: the best of every query, in a pooled set all documents."""
    with path.open("w", encoding="utf-8") as file:
        for number in sorted(rankings):
            scores, query = rankings[number], collection.queries[number]
            ranked = sorted(scores, key=lambda id: (-scores[id], id))[: None if collection.pooled else DEEP]
            file.writelines(
                f"{query.id} Q0 {id} {place} {scores[id]:.6f} {TAG}\n" for place, id in enumerate(ranked, 1)
            )


def line(row: Mapping[str, Any]) -> str:
    """A set's row for people."""
    if "measure" not in row:
        return f"{row['set']:<18} {row['queries']:>5} queries, no judgments"
    figures = "  ".join(f"{n} {row[n]:.3f}" for n in (*RIVALS, "shipped", "learned") if n in row)
    low, high = row["over_best"]
    mark = "*" if row["sampled"] else " "
    return f"{row['set']:<18}{mark}{row['queries']:>5}  {row['measure']:<8} {figures}  ({low:+.3f} … {high:+.3f})"


def means(rows: Iterable[Mapping[str, Any]]) -> dict[str, float]:
    """The mean over the sets of each row's gain over BM25."""
    judged = [row for row in rows if row.get("bm25")]
    names = [name for name in (*RIVALS[1:], "shipped", "learned") if judged and all(name in row for row in judged)]
    return {name: round(float(np.mean([row[name] / row["bm25"] - 1 for row in judged])), 4) for name in names}


def summary(rows: Sequence[Mapping[str, Any]]) -> str:
    gains = ", ".join(f"{name} {100 * gain:+.1f} %" for name, gain in means(rows).items())
    return f"over BM25, mean of the sets: {gains}\n(…) 95 % interval of the difference to the best rival; * a sample"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
