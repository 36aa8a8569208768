"""The make targets that a newcomer types exist and refuse in one sentence."""

import os
import shutil
import subprocess

import pytest

from launch.project import ROOT

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
# What an outer make would tell an inner one.
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith("MAKE") and name != "MFLAGS"}
TARGETS = "demo smoke test check lint format types imports migrations lifecycles messages templates licences lock clean"


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run make in the project's folder."""
    return subprocess.run(["make", *arguments], cwd=ROOT, env=CLEAN, capture_output=True, text=True)


def test_make_alone_lists_the_targets() -> None:
    done = make()

    listed = {line.split()[1] for line in done.stdout.splitlines()}

    assert set(TARGETS.split()) <= listed
    assert done.stdout == make("help").stdout


def test_a_machine_without_a_new_enough_python_is_told_what_to_do() -> None:
    done = make("PYTHON=", "demo")

    assert done.returncode == 2
    assert done.stdout == ("Tenon needs Python 3.11 or newer: install it, or name it: make PYTHON=/path/to/python3\n")


def test_check_ends_with_the_tests() -> None:
    commands = make("--dry-run", "check").stdout.strip().splitlines()

    assert commands[-1].strip().startswith(".venv/bin/pytest")
