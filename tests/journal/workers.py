"""A real Celery worker on the test's database and broker, which a test may kill."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.db import connection
from redis import Redis

ROOT = Path(__file__).resolve().parents[2]


def test_database_url() -> str:
    """The URL of the database in which the tests run, which is not the one in the environment."""
    url = urlsplit(os.environ["DATABASE_URL"])
    return url._replace(path=f"/{quote(str(connection.settings_dict['NAME']))}").geturl()


def empty_broker() -> None:
    """Forget the doorbells of tests before."""
    with Redis.from_url(settings.REDIS_URL) as client:
        client.flushdb()


class WorkerGroup:
    """A worker with two processes in a group of its own; what it has to say goes to the file."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = os.environ | {"DATABASE_URL": test_database_url(), "TENON_LOG_LEVEL": "ERROR"}
        # Without what only matters to a fleet of workers: it costs a second at each start.
        alone = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        command = [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "--concurrency", "2", *alone]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
            )

    def assert_alive(self) -> None:
        """Fail with the worker's last words if it ended by itself."""
        assert self.process is not None
        assert self.process.poll() is None, self.log.read_text()[-2000:]

    def kill(self) -> None:
        """kill -9 of the whole group; nothing is finished, nothing handed back."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None
