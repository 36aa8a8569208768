"""A command runs beside throw-away servers and its exit code comes back."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from launch.leftovers import wait_until

pytestmark = pytest.mark.slow

LAUNCH = [sys.executable, "-m", "launch", "with-servers"]
CLEAN = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}


def test_the_command_sees_the_urls_and_its_exit_code_comes_back() -> None:
    script = "import os, sys; print(os.environ['DATABASE_URL'][:20], os.environ['REDIS_URL'][:8]); sys.exit(7)"

    done = subprocess.run([*LAUNCH, "--", sys.executable, "-c", script], env=CLEAN, capture_output=True, text=True)

    assert (done.stdout, done.returncode) == ("postgresql://tenon@% unix:///\n", 7)


def test_exported_urls_are_left_as_they_are() -> None:
    script = "import os; print(os.environ['DATABASE_URL'], os.environ['REDIS_URL'])"
    exported = {"DATABASE_URL": "postgresql://elsewhere/tenon", "REDIS_URL": "redis://elsewhere/0"}

    done = subprocess.run(
        [*LAUNCH, "--", sys.executable, "-c", script], env=CLEAN | exported, capture_output=True, text=True
    )

    assert done.stdout == "postgresql://elsewhere/tenon redis://elsewhere/0\n"


def test_a_stop_signal_goes_to_the_command_and_the_servers_vanish(short_folder: Path) -> None:
    output = short_folder / "output"
    script = "import os, time; print(os.environ['REDIS_URL'], flush=True); time.sleep(60)"
    with output.open("w") as file:
        process = subprocess.Popen([*LAUNCH, "--", sys.executable, "-c", script], env=CLEAN, stdout=file)
    assert wait_until(lambda: output.read_text().endswith("\n"), 20)
    socket = Path(output.read_text().split("?")[0].removeprefix("unix://"))

    process.send_signal(signal.SIGTERM)
    code = process.wait(20)

    assert code == 128 + signal.SIGTERM
    assert not socket.parents[1].exists()


def test_a_missing_command_is_named() -> None:
    done = subprocess.run([*LAUNCH, "--", "no-such-command"], env=CLEAN, capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (
        1,
        "tenon: no-such-command could not be run: No such file or directory.\n",
    )
