"""Load posts into a throw-away database, ask two hundred questions, print how long the pages took.

    python -m launch with-servers -- python -m benchmarks.search [--posts 100000] [--queries 200]

Each question is a full page with facets, asked through Django's handler with all middleware: Chinese and English, rare
and common words, none to three facets, as visitor and as member. Between them the bare frame is asked for, so that both
are measured under the same load. The last line is JSON.
"""

import argparse
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import override_settings  # noqa: E402

from benchmarks.search.asking import Asked, Asker  # noqa: E402
from benchmarks.search.posts import Writer  # noqa: E402
from taxonomy.loading import load as load_taxonomy  # noqa: E402

PLAIN = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TAXONOMY = Path(__file__).resolve().parents[2] / "seeds" / "taxonomy"
WARM_UP = 20


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Speed of the catalogue")
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--slowest", type=int, default=5, help="how many of the slowest pages to name")
    options = parser.parse_args(arguments)
    if not options.posts or not options.queries:
        parser.error("at least one post and one query")
    call_command("migrate", verbosity=0)
    load_taxonomy(TAXONOMY)
    writer = load(options.posts, options.seed)
    with override_settings(ROOT_URLCONF="benchmarks.search.urls", STORAGES=PLAIN):
        asker = Asker(writer, random.Random(options.seed + 1))
        for _ in range(min(WARM_UP, options.queries)):
            asker.ask()
        answers = [asker.ask() for _ in range(options.queries)]
    report(answers, options.slowest)
    return 0


def load(number: int, seed: int) -> Writer:
    """The posts, and statistics for the planner as autovacuum would gather them."""
    writer, started, shown = Writer(seed), time.perf_counter(), 0
    for done in writer.write(number):
        if done - shown >= 10_000 or done == number:
            shown = done
            print(f"{done} of {number} posts, {time.perf_counter() - started:.0f} s", flush=True)
    with connection.cursor() as cursor:
        # The pages keep the limit that they have in operation.
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("RESET statement_timeout")
    return writer


def report(answers: Sequence[Asked], slowest: int) -> None:
    """Percentiles for people, then for programs."""
    pages, bare = [each.ms for each in answers], [each.bare_ms for each in answers]
    for label, times in groups(answers).items():
        print(f"{label:<22} n {len(times):>4}   p50 {middle(times):6.1f} ms   p95 {late(times):6.1f} ms")
    for each in sorted(answers, key=lambda one: -one.ms)[:slowest]:
        print(f"{each.ms:7.1f} ms  {each.address}")
    print(f"{'bare page':<22} n {len(bare):>4}   p50 {middle(bare):6.1f} ms   p95 {late(bare):6.1f} ms")
    figures = {"n": len(pages), "p50_ms": middle(pages), "p95_ms": late(pages), "bare_p50_ms": middle(bare)}
    print(json.dumps(figures))


def groups(answers: Sequence[Asked]) -> dict[str, list[float]]:
    """Times by what was asked."""
    found: dict[str, list[float]] = {"all pages": []}
    for each in answers:
        for label in ("all pages", *each.labels):
            found.setdefault(label, []).append(each.ms)
    return dict(sorted(found.items()))


def middle(times: Sequence[float]) -> float:
    return round(statistics.median(times), 1)


def late(times: Sequence[float]) -> float:
    """The 95th percentile."""
    return round(sorted(times)[min(len(times) - 1, int(len(times) * 0.95))], 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
