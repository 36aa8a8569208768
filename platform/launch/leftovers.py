"""What a run that was killed left behind: processes that still live in a server's data folder."""

import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path

from launch.errors import LaunchError

PROC = Path("/proc")


def wait_until(condition: Callable[[], object], timeout: float, *, pause: float = 0.02) -> bool:
    """Ask `condition` every `pause` seconds until it holds; False when `timeout` seconds have passed."""
    clock = threading.Event()
    for _ in range(max(1, int(timeout / pause))):
        if condition():
            return True
        clock.wait(pause)
    return bool(condition())


def processes_in(folder: Path, program: str) -> list[int]:
    """Process ids of `program` whose working folder is `folder`; empty where /proc does not exist.

    PostgreSQL and the broker both change into their data folder, so this finds them and their orphaned workers
    whatever a stale pid file says.
    """
    if not PROC.is_dir():
        return []
    found = []
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            try:
                lives_here = (entry / "cwd").readlink() == folder
                is_it = (entry / "comm").read_text().strip() == program
            except OSError:
                # Ended meanwhile, or somebody else's.
                continue
            if lives_here and is_it:
                found.append(int(entry.name))
    return found


def end_leftovers(folder: Path, program: str, number: signal.Signals, *, timeout: float = 15.0) -> None:
    """Ask every `program` that lives in `folder` to end and wait for it; the caller holds the data folder's lock.

    Raises LaunchError when one is still there after `timeout` seconds.
    """
    resolved = folder.resolve()
    for pid in processes_in(resolved, program):
        try:
            os.kill(pid, number)
        except (ProcessLookupError, PermissionError):
            continue
    if not wait_until(lambda: not processes_in(resolved, program), timeout):
        stubborn = ", ".join(str(pid) for pid in processes_in(resolved, program))
        raise LaunchError(f"{program} of an earlier run still uses {folder}: end process {stubborn} and start again.")
