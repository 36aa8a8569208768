"""The ranking benchmark at a small size, on collections made up here."""

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.ranking import __main__ as bench
from benchmarks.ranking import engine
from benchmarks.ranking.sets import interval, read, worth
from matching.engine.ranker import Ranker

TOPICS = [
    "bearing raceway grinding",
    "soybean sauce fermentation",
    "membrane water desalination",
    "camera lens coating",
]


def lines(path: Path, rows: list[dict[str, str]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


def collection(root: Path, name: str, *, judged: bool = True) -> Path:
    """Eight needs, two a topic, before forty achievements, ten a topic; the first two of the topic are relevant."""
    folder = root / name
    folder.mkdir(parents=True)
    documents = [
        {"id": f"D{n:02}", "title": "", "text": f"{TOPICS[n % 4]} process {n} with control {n % 7}"} for n in range(40)
    ]
    queries = [{"id": f"Q{n}", "title": "", "text": f"we look for {TOPICS[n % 4]} number {n}"} for n in range(8)]
    lines(folder / "docs.jsonl.gz", documents)
    lines(folder / "queries.jsonl.gz", queries)
    if judged:
        rows = [f"Q{n}\tD{n % 4 + 4 * k:02}\t{1 if k < 2 else 0}" for n in range(8) for k in range(10)]
        (folder / "qrels.tsv").write_text("query_id\tdoc_id\trelevance\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def without_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    # The sentence model has tests of its own; here it would take most of the time.
    monkeypatch.setattr(bench, "_cache", lambda _: None)


def run(capsys: pytest.CaptureFixture[str], *arguments: Path | str) -> dict[str, Any]:
    assert bench.main([str(argument) for argument in arguments]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return found


def test_the_last_line_is_the_table_and_the_runs_are_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    collection(tmp_path / "data", "made_up")

    found = run(capsys, tmp_path / "data", tmp_path / "out")

    (row,) = found["sets"]
    assert {"bm25", "tfidf", "shipped", "best_rival", "over_best"} <= set(row)
    assert row["measure"] == "nDCG@10"
    written = (tmp_path / "out" / "made_up.trec").read_text(encoding="utf-8").splitlines()
    assert len(written) == 8 * 40
    assert written[0].split()[:2] == ["Q0", "Q0"]
    assert [line.split()[3] for line in written[:40]] == [str(place) for place in range(1, 41)]


def test_a_set_without_judgments_is_ranked_and_not_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    collection(tmp_path / "data", "made_up", judged=False)

    found = run(capsys, tmp_path / "data", tmp_path / "out")

    assert "shipped" not in found["sets"][0]
    assert (tmp_path / "out" / "made_up.trec").stat().st_size > 0


def test_what_is_learned_has_never_seen_the_query_it_is_scored_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = collection(tmp_path / "data", "made_up")
    collection(tmp_path / "train", "same_texts_under_another_name")
    seen: list[set[int]] = []
    learn = engine.learn

    def watched(examples: list[engine.Examples]) -> Ranker:
        seen.append({int(query) for some in examples for query in some.queries})
        return learn(examples)

    monkeypatch.setattr(engine, "learn", watched)
    found = run(capsys, tmp_path / "data", tmp_path / "out", "--train", tmp_path / "train")

    assert "learned" in found["sets"][0]
    assert len(seen) == 5
    everything = set(range(len(read(folder).queries)))
    assert set.union(*(everything - taught for taught in seen)) == everything


def test_ties_are_broken_by_document_and_the_rest_of_a_pool_is_not_looked_at(tmp_path: Path) -> None:
    made = read(collection(tmp_path, "bdci_made_up"))

    # D04 and D08 are worth the same: D04 goes first; what was not judged does not count, however high it stands.
    best = worth(made, made.queries[0], {"D01": 9.0, "D00": 2.0, "D08": 1.0, "D04": 1.0})

    assert best == pytest.approx(1.0)


def test_the_interval_of_a_difference_holds_its_mean() -> None:
    differences = np.random.default_rng(2).normal(0.05, 0.1, 200)

    low, high = interval(differences)

    assert 0 < low < differences.mean() < high < 0.1
