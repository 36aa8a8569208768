"""Judged collections, and what a ranking of them is worth."""

import gzip
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
DEPTH: Final = 10
DRAWS: Final = 10_000


@dataclass(frozen=True)
class Text:
    """A document or a query."""

    id: str
    title: str
    body: str

    @property
    def whole(self) -> str:
        return f"{self.title}\n{self.body}".strip()


@dataclass(frozen=True)
class Collection:
    """One set of the data folder; `judgments` by query and document, empty where nobody has judged."""

    name: str
    documents: Sequence[Text]
    queries: Sequence[Text]
    judgments: Mapping[str, Mapping[str, int]]

    @property
    def pooled(self) -> bool:
        """Only the judged documents of each query are ranked: the others may be as good and nobody looked."""
        return self.name.startswith("bdci")

    @property
    def reciprocal(self) -> bool:
        """One answer a query, measured by its reciprocal rank."""
        return self.name.startswith("xl")

    @property
    def measure(self) -> str:
        return f"MRR@{DEPTH}" if self.reciprocal else f"nDCG@{DEPTH}"

    def answered(self) -> list[int]:
        """The places of the queries that have a relevant document."""
        return [n for n, query in enumerate(self.queries) if any(g > 0 for g in self.judged(query).values())]

    def judged(self, query: Text) -> Mapping[str, int]:
        return self.judgments.get(query.id, {})


def collections(folder: Path) -> list[Collection]:
    """The sets below a folder, by name; a set is a folder with documents and queries."""
    return [read(path.parent) for path in sorted(folder.glob("*/docs.jsonl.gz"))]


def read(folder: Path) -> Collection:
    """Raises OSError or ValueError for files that are not in the described form."""
    documents, queries = (_texts(folder / f"{name}.jsonl.gz") for name in ("docs", "queries"))
    return Collection(folder.name, documents, queries, read_judgments(folder / "qrels.tsv"))


def _texts(path: Path) -> list[Text]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    return [Text(str(row["id"]), row.get("title") or "", row.get("text") or "") for row in rows]


def read_judgments(path: Path) -> dict[str, dict[str, int]]:
    """Relevance by query and document; empty where there is no such file."""
    found: dict[str, dict[str, int]] = {}
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            query, document, relevance = line.split("\t")
            found.setdefault(query, {})[document] = int(relevance)
    return found


def worth(collection: Collection, query: Text, scores: Mapping[str, float]) -> float:
    """What an order is worth to a query with a relevant document; ties are broken by document id, ascending."""
    judged = collection.judged(query)
    if collection.pooled:
        scores = {id: scores.get(id, -math.inf) for id in judged}
    ranked = sorted(scores, key=lambda id: (-scores[id], id))[:DEPTH]
    if collection.reciprocal:
        return next((1 / place for place, id in enumerate(ranked, 1) if judged.get(id, 0) > 0), 0.0)
    return gain([judged.get(id, 0) for id in ranked]) / gain(sorted(judged.values(), reverse=True))


def gain(relevances: Sequence[int]) -> float:
    """Discounted cumulative gain of 2^relevance - 1 (Järvelin and Kekäläinen, 2002; Burges et al., 2005)."""
    return math.fsum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(relevances[:DEPTH]))


def interval(differences: Array, seed: int = 0) -> tuple[float, float]:
    """The 95 % interval of a mean of paired differences, by the bootstrap over queries."""
    random = np.random.default_rng(seed)
    picks = random.integers(0, len(differences), (DRAWS, len(differences)))
    low, high = np.quantile(differences[picks].mean(axis=1), [0.025, 0.975])
    return float(low), float(high)
