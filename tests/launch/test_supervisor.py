"""The supervisor obeys a second stop signal when an orderly end takes too long."""

import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic

import pytest

from launch.leftovers import wait_until

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
SCRIPT = """
import sys
from pathlib import Path
from launch.children import Child
from launch.supervisor import StopRequested, Supervisor

child = Child("Stubborn", [sys.executable, "-c", sys.argv[1]], Path(sys.argv[2]))
with Supervisor() as supervisor:
    supervisor.start(child)
    try:
        supervisor.watch()
    except StopRequested:
        print("obeyed", flush=True)
print("over", flush=True)
"""


@pytest.mark.slow
def test_a_second_stop_signal_ends_at_once_what_will_not_stop(tmp_path: Path) -> None:
    log, output = tmp_path / "log", tmp_path / "output"
    with output.open("wb") as file:
        process = subprocess.Popen([sys.executable, "-c", SCRIPT, STUBBORN, str(log)], stdout=file, stderr=file)
    assert wait_until(lambda: log.exists() and "up" in log.read_text(), 10)

    process.send_signal(signal.SIGINT)
    assert wait_until(lambda: "Stopping Stubborn" in output.read_text(), 10)
    begun = monotonic()
    process.send_signal(signal.SIGINT)
    code = process.wait(30)

    assert (code, output.read_text()) == (0, "obeyed\nStopping Stubborn …\nover\n")
    assert monotonic() - begun < 10
