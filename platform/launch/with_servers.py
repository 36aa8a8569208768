"""Run one command beside throw-away servers."""

import os
import secrets
import signal
import subprocess
from collections.abc import Sequence
from types import FrameType

from launch.errors import LaunchError
from launch.project import servers_are_given
from launch.servers import throwaway_servers


def run_beside_servers(command: Sequence[str]) -> int:
    """Start empty servers, run `command` in the foreground with their URLs exported, and return its exit code.

    Exported DATABASE_URL and REDIS_URL are used as they are. A signal goes to the command, whose end then ends this.
    """
    environment = {"TENON_SECRET_KEY": secrets.token_urlsafe(64), **os.environ}
    if servers_are_given():
        return run(command, environment)
    with throwaway_servers() as urls:
        return run(command, environment | urls.environment())


def run(command: Sequence[str], environment: dict[str, str]) -> int:
    """The command's exit code, as a shell would report it."""
    try:
        process = subprocess.Popen(command, env=environment)
    except OSError as error:
        raise LaunchError(f"{command[0]} could not be run: {error.strerror}.") from error

    def pass_on(number: int, _frame: FrameType | None) -> None:
        process.send_signal(number)

    # The terminal sends Ctrl-C to the command as well: it decides what that means, we only wait for it.
    previous = {
        signal.SIGINT: signal.signal(signal.SIGINT, signal.SIG_IGN),
        signal.SIGTERM: signal.signal(signal.SIGTERM, pass_on),
    }
    try:
        code = process.wait()
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
    return code if code >= 0 else 128 - code
