"""A second worker host in a network namespace of its own: it fetches the index and shares a rematch, over TCP alone."""

import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from tests.operations.test_processes import BIN, ROOT, postgres_over_tcp, process, redis_over_tcp, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

QUESTIONS = """
import json
from jobs.models import Job
from journal.models import Entry
from information.models import Need
from matching.models import Match, Shard, Snapshot
job = Job.objects.filter(kind="matching.rematch").latest("pk")
print(json.dumps({
    "needs": Need.objects.open().count(),
    "done": job.done,
    "running": job.running,
    "scored": Entry.objects.filter(name="matching.scoring.scored", at__gte=job.created_at).count(),
    "matches": sorted(Match.objects.values_list("need_id", "achievement_id", "score")),
    "folder": Snapshot.objects.serving().folder,
}))
"""


@contextmanager
def other_host() -> Iterator[tuple[str, str]]:
    """A network namespace joined to this machine by one cable; gives its name and this machine's address on it."""
    if os.geteuid() != 0 or shutil.which("ip") is None:
        pytest.skip("a second host needs root and iproute2, to make a network namespace")
    name, wire = f"tenon-{os.getpid()}", f"tn{os.getpid() % 1_000_000}"
    # A net of this run's own: one that was killed may have left its cable behind.
    net = f"10.203.{os.getpid() % 250}"
    here, there = f"{net}.1", f"{net}.2"
    made = subprocess.run(["ip", "netns", "add", name], capture_output=True, text=True)
    if made.returncode:
        pytest.skip(f"network namespaces are forbidden here: {made.stderr.strip()}")
    steps = (
        f"ip link add {wire}a type veth peer name {wire}b",
        f"ip link set {wire}b netns {name}",
        f"ip addr add {here}/30 dev {wire}a",
        f"ip link set {wire}a up",
        f"ip -n {name} addr add {there}/30 dev {wire}b",
        f"ip -n {name} link set {wire}b up",
        f"ip -n {name} link set lo up",
    )
    try:
        for step in steps:
            laid = subprocess.run(step.split(), capture_output=True, text=True)
            if laid.returncode:
                pytest.skip(f"no cable can be laid to a namespace here: {laid.stderr.strip()}")
        yield name, here
    finally:
        subprocess.run(["ip", "link", "del", f"{wire}a"], capture_output=True)
        subprocess.run(["ip", "netns", "del", name], capture_output=True)


def open_jobs(url: str) -> int:
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM jobs_job WHERE ended_at IS NULL")
        found: int = cursor.fetchone()[0]
        return found


def wait_until_ready(log: Path) -> None:
    """Until the worker that writes this log takes tasks."""
    wait_for(lambda: "ready." in log.read_text(), "the worker's start", seconds=120)


def test_two_hosts_share_a_rematch_and_find_the_same(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with ExitStack() as stack:
        namespace, here = stack.enter_context(other_host())
        folders = {name: tmp_path / name for name in ("postgres", "redis", "shared", "first", "second")}
        for folder in folders.values():
            folder.mkdir()
        common = {name: value for name, value in os.environ.items() if not name.startswith(("TENON_", "CELERY_"))} | {
            "DATABASE_URL": stack.enter_context(postgres_over_tcp(folders["postgres"], here)),
            "REDIS_URL": stack.enter_context(redis_over_tcp(folders["redis"], here)),
            "TENON_SECRET_KEY": secrets.token_urlsafe(50),
            "TENON_PLAIN_HTTP": "1",
            "TENON_INDEX_STORAGE": str(folders["shared"]),
        }
        first, second = (common | {"TENON_DATA_DIR": str(folders[name])} for name in ("first", "second"))

        def manage(*arguments: str) -> str:
            command = [sys.executable, "manage.py", *arguments]
            ran = subprocess.run(command, cwd=ROOT, env=first, capture_output=True, text=True)
            assert ran.returncode == 0, ran.stderr
            return ran.stdout

        def carry_out(command: str) -> None:
            """Start a job and wait for its end, however many other tasks stand before it in the queue."""
            manage(command)
            wait_for(lambda: not open_jobs(common["DATABASE_URL"]), f"the end of {command}", seconds=300)

        def state() -> dict[str, Any]:
            found: dict[str, Any] = json.loads(manage("shell", "-v", "0", "-c", QUESTIONS).splitlines()[-1])
            return found

        worker = [str(BIN / "celery"), "-A", "config.celery", "worker", "--concurrency", "1", "--loglevel", "INFO"]
        manage("migrate", "-v", "0")
        manage("load_taxonomy")
        manage("load_demo")

        with process([*worker, "-n", "first"], tmp_path / "first.log", env=first, cwd=ROOT):
            wait_until_ready(tmp_path / "first.log")
            carry_out("build_index")
            carry_out("rematch")
            alone = state()

        away = ["ip", "netns", "exec", namespace, *worker, "-n", "second"]
        with process(away, tmp_path / "second.log", env=second, cwd=ROOT):
            wait_until_ready(tmp_path / "second.log")
            carry_out("rematch")
            there = state()

            with process([*worker, "-n", "first"], tmp_path / "again.log", env=first, cwd=ROOT):
                wait_until_ready(tmp_path / "again.log")
                carry_out("rematch")
                together = state()

        cached = folders["second"] / "index-cache" / alone["folder"] / "manifest.json"
        assert cached.read_bytes() == (folders["shared"] / alone["folder"] / "manifest.json").read_bytes()
        for after in (alone, there, together):
            assert (after["done"], after["running"], after["scored"]) == (after["needs"], False, after["needs"])
        assert len(alone["matches"]) > 50
        assert there["matches"] == alone["matches"]
        assert together["matches"] == alone["matches"]
