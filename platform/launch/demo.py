"""`python -m launch demo`: everything from an empty folder to a page with matches."""

import errno
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from launch.children import Child
from launch.datadir import DataDirectory, fingerprint, locked
from launch.errors import LaunchError
from launch.logins import PASSWORD, one_per_role
from launch.project import ROOT, describe_mode, process_environment, servers_are_given
from launch.servers import EmbeddedServers
from launch.supervisor import StopRequested, Supervisor, say

HOST = "127.0.0.1"
# The environment's proxies are not for loopback.
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def refuse_taken_port(port: int) -> None:
    """Raise LaunchError with what to do when the port cannot be listened on."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OverflowError:
            raise LaunchError(f"{port} is not a port: choose one from 1024 to 65535.") from None
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise LaunchError(f"Port {port} is in use: choose another, e.g. make demo PORT={port + 1}.") from error
            raise LaunchError(f"Port {port} cannot be used ({error.strerror}): e.g. make demo PORT=8001.") from error


def is_healthy(port: int) -> bool:
    """Whether the web server answers and reaches database and broker."""
    try:
        with DIRECT.open(f"http://{HOST}:{port}/health/", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        # Refused, timed out, or an HTTP error, which urllib derives from OSError as well.
        return False


def catalogues_are_compiled() -> bool:
    """Whether every language catalogue is older than what was compiled from it."""
    for source in ROOT.glob("locale/*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime_ns <= source.stat().st_mtime_ns:
            return False
    return True


@dataclass
class Demonstration:
    """One run on a locked data folder: `bring_up` starts all of it under the given supervisor."""

    data: DataDirectory
    port: int
    supervisor: Supervisor
    say: Callable[[str], None]
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where the pages are."""
        return f"http://{HOST}:{self.port}/"

    def bring_up(self) -> None:
        """Servers, database, data, processes, first matching; what is up to date is skipped."""
        self.say(describe_mode())
        with self._step("Servers"):
            self.environment = process_environment(self.data.path, self._servers(), self.address)
        self._prepare()
        with self._step("Web server, worker and beat"):
            self._start_processes()
        if not self.data.done("first-matching", ""):
            self.say("First matching of every need with every achievement:")
            self._manage("The first matching", "rematch", "--wait", shows_output=True)
            self._manage("The demonstration's stories", "load_demo", "--stories")
            self._manage("The stories of its contracts", "tell_contracts")
            self.data.mark("first-matching", "")

    def _servers(self) -> dict[str, str]:
        if servers_are_given():
            return {}
        servers = EmbeddedServers(self.data.path)
        urls = servers.start()
        self.supervisor.watch_over(*servers.children)
        return urls.environment()

    def _prepare(self) -> None:
        with self._step("Database tables"):
            self._manage("The migration", "migrate", "--noinput")
        taxonomy = fingerprint(["seeds/taxonomy/**/*"])
        people_and_posts = fingerprint(["seeds/**/*"])
        static = fingerprint(
            ["*/static/**/*", "platform/*/static/**/*", "requirements/runtime.txt", "platform/config/settings.py"],
            contents=False,
        )
        collected = (self.data.path / "static").is_dir()
        collect = ("collectstatic", "--noinput", "--clear")
        if not catalogues_are_compiled():
            with self._step("Languages"):
                self._manage("Compiling the catalogues", "compile_catalogues")
        self._once("static", static, "Styles and scripts", *collect, present=collected)
        self._once("taxonomy", taxonomy, "Taxonomies", "load_taxonomy")
        self._once("clauses", fingerprint(["seeds/clauses/**/*"]), "Clause library", "load_clauses")
        self._once("demo", people_and_posts, "Demonstration data", "load_demo")

    def _once(self, step: str, key: str, title: str, *command: str, present: bool = True) -> None:
        """Run a management command unless it was done for the same key and its result is still `present`."""
        if present and self.data.done(step, key):
            return
        with self._step(title):
            self._manage(title, *command)
            self.data.mark(step, key)

    def _manage(self, name: str, *command: str, shows_output: bool = False) -> None:
        log = self.data.logs / f"{command[0]}.log"
        self.supervisor.run(self._child(name, ["manage.py", *command], log, shows_output=shows_output))

    def _start_processes(self) -> None:
        celery = ["-m", "celery", "-A", "config.celery"]
        worker = [*celery, "worker", "--concurrency", "2", "--loglevel", "INFO"]
        beat = [
            *celery,
            "beat",
            "--loglevel",
            "INFO",
            "--schedule",
            str(self.data.path / "beat-schedule"),
            "--pidfile=",
        ]
        # Its control socket would be written into the home folder, which may not be writable.
        gunicorn = ["-m", "gunicorn", "config.wsgi:application", "--no-control-socket", "--bind", f"{HOST}:{self.port}"]
        serving = [*gunicorn, "--workers", "2", "--graceful-timeout", "10", "--timeout", "60"]
        web = self._child("The web server", serving, self.data.logs / "web.log")
        self.supervisor.start(self._child("The worker", worker, self.data.logs / "worker.log"))
        self.supervisor.start(web)
        self.supervisor.start(self._child("Beat", beat, self.data.logs / "beat.log"))
        self.supervisor.wait_for(web, lambda: is_healthy(self.port))

    def _child(self, name: str, arguments: list[str], log: Path, *, shows_output: bool = False) -> Child:
        return Child(name, [sys.executable, *arguments], log, env=self.environment, cwd=ROOT, shows_output=shows_output)

    @contextmanager
    def _step(self, title: str) -> Iterator[None]:
        begun = monotonic()
        yield
        self.say(f"  ✓ {title} ({monotonic() - begun:.1f} s)")


def welcome(address: str) -> str:
    """What a newcomer needs to know once everything runs."""
    logins = [f"    {login.role:<14} {login.email}" for login in one_per_role()]
    return "\n".join(
        ["", f"Tenon runs at {address}", f"  Log in with the password {PASSWORD} as", *logins, "  Ctrl-C stops it.", ""]
    )


def run_demo(data_dir: Path, port: int) -> int:
    """Run until Ctrl-C or SIGTERM (returns 0) or until a part fails (raises LaunchError); stops all that it started."""

    with locked(data_dir) as data:
        refuse_taken_port(port)
        with Supervisor(say) as supervisor:
            demonstration = Demonstration(data, port, supervisor, say)
            begun = monotonic()
            try:
                demonstration.bring_up()
                say(f"Ready after {monotonic() - begun:.0f} s.")
                say(welcome(demonstration.address))
                supervisor.watch()
            except StopRequested:
                say("")
    say("Stopped.")
    return 0
