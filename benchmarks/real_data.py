"""The main job on real data: import, publish and match through the product's own services and a Celery worker.

    python -m launch with-servers -- python -m benchmarks.real_data DATA_FOLDER

The folder holds `docs.jsonl.gz` (achievements), `queries.jsonl.gz` and, if there are any, `queries_unlabelled.jsonl.gz`
(needs; {"id", "title", "text"} a line), and `qrels.tsv`. The database named by the environment has to be an empty one.
Starts a worker of two processes and ends it. Nothing of the data is written anywhere but into that database and a
temporary folder; `--show` prints some suggestions for looking at.
"""

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import fmean
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Any

import django

from benchmarks.ranking.sets import gain, read_judgments

if TYPE_CHECKING:
    from accounts.models import Organization, User
    from information.models import Import
    from jobs.models import Job

PROCESSES = 2
TITLE = 120
USCC = {"enterprise": "91210100MA0TN0A10L", "university": "12210000MB0TN0H868"}
Figures = dict[str, Any]


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Import, publishing and matching of real data")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", type=int, default=0, help="print the best suggestions of this many needs")
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    with tempfile.TemporaryDirectory() as place, worker() as process:
        figures = run(options.folder, Path(place), process.pid)
    figures |= quality(options.folder)
    for name, value in figures.items():
        print(f"{name:<32} {value}")
    show(options.show)
    print(json.dumps(figures, ensure_ascii=False))
    return 0


@contextmanager
def worker() -> Iterator[subprocess.Popen[bytes]]:
    """A Celery worker beside this process, on migrated tables with the taxonomies loaded."""
    from django.core.management import call_command

    from config.celery import app

    call_command("migrate", verbosity=0)
    call_command("load_taxonomy")
    command = [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "-c", str(PROCESSES), "-l", "WARNING"]
    process = subprocess.Popen(command)
    try:
        # Its start-up is no part of any figure.
        while not app.control.ping(timeout=1.0):
            if process.poll() is not None:
                raise RuntimeError("the worker did not start")
        yield process
    finally:
        process.terminate()
        process.wait(timeout=60)


def run(folder: Path, place: Path, worker_pid: int) -> Figures:
    """The whole way from files to suggestions; gives what it took."""
    from information.importing import publish_all

    enterprise, buyer = organization("enterprise")
    university, seller = organization("university")
    judge = administrator()
    needs, achievements = write_needs(folder, place), write_achievements(folder, place)
    figures: Figures = {}
    imports = {
        "needs": take_in(needs, "need", enterprise, buyer, figures),
        "achievements": take_in(achievements, "achievement", university, seller, figures),
    }
    # Achievements first, so that one rematch, that after the needs, has everything before it.
    for name in ("achievements", "needs"):
        job = ended(publish_all(imports[name], by=judge))
        figures[f"{name}_published"] = job.result
        figures[f"{name}_published_per_s"] = rate(job)
    figures |= matched()
    figures["worker_peak_mb"] = peak_memory(worker_pid)
    return figures


def organization(kind: str) -> tuple["Organization", "User"]:
    """An organization of the kind and its manager."""
    from accounts.models import Membership, Organization, User
    from taxonomy.models import Region

    owner = Organization.objects.create(
        kind=kind, uscc=USCC[kind], name_zh=kind, region=Region.objects.get(code="210100")
    )
    manager = User.objects.create_user(f"{kind}@tenon.example", name=kind, language="en")
    Membership.objects.create(user=manager, organization=owner, role="manager")
    return owner, manager


def administrator() -> "User":
    from accounts.models import Office, User

    user = User.objects.create_user("administrator@tenon.example", name="administrator", language="en")
    Office.objects.create(user=user, kind="administrator")
    return user


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    if path.exists():
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def write_needs(folder: Path, place: Path) -> Path:
    """All needs, judged or not, in import format."""
    rows = [row for name in ("queries", "queries_unlabelled") for row in read_rows(folder / f"{name}.jsonl.gz")]
    return write(place / "needs.jsonl", "development", "problem_zh", rows)


def write_achievements(folder: Path, place: Path) -> Path:
    return write(place / "achievements.jsonl", "patent", "description_zh", list(read_rows(folder / "docs.jsonl.gz")))


def write(path: Path, type: str, body: str, rows: Sequence[dict[str, Any]]) -> Path:
    """Rows with the text as body and, where there is no title, its beginning as that."""
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            title = (row["title"].strip() or row["text"].strip())[:TITLE]
            post = {"external_id": row["id"], "type": type, "title_zh": title, body: row["text"]}
            file.write(json.dumps(post, ensure_ascii=False) + "\n")
    return path


def take_in(path: Path, kind: str, owner: "Organization", by: "User", figures: Figures) -> "Import":
    """Import a file and note how it went."""
    from information.importing import accept

    with path.open("rb") as file:
        source = accept(file, kind=kind, owner=owner, by=by)
    assert source.job is not None
    job = ended(source.job)
    figures[f"{path.stem}_imported"] = job.result
    figures[f"{path.stem}_rows_per_s"] = rate(job)
    failed = source.rows.filter(outcome="failed").values_list("field", "reason")
    figures[f"{path.stem}_why_failed"] = {f"{field}: {why}": n for (field, why), n in Counter(failed).most_common(5)}
    return source


def ended(job: "Job") -> "Job":
    """The job once the worker has ended it; raises RuntimeError if it failed."""
    pulse = Event()
    while True:
        job.refresh_from_db()
        if job.ended_at is not None:
            if job.failure:
                raise RuntimeError(f"{job}: {job.failure}")
            return job
        pulse.wait(0.2)


def seconds(job: "Job") -> float:
    assert job.ended_at is not None
    return (job.ended_at - job.created_at).total_seconds()


def rate(job: "Job") -> float:
    return round(job.done / seconds(job), 1)


def matched() -> Figures:
    """Wait for the rematch that followed the last publishing, and for every scoring that is still due."""
    from django.db.models import Max

    from jobs.models import Job
    from matching.engine import band
    from matching.models import Match, Scoring

    pulse = Event()
    while Job.objects.filter(kind="matching.rematch").count() < 2:
        pulse.wait(0.2)
    job = ended(Job.objects.filter(kind="matching.rematch").latest("pk"))
    while Scoring.objects.due().exists():
        pulse.wait(0.2)
    best = Match.objects.values("need").annotate(best=Max("score")).values_list("best", flat=True)
    return {
        "matched_needs": job.done,
        "match_s": round(seconds(job), 1),
        "match_ms_per_need": round(1000 * seconds(job) / max(job.done, 1), 1),
        "suggestions": Match.objects.count(),
        "bands_of_first": dict(Counter(map(band, best))),
    }


def peak_memory(parent: int) -> list[float]:
    """Peak resident memory (VmHWM) of the worker and each of its processes, in MB."""
    peaks = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            facts = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
        except OSError:
            continue  # It ended meanwhile.
        if parent in (int(status.parent.name), int(facts["PPid"])):
            peaks.append(round(int(facts["VmHWM"].split()[0]) / 1024, 1))
    return sorted(peaks)


def quality(folder: Path) -> Figures:
    """nDCG@10 within the judged documents of each need, and how long an index takes from the stored posts to there."""
    from information.models import Achievement, Need
    from matching.live_index import live_index

    judgments = read_judgments(folder / "qrels.tsv")
    needs = dict(Need.objects.open().filter(external_id__in=judgments).values_list("external_id", "pk"))
    achievements = dict(Achievement.objects.open().values_list("external_id", "pk"))
    begun = monotonic()
    with live_index.lock:
        index = live_index.current()
        built = monotonic() - begun
        scores = {query: index.scores(pk) for query, pk in needs.items()}
    judged = {
        query: {document: grade for document, grade in documents.items() if document in achievements}
        for query, documents in judgments.items()
        if query in needs
    }
    found = {
        query: {document: scores[query].get(achievements[document], 0.0) for document in documents}
        for query, documents in judged.items()
    }
    return {"index_from_posts_s": round(built, 2), "ndcg10": mean_ndcg(found, judged)}


def mean_ndcg(scores: Mapping[str, Mapping[str, float]], judgments: Mapping[str, Mapping[str, int]]) -> float:
    """nDCG@10 within the judged documents, averaged over the needs that have a relevant one; ties by document id."""
    found = []
    for query, relevance in judgments.items():
        if any(relevance.values()):
            ranked = sorted(relevance, key=lambda id: (-scores[query][id], id))
            best = sorted(relevance.values(), reverse=True)
            found.append(gain([relevance[id] for id in ranked]) / gain(best))
    return round(fmean(found), 4)


def show(many: int) -> None:
    """The best suggestions of some needs, spread over all of them."""
    from information.models import Need
    from matching.models import Match

    needs = list(Need.objects.open().order_by("pk"))
    for need in needs[:: max(1, len(needs) // many)][:many] if many else ():
        print(f"\n■ {need.title_zh}  {need.problem_zh[:160]}")
        for match in Match.objects.filter(need=need).ranked().select_related("achievement")[:5]:
            print(f"   {match.score:.3f} {match.achievement.title_zh[:100]}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
