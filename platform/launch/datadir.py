"""The folder in which a demonstration keeps everything, locked while one runs."""

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from launch.errors import LaunchError
from launch.project import ROOT, database_in_use

NEEDED_BYTES = 300 * 1024 * 1024


@dataclass(frozen=True)
class DataDirectory:
    """A locked data folder; `done` and `mark` remember which preparations are up to date."""

    path: Path

    @property
    def logs(self) -> Path:
        """Where every child's log lies."""
        return self.path / "logs"

    def done(self, step: str, key: str) -> bool:
        """Whether `step` was last done for exactly this `key` on the database in use."""
        marker = self._marker(step)
        return marker.exists() and marker.read_text() == self._value(key)

    def mark(self, step: str, key: str) -> None:
        """Remember that `step` is done for `key`."""
        self._marker(step).parent.mkdir(exist_ok=True)
        self._marker(step).write_text(self._value(key))

    def _marker(self, step: str) -> Path:
        return self.path / "done" / step

    def _value(self, key: str) -> str:
        # With servers of the user's own, the same folder may be started on another database next time.
        return sha256(f"{database_in_use()}\n{key}".encode()).hexdigest()


@contextmanager
def locked(path: Path, *, needed: int = NEEDED_BYTES) -> Iterator[DataDirectory]:
    """Create and lock the data folder for the block; the kernel frees the lock however the process ends.

    Raises LaunchError when another demonstration holds it or fewer than `needed` bytes are free.
    """
    path = path.absolute()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = (path / "lock").open("a+")
    except OSError as error:
        raise LaunchError(
            f"The data folder {path} cannot be used ({error.strerror}): choose another with --data."
        ) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise LaunchError(
                f"A demonstration already runs on {path} (process {file.read().strip() or 'unknown'}): "
                "stop it with Ctrl-C, or choose another folder with --data."
            ) from None
        refuse_full_disk(path, needed)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield DataDirectory(path)


def refuse_full_disk(path: Path, needed: int) -> None:
    """Raise LaunchError when fewer than `needed` bytes are free where `path` lies."""
    free = shutil.disk_usage(path).free
    if free < needed:
        megabytes = 1024 * 1024
        raise LaunchError(
            f"The disk is nearly full: {path} has {free // megabytes} MB left and Tenon needs "
            f"{needed // megabytes} MB; free some space or choose another folder with --data."
        )


def fingerprint(patterns: Iterable[str], *, contents: bool = True) -> str:
    """A key for the project's files that match the glob `patterns`: by content, or cheaply by size and time."""
    digest = sha256()
    for place in sorted({place for pattern in patterns for place in ROOT.glob(pattern) if place.is_file()}):
        state = place.stat()
        digest.update(f"{place.relative_to(ROOT)}\0".encode())
        digest.update(place.read_bytes() if contents else f"{state.st_size} {state.st_mtime_ns}".encode())
    return digest.hexdigest()
