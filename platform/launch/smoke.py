"""`python -m launch smoke`: a throw-away demonstration, looked at over HTTP, and gone."""

import os
import shutil
import socket
import tempfile
import urllib.error
from pathlib import Path

from launch.datadir import locked
from launch.demo import HOST, Demonstration
from launch.facts import FACTS, NotSo, Tour
from launch.project import OWN_SERVERS
from launch.supervisor import StopRequested, Supervisor, say


def free_port() -> int:
    """A port that nobody listened on a moment ago."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def check_facts(address: str, supervisor: Supervisor) -> bool:
    """Look at every fact and print what was seen; False at the first that does not hold."""
    tour = Tour(address)
    for fact in FACTS:
        supervisor.check()
        try:
            say(f"  ✓ {fact(tour)}")
        except NotSo as finding:
            say(f"  ✗ {fact.__name__.replace('_', ' ')}: {finding}")
            return False
        except (urllib.error.URLError, TimeoutError) as error:
            supervisor.check()
            say(f"  ✗ {fact.__name__.replace('_', ' ')}: the web server did not answer ({error})")
            return False
    return True


def run_smoke() -> int:
    """0 when every fact holds, 1 otherwise or when interrupted; raises LaunchError when a part fails.

    Always on servers of its own: it approves a match, which no exported DATABASE_URL should have to bear.
    """
    for name in (*OWN_SERVERS, "CELERY_BROKER_URL"):
        os.environ.pop(name, None)
    folder = Path(tempfile.mkdtemp(prefix="tenon-"))
    try:
        holds = visit(folder)
    except StopRequested:
        say("Interrupted.")
        holds = False
    if not holds:
        say(f"The logs are in {folder / 'logs'}.")
        return 1
    # After a failure the folder stays, for its logs.
    shutil.rmtree(folder, ignore_errors=True)
    say("Everything that was looked at holds.")
    return 0


def visit(folder: Path) -> bool:
    """Bring a demonstration up in `folder`, check its facts, and stop it."""
    with locked(folder) as data, Supervisor(say) as supervisor:
        demonstration = Demonstration(data, free_port(), supervisor, say)
        demonstration.bring_up()
        say(f"Looking at {demonstration.address}:")
        return check_facts(demonstration.address, supervisor)
