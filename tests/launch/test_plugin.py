"""A test run starts its own servers, shares them with its parallel workers, and uses exported ones when told to."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from launch.project import ROOT

pytestmark = pytest.mark.slow
INSIDE = """
import os
import pathlib
import redis

def test_the_broker_answers():
    with redis.from_url(os.environ["REDIS_URL"]) as broker:
        assert broker.ping()
    place = pathlib.Path(__file__).with_name(os.environ.get("PYTEST_XDIST_WORKER", "alone"))
    place.write_text(os.environ["REDIS_URL"] + " " + os.environ["CELERY_BROKER_URL"])

test_it_answers_twice = test_the_broker_answers
"""
NAMES = ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL", "TENON_TEST_SERVERS")


def run(folder: Path, *options: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a small test file in a pytest of its own."""
    (folder / "test_inside.py").write_text(INSIDE)
    clean = {name: value for name, value in os.environ.items() if name not in NAMES and not name.startswith("PYTEST_")}
    plain = ["-c", os.devnull, "--rootdir", str(folder), "-p", "tests.plugin", "-p", "no:django"]
    command = [sys.executable, "-m", "pytest", *plain, *options, str(folder / "test_inside.py")]
    return subprocess.run(command, cwd=ROOT, env=clean | variables, capture_output=True, text=True)


def test_a_run_starts_servers_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    done = run(tmp_path)

    assert done.returncode == 0, done.stdout
    assert "servers: embedded, thrown away at the end" in done.stdout
    socket = Path((tmp_path / "alone").read_text().split("?")[0].removeprefix("unix://"))
    assert not socket.parents[1].exists()


def test_parallel_workers_share_the_servers_and_have_a_broker_database_each(tmp_path: Path) -> None:
    done = run(tmp_path, "-n", "2", "--dist", "each")

    urls = [(tmp_path / worker).read_text().split() for worker in ("gw0", "gw1")]
    assert done.returncode == 0, done.stdout
    assert urls[0][0].split("?")[0] == urls[1][0].split("?")[0]
    assert [url.partition("?")[2] for pair in urls for url in pair] == [
        "db=1",
        "virtual_host=1",
        "db=2",
        "virtual_host=2",
    ]


def test_exported_urls_are_used_as_they_are(tmp_path: Path) -> None:
    exported = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL")}
    exported["CELERY_BROKER_URL"] = os.environ.get("CELERY_BROKER_URL", exported["REDIS_URL"])

    done = run(tmp_path, **exported)

    assert done.returncode == 0, done.stdout
    assert "servers: those of DATABASE_URL and REDIS_URL" in done.stdout
    assert (tmp_path / "alone").read_text().split()[0] == exported["REDIS_URL"]
