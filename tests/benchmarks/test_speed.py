"""The speed benchmark runs the production engine and says what it is asked to say; at a small size here."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.speed.corpus import Platform

ROOT = Path(__file__).resolve().parents[2]
KEYS = (
    "n build_s load_s bytes_per_doc_disk bytes_per_doc_ram p50_ms p95_ms batch_ms "
    "rival_p50_ms rival_p95_ms rival_batch_ms batch_1_processes_ms batch_2_processes_ms"
)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_last_line_holds_every_figure() -> None:
    sizes = ["--posts", "1500", "--needs", "20", "--batch", "32", "--processes", "1", "2"]
    ran = subprocess.run([sys.executable, "-m", "benchmarks.speed", *sizes], cwd=ROOT, capture_output=True, text=True)

    assert ran.returncode == 0, ran.stderr
    figures = json.loads(ran.stdout.splitlines()[-1])
    assert set(KEYS.split()) <= set(figures)
    assert figures["n"] == 1500
    assert all(figures[key] > 0 for key in KEYS.split() if key != "bytes_per_doc_ram")


def test_a_platform_is_the_same_whichever_part_is_asked_for() -> None:
    platform = Platform(3000)

    whole, part = list(platform.achievements(900, 1200)), list(platform.achievements(1000, 1005))

    assert whole[100:105] == part
    assert whole[100].vector is not None
    assert (whole[100].vector == part[0].vector).all()
    assert [need.id for need in platform.needs(5, 8)] == [5, 6, 7]
