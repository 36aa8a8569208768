"""The smoke run says what it saw, and fails where a fact does not hold."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
def test_a_fact_that_does_not_hold_is_named_and_ends_the_run_with_1(project: Path, tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(project / "platform"), "TMPDIR": str(tmp_path)}

    done = subprocess.run(
        [sys.executable, "-m", "launch", "smoke"], cwd=project, env=environment, capture_output=True, text=True
    )

    assert done.returncode == 1
    assert "  ✗ every role logs in: the login page has no form" in done.stdout
    assert "Servers: embedded" in done.stdout
    assert done.stdout.splitlines()[-1].startswith(f"The logs are in {tmp_path}/tenon-")
