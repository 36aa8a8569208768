"""A stand-in project for the launcher: the real servers, gunicorn and Celery around a few lines of application."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from launch.leftovers import wait_until
from launch.project import ROOT

MANAGE = """
import os, sys
print("ran", *sys.argv[1:])
if sys.argv[1] == os.environ.get("FAILING_STEP"):
    sys.exit(os.environ["FAILING_WORDS"])
"""
WSGI = """
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "application/json")])
    return [b'{"status": "ok"}']
"""
CELERY = """
import os
from celery import Celery
app = Celery("stand-in", broker=os.environ["CELERY_BROKER_URL"])
"""
PEOPLE = {
    "members": [
        {"email": "second@works.example", "name": "Second", "organization": "works", "role": "contributor"},
        {"email": "first@works.example", "name": "First", "organization": "works", "role": "manager"},
    ],
    "offices": [{"email": "admin@example.example", "name": "Admin", "office": "administrator"}],
}
NEED = {"external_id": "n1", "organization": "works", "title_zh": "精密主轴", "visibility": "public"}
ACHIEVEMENT = {"external_id": "a1", "organization": "works", "title_zh": "主轴轴承"}
INTENDED = [{"need": "n1", "achievement": "a1"}]
ORGANIZATIONS = [{"code": "works", "kind": "enterprise"}]


@dataclass
class Run:
    """A demonstration started as a process; what it prints goes to `output`."""

    process: subprocess.Popen[bytes]
    output: Path
    data: Path

    @property
    def text(self) -> str:
        """Everything printed so far."""
        return self.output.read_text()

    def wait_ready(self) -> None:
        """Return when the address has been printed."""
        assert wait_until(lambda: "Ctrl-C stops it" in self.text or self.process.poll() is not None, 60)
        assert self.process.poll() is None, self.text

    def end(self, timeout: float = 40) -> int:
        """Its exit code."""
        return self.process.wait(timeout)

    def pids(self) -> dict[str, int]:
        """The process ids of its children by the program's name on the command line."""
        found: dict[str, int] = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and self._is_parent_of(entry):
                command = (entry / "cmdline").read_bytes().decode().replace("\0", " ")
                words = ("postgres", "valkey-server", "gunicorn", "worker", "beat")
                found |= {word: int(entry.name) for word in words if f"{word} " in command}
        return found

    def _is_parent_of(self, entry: Path) -> bool:
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            return False
        return int(fields[1]) == self.process.pid


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """An empty folder whose path is short enough for sockets, which pytest's own is not."""
    folder = Path(tempfile.mkdtemp(prefix="tenon-test-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def free_port() -> int:
    """A port that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project folder that holds the launcher and the stand-in application."""
    shutil.copytree(ROOT / "platform" / "launch", tmp_path / "platform" / "launch")
    config = tmp_path / "platform" / "config"
    seeds = tmp_path / "seeds" / "demo"
    for folder in (config, seeds, tmp_path / "seeds" / "taxonomy"):
        folder.mkdir(parents=True)
    (tmp_path / "manage.py").write_text(MANAGE)
    (config / "__init__.py").touch()
    (config / "wsgi.py").write_text(WSGI)
    (config / "celery.py").write_text(CELERY)
    (seeds / "people.json").write_text(json.dumps(PEOPLE))
    (seeds / "organizations.json").write_text(json.dumps(ORGANIZATIONS))
    (seeds / "needs-1.jsonl").write_text(json.dumps(NEED))
    (seeds / "achievements-1.jsonl").write_text(json.dumps(ACHIEVEMENT))
    (seeds / "intended-1.json").write_text(json.dumps(INTENDED))
    return tmp_path


@pytest.fixture
def demo(project: Path, short_folder: Path, free_port: int) -> Iterator[Callable[..., Run]]:
    """Start a demonstration of the stand-in project; keyword arguments become environment variables."""
    runs: list[Run] = []

    def start(*, port: int = free_port, data: Path = short_folder, **variables: str) -> Run:
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
        output = short_folder / f"output-{len(runs)}"
        with output.open("wb") as file:
            process = subprocess.Popen(
                [sys.executable, "-m", "launch", "demo", "--data", str(data), "--port", str(port)],
                cwd=project,
                env=kept | {"PYTHONPATH": str(project / "platform")} | variables,
                stdout=file,
                stderr=file,
                start_new_session=True,
            )
        runs.append(Run(process, output, data))
        return runs[-1]

    yield start
    for run in runs:
        if run.process.poll() is None:
            run.process.send_signal(signal.SIGTERM)
            run.end()
