"""The commands of docker-compose.yml as plain processes, against the distribution's PostgreSQL and Redis over TCP."""

import json
import os
import secrets
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg2
import pytest
import yaml

from launch.children import tethered
from launch.identity import database_identity

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def installed_postgres() -> Path | None:
    """The newest PostgreSQL that the distribution installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def free_port(address: str = "127.0.0.1") -> int:
    with socket.socket() as probe:
        probe.bind((address, 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(condition: Callable[[], bool], what: str, seconds: float = 60) -> None:
    """Ask again and again until it holds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.1)
    pytest.fail(f"{what} did not happen within {seconds} s")


@contextmanager
def process(command: list[str], log: Path, **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A process of our own that is ended with the test."""
    with log.open("wb") as output:
        child = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, **options)
        try:
            yield child
        finally:
            child.send_signal(signal.SIGTERM)
            try:
                child.wait(60)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


@contextmanager
def postgres_over_tcp(folder: Path, address: str = "127.0.0.1") -> Iterator[str]:
    """A throw-away cluster of the distribution's PostgreSQL; gives its DATABASE_URL."""
    binaries = installed_postgres()
    if binaries is None:
        pytest.skip("the distribution's PostgreSQL is not installed (apt-get install postgresql)")
    identity = database_identity()
    if identity.owner is not None:
        shutil.chown(folder, identity.owner.pw_uid)
    port, cluster = free_port(address), folder / "cluster"
    env = {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}
    initdb = [str(binaries / "initdb"), "-D", str(cluster), "-U", "tenon", "-A", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run(tethered(initdb, identity=identity.spec), check=True, capture_output=True, env=env, cwd=folder)
    with (cluster / "pg_hba.conf").open("a") as rules:
        rules.write("host all all samenet trust\n")
    server = [str(binaries / "postgres"), "-D", str(cluster), "-p", str(port), "-k", "", "-h", address, "-F"]
    url = f"postgresql://tenon@{address}:{port}/postgres"
    with process(tethered(server, identity=identity.spec), folder / "postgres.log", env=env, cwd=folder):
        wait_for(lambda: answers(url), "PostgreSQL's start")
        yield url


def answers(url: str) -> bool:
    with suppress(psycopg2.OperationalError):
        psycopg2.connect(url).close()
        return True
    return False


@contextmanager
def redis_over_tcp(folder: Path, address: str = "127.0.0.1") -> Iterator[str]:
    """A throw-away Redis of the distribution, with the settings of docker-compose.yml."""
    if shutil.which("redis-server") is None:
        pytest.skip("the distribution's Redis is not installed (apt-get install redis-server)")
    port = free_port(address)
    command = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]["redis"]["command"]
    command += ["--port", str(port), "--bind", address, "--protected-mode", "no"]
    with process(command, folder / "redis.log", cwd=folder):

        def ready() -> bool:
            with suppress(OSError), socket.create_connection((address, port), 1):
                return True
            return False

        wait_for(ready, "Redis' start")
        yield f"redis://{address}:{port}/0"


def command_of(service: str, **replacements: str) -> list[str]:
    """A service's command from docker-compose.yml, with this environment's programs and free addresses."""
    parts = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"][service]["command"]
    for old, new in replacements.items():
        parts = [part.replace(old, new) for part in parts]
    return [str(BIN / parts[0]), *parts[1:]] if parts[0] != "sh" else ["sh", "-c", parts[-1]]


def get(url: str) -> tuple[int, str]:
    with suppress(OSError), urllib.request.urlopen(url, timeout=5) as answer:
        return answer.status, answer.read().decode()
    return 0, ""


def test_the_commands_of_compose_serve_and_match_against_debians_servers(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with ExitStack() as stack:
        folders = [tmp_path / name for name in ("postgres", "redis", "data")]
        for folder in folders:
            folder.mkdir()
        env = {name: value for name, value in os.environ.items() if not name.startswith(("TENON_", "CELERY_"))} | {
            "DATABASE_URL": stack.enter_context(postgres_over_tcp(folders[0])),
            "REDIS_URL": stack.enter_context(redis_over_tcp(folders[1])),
            "TENON_SECRET_KEY": secrets.token_urlsafe(50),
            "TENON_PLAIN_HTTP": "1",
            "TENON_DATA_DIR": str(folders[2]),
            "PATH": f"{BIN}:{os.environ['PATH']}",
        }
        manage = [sys.executable, "manage.py"]
        for arguments in (["compile_catalogues"], ["collectstatic", "--noinput", "-v", "0"]):
            subprocess.run([*manage, *arguments], cwd=ROOT, env=env, check=True, capture_output=True)
        subprocess.run(command_of("migrate"), cwd=ROOT, env=env, check=True, capture_output=True)
        subprocess.run([*manage, "load_demo"], cwd=ROOT, env=env, check=True, capture_output=True)
        port = free_port()
        for name, command in {
            "web": command_of("web", **{"0.0.0.0:8000": f"127.0.0.1:{port}"}),
            "worker": command_of("worker"),
            "beat": command_of("beat", **{"/data": str(folders[2])}),
        }.items():
            stack.enter_context(process(command, tmp_path / f"{name}.log", cwd=ROOT, env=env))
        address = f"http://127.0.0.1:{port}"
        wait_for(lambda: get(f"{address}/health/")[0] == 200, "a healthy web server")

        health = json.loads(get(f"{address}/health/")[1])
        rematch = subprocess.run([*manage, "rematch", "--wait"], cwd=ROOT, env=env, capture_output=True, text=True)
        with psycopg2.connect(env["DATABASE_URL"]) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM matching_match WHERE status = 'suggested'")
            (suggested,) = cursor.fetchone() or (0,)

        assert health["status"] == "ok"
        assert rematch.returncode == 0, rematch.stdout + rematch.stderr
        assert suggested >= 24
        assert shlex.join(command_of("worker")).endswith(
            "celery -A config.celery worker --concurrency 2 --loglevel INFO"
        )
