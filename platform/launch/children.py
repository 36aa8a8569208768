"""A process that the launcher started: its log, its end, and how it is asked to stop."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from launch.errors import LaunchError

TETHER = Path(__file__).with_name("tether.py")
SAME_IDENTITY = "same"
# How much of a log is read to find its last line.
TAIL_BYTES = 8192
DISK_FULL = "No space left on device"


def tethered(
    command: Sequence[str], *, identity: str = SAME_IDENTITY, death_signal: signal.Signals = signal.SIGTERM
) -> list[str]:
    """The command line that runs `command` as `identity` and lets it die with this process."""
    shim = [sys.executable, "-I", "-S", str(TETHER), str(os.getpid()), str(int(death_signal)), identity]
    return [*shim, *command]


def describe_exit(code: int) -> str:
    """A return code of `subprocess` in words."""
    if code < 0:
        return f"killed by {signal.Signals(-code).name}"
    return f"exit code {code}"


@dataclass
class Child:
    """One foreground process in a session of its own, so that Ctrl-C in the terminal reaches only the launcher.

    Both output streams go to `log` (appended). `stop_signal` asks for an orderly end, `kill_signal` ends it at once;
    `grace` is how many seconds lie between the two. The child dies when the thread that started it does.
    """

    name: str
    command: Sequence[str]
    log: Path
    env: Mapping[str, str] | None = None
    cwd: Path | None = None
    identity: str = SAME_IDENTITY
    stop_signal: signal.Signals = signal.SIGTERM
    kill_signal: signal.Signals = signal.SIGKILL
    grace: float = 20.0
    shows_output: bool = False
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    log_begins: int = field(default=0, init=False)

    def start(self) -> None:
        """Start the process; raises LaunchError when it cannot even be created."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            # What earlier runs wrote into the same file is not what this one died of.
            self.log_begins = log.tell()
            try:
                self.process = subprocess.Popen(
                    tethered(self.command, identity=self.identity, death_signal=self.stop_signal),
                    stdin=subprocess.DEVNULL,
                    stdout=None if self.shows_output else log,
                    stderr=log,
                    env=None if self.env is None else dict(self.env),
                    cwd=self.cwd,
                    start_new_session=True,
                )
            except OSError as error:
                raise LaunchError(f"{self.name} could not be started: {error.strerror}.") from error

    @property
    def pid(self) -> int:
        """The process id; the child must have been started."""
        if self.process is None:
            raise LaunchError(f"{self.name} has not been started.")
        return self.process.pid

    @property
    def alive(self) -> bool:
        """Whether it was started and has not ended."""
        return self.process is not None and self.process.poll() is None

    def wait(self, timeout: float | None = None) -> int:
        """Block until it ends and return its exit code; raises subprocess.TimeoutExpired."""
        if self.process is None:
            return 0
        return self.process.wait(timeout)

    def send(self, number: signal.Signals) -> None:
        """Send a signal if it is still running."""
        if self.process is not None:
            self.process.send_signal(number)

    def stop(self) -> None:
        """Ask for an orderly end, insist after `grace` seconds, and return when it is gone; idempotent."""
        if self.process is None:
            return
        for number, patience in ((self.stop_signal, self.grace), (self.kill_signal, 5.0)):
            self.send(number)
            try:
                self.process.wait(patience)
                return
            except subprocess.TimeoutExpired:
                continue
        self.kill()
        self.process.wait()

    def kill(self) -> None:
        """End it and its session's group at once, without waiting; safe inside a signal handler."""
        if self.process is not None and self.process.returncode is None:
            try:
                os.killpg(self.process.pid, self.kill_signal)
            except ProcessLookupError:
                return

    def last_lines(self) -> list[str]:
        """The non-empty lines at the end of what it wrote since it started."""
        if not self.log.exists():
            return []
        with self.log.open("rb") as log:
            log.seek(max(self.log_begins, self.log.stat().st_size - TAIL_BYTES))
            lines = log.read().decode("utf-8", errors="replace").splitlines()
        return [line.strip() for line in lines if line.strip()]

    def epitaph(self, what: str = "stopped unexpectedly") -> str:
        """One sentence: who ended, how, and its last words; the child must have ended."""
        code = self.wait()
        lines = self.last_lines()
        if any(DISK_FULL in line for line in lines):
            return f"The disk is full: {self.name} could not write; free some space and start again."
        words = f"; its last line was: {lines[-1]}" if lines else ""
        return f"{self.name} {what} ({describe_exit(code)}, see {self.log}){words}"
