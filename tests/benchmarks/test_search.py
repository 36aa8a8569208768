"""The benchmark of the catalogue runs at a small size, and prints what is read by programs."""

import json
import os
import subprocess
import sys

from launch.project import ROOT

COMMAND = ["-m", "benchmarks.search", "--posts", "300", "--queries", "12"]


def test_the_benchmark_of_search_loads_posts_asks_and_ends_with_its_figures() -> None:
    given = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    command = [sys.executable, "-m", "launch", "with-servers", "--", sys.executable, *COMMAND]

    done = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, timeout=240)

    assert done.returncode == 0, done.stderr[-2000:]
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures.keys() == {"n", "p50_ms", "p95_ms", "bare_p50_ms"}
    assert figures["n"] == 12
    assert 0 < figures["bare_p50_ms"] <= figures["p50_ms"] <= figures["p95_ms"]
