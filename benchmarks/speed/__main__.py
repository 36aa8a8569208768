"""Speed and size of the production engine on a generated platform, beside a pipeline of well-kept libraries.

    python -m benchmarks.speed [--posts 100000] [--needs 200] [--batch 1000] [--rounds 3]

The same texts and vectors for both, in the same run, on one thread of BLAS each (set OPENBLAS_NUM_THREADS to change
it). The last line is the result as JSON; times of needs are in milliseconds and hold everything from the need's text
to the twenty best with their scores: all signals, the learned order, figures against targets. `build_s` is without
embedding and without making up the texts.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.speed.corpus import Platform
from benchmarks.speed.measuring import apart, compete, say, serve, shared_out
from benchmarks.speed.serving import build

PROCESSES = (1, 2, 4)
SHARED_OUT = 256


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.speed", description="Speed and size of the matching engine")
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--needs", type=int, default=200, help="needs that are timed one by one")
    parser.add_argument("--batch", type=int, default=1000, help="needs that are timed together")
    parser.add_argument("--processes", type=int, nargs="*", default=PROCESSES)
    options = parser.parse_args(arguments)
    platform = Platform(options.posts)
    with tempfile.TemporaryDirectory(prefix="tenon-speed-") as name:
        folder = Path(name)
        figures: dict[str, Any] = {"n": options.posts, **build(platform, folder, options.batch + options.needs, say)}
        figures |= apart(serve, platform, folder, options.needs, options.batch)
        figures |= apart(compete, platform, options.needs, options.batch)
        figures |= {
            f"batch_{count}_processes_ms": shared_out(platform, folder, count, min(SHARED_OUT, options.batch))
            for count in options.processes
        }
    for key, value in figures.items():
        print(f"{key:<24} {value}")
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
