"""Starts children in order, notices the first that ends, and stops them in the opposite order."""

import signal
from collections.abc import Callable
from queue import Empty, SimpleQueue
from time import monotonic
from types import FrameType, TracebackType
from typing import Self

from launch.children import Child
from launch.errors import LaunchError

# A signal that comes in the instant before a wait begins is handled only after it: no wait may last for ever.
LONGEST_WAIT = 1.0
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def say(line: str) -> None:
    """Print at once, also into a pipe or a file."""
    print(line, flush=True)


class StopRequested(Exception):
    """Somebody pressed Ctrl-C or sent SIGTERM: stop in order and report success."""


class Supervisor:
    """Owns the children of one run, in the main thread.

    As a context manager it takes over the signals and, at the end of the block, stops every child, the last started
    first. A second stop signal while stopping ends them at once. `check`, and everything that waits, raises
    LaunchError with one sentence when a child has ended and StopRequested after a stop signal.
    """

    def __init__(self, say: Callable[[str], None] = say) -> None:
        self.say = say
        self.children: list[Child] = []
        self.stop_signals = 0
        # A signal handler may put into a SimpleQueue whatever it interrupted.
        self.news: SimpleQueue[int] = SimpleQueue()
        self.previous: dict[signal.Signals, object] = {}

    def __enter__(self) -> Self:
        for number in (*STOP_SIGNALS, signal.SIGCHLD):
            # nohup's wish that a closed terminal ends nothing is respected.
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
                self.previous[number] = signal.signal(number, self._on_signal)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        for number, handler in self.previous.items():
            signal.signal(number, handler)  # type: ignore[arg-type]  # as signal.signal returned it

    def start(self, child: Child) -> None:
        """Start a child that must keep running from now on."""
        self.check()
        child.start()
        self.watch_over(child)

    def watch_over(self, *children: Child) -> None:
        """Take charge of children that already run."""
        self.children.extend(children)

    def run(self, step: Child) -> None:
        """Run a child to its end; raises LaunchError when it fails or another one dies meanwhile."""
        self.check()
        step.start()
        self.children.append(step)
        try:
            while step.alive:
                self._wait()
                self._check_stop()
                self._check_deaths(self.children[:-1])
        except BaseException:
            step.kill()
            raise
        finally:
            self.children.remove(step)
        if step.wait() != 0:
            # A server's death fails the step too; it is the better explanation.
            self.check()
            raise LaunchError(step.epitaph("failed"))

    def wait_for(self, child: Child, ready: Callable[[], bool], *, timeout: float = 60.0) -> None:
        """Return once `ready`, asked ten times a second; raises LaunchError after `timeout` seconds."""
        deadline = monotonic() + timeout
        while not ready():
            if monotonic() > deadline:
                raise LaunchError(f"{child.name} did not answer within {timeout:.0f} seconds; see {child.log}.")
            self._wait(0.1)
            self.check()

    def watch(self) -> None:
        """Wait for ever: ends by StopRequested or LaunchError."""
        while True:
            self.check()
            self._wait()

    def check(self) -> None:
        """Raise if somebody asked to stop or a child has ended."""
        self._check_stop()
        self._check_deaths(self.children)

    def stop(self) -> None:
        """Stop every child in the opposite order of starting; idempotent."""
        names = ", ".join(child.name for child in reversed(self.children) if child.alive)
        try:
            if names:
                self.say(f"Stopping {names} …")
        finally:
            # A terminal that is gone cannot be written to, but must not keep anything alive.
            for child in reversed(self.children):
                child.stop()

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        if number != signal.SIGCHLD:
            self.stop_signals += 1
        if self.stop_signals > 1:
            for child in self.children:
                child.kill()
        self.news.put(number)

    def _wait(self, timeout: float = LONGEST_WAIT) -> None:
        try:
            self.news.get(timeout=timeout)
        except Empty:
            return

    def _check_stop(self) -> None:
        if self.stop_signals:
            raise StopRequested

    def _check_deaths(self, children: list[Child]) -> None:
        for child in children:
            if not child.alive:
                raise LaunchError(child.epitaph())
