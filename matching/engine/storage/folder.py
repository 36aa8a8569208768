"""Arrays in a folder: one file for each group, mapped into memory, and a manifest with everything's hash.

A folder is written aside, synced and renamed, so it is whole or not there; once it is there it never changes.
"""

import hashlib
import json
import mmap
import os
import shutil
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

MANIFEST: Final = "manifest.json"
FORMAT: Final = 1
_ALIGNED: Final = 64
_ASIDE: Final = ".aside-"

Arrays = Mapping[str, NDArray[np.generic]]


class CorruptSnapshot(Exception):
    """The files are not what the manifest says; the message names the first that is wrong."""


class Writer:
    """Writes groups of arrays into a folder, then seals it with its manifest."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, dict[str, Any]] = {}

    def write(self, group: str, arrays: Iterable[tuple[str, NDArray[np.generic]]]) -> None:
        """One file `group.bin`; arrays keep their order, type and shape."""
        digest, places, offset = hashlib.sha256(), {}, 0
        path = self._folder / f"{group}.bin"
        with path.open("wb") as file:
            for name, array in arrays:
                plain = np.ascontiguousarray(array)
                padding = b"\0" * (-offset % _ALIGNED)
                places[name] = [offset + len(padding), plain.dtype.str, list(plain.shape)]
                for piece in (padding, plain.reshape(-1).view(np.uint8).data):
                    file.write(piece)
                    digest.update(piece)
                    offset += len(piece)
            _sync(file.fileno())
        self._files[group] = {"sha256": digest.hexdigest(), "bytes": offset, "arrays": places}

    def seal(self, facts: Mapping[str, Any]) -> str:
        """Write the manifest, last of all; gives its hash, which stands for the whole content."""
        content = {"format": FORMAT, "facts": dict(facts), "files": self._files}
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
        with (self._folder / MANIFEST).open("wb") as file:
            file.write(text)
            _sync(file.fileno())
        return hashlib.sha256(text).hexdigest()


@contextmanager
def aside(root: Path, name: str) -> Iterator[Path]:
    """A folder to write in, which becomes `root/name` when the block ends well, and nothing when it does not.

    If another process was first, its folder stands and this one's is dropped: both hold the same name's content.
    """
    folder = root / f"{_ASIDE}{name}-{uuid.uuid4().hex[:8]}"
    folder.mkdir(parents=True)
    try:
        yield folder
        try:
            folder.rename(root / name)
        except OSError:
            if not (root / name / MANIFEST).exists():
                raise
        _sync_folder(root)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a folder. Raises CorruptSnapshot."""
    try:
        content: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
        if content["format"] != FORMAT:
            raise CorruptSnapshot(f"{folder.name} has the format {content['format']}; this program reads {FORMAT}.")
        content["files"], content["facts"]  # what is missing is found here
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CorruptSnapshot(f"The manifest of {folder.name} cannot be read.") from error
    return content


def read(folder: Path) -> tuple[dict[str, Any], dict[str, Arrays]]:
    """The facts of a sealed folder and its arrays by group, mapped and not copied, every byte checked.

    Raises CorruptSnapshot. O(bytes), at the speed of SHA-256.
    """
    content = manifest(folder)
    return content["facts"], {group: _mapped(folder, group, file) for group, file in content["files"].items()}


def _mapped(folder: Path, group: str, file: Mapping[str, Any]) -> Arrays:
    try:
        with (folder / f"{group}.bin").open("rb") as opened:
            size = os.fstat(opened.fileno()).st_size
            if size != file["bytes"]:
                raise CorruptSnapshot(f"{group}.bin of {folder.name} has {size} bytes instead of {file['bytes']}.")
            # Read and not mapped: pages that were only checked must not count as this process's memory.
            if hashlib.file_digest(opened, "sha256").hexdigest() != file["sha256"]:
                raise CorruptSnapshot(f"{group}.bin of {folder.name} is damaged: its hash is not the manifest's.")
            content = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) if size else b""
        return {name: _view(content, *place) for name, place in file["arrays"].items()}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CorruptSnapshot(f"{group}.bin of {folder.name} cannot be read.") from error


def _view(content: "mmap.mmap | bytes", offset: int, dtype: str, shape: list[int]) -> NDArray[np.generic]:
    count = int(np.prod(shape, dtype=np.int64))
    if not count:
        return np.zeros(shape, dtype=dtype)
    return np.frombuffer(content, dtype=dtype, count=count, offset=offset).reshape(shape)


def _sync(descriptor: int) -> None:
    os.fsync(descriptor)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
