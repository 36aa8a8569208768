"""The sentence model's vectors, kept in the output folder by the hash of the text."""

import hashlib
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.engine.embedding import Embedder

Vectors = NDArray[np.float32]

_PROBE: Final = 48
_CHUNK: Final = 512


class Cache:
    """Vectors of one model, written down as they are made: an interrupted run goes on where it was."""

    def __init__(self, folder: Path, model: Embedder) -> None:
        self._model = model
        self._folder = folder / f"vectors-{model.name}-{model.revision}"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._known: dict[str, Vectors] = {}
        for path in sorted(self._folder.glob("*.npz")):
            with np.load(path) as held:
                self._known.update(zip(held["hashes"].tolist(), held["vectors"].astype(np.float32), strict=True))

    def seconds(self, texts: Sequence[str]) -> float:
        """How long the vectors that are missing will take, by trying some."""
        missing = self._missing(texts)
        if len(missing) <= _PROBE:
            return 0.0
        started = time.perf_counter()
        self._make(missing[:: max(1, len(missing) // _PROBE)][:_PROBE])
        return (time.perf_counter() - started) / _PROBE * len(missing)

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Those of all texts, making what is missing."""
        missing = self._missing(texts)
        for start in range(0, len(missing), _CHUNK):
            self._make(missing[start : start + _CHUNK])
        return np.stack([self._known[_hash(text)] for text in texts])

    def held(self, texts: Sequence[str]) -> Vectors:
        """Those that are known; nan for the others."""
        absent = np.full(self._model.dimensions, np.nan, dtype=np.float32)
        return np.stack([self._known.get(_hash(text), absent) for text in texts])

    def readable(self, texts: Sequence[str], vectors: Vectors) -> Vectors:
        """The same vectors, absent for texts in a language that the model does not know: as posts are embedded."""
        reads = getattr(self._model, "reads", None)
        return vectors if reads is None else np.where(reads(texts)[:, None], vectors, np.float32(np.nan))

    def _missing(self, texts: Sequence[str]) -> list[str]:
        return [text for hash, text in {_hash(text): text for text in texts}.items() if hash not in self._known]

    def _make(self, texts: Sequence[str]) -> None:
        vectors = self._model.encode(texts)
        hashes = [_hash(text) for text in texts]
        self._known.update(zip(hashes, vectors, strict=True))
        name = hashlib.sha256("".join(hashes).encode()).hexdigest()[:16]
        np.savez(self._folder / f"{name}.npz", hashes=np.array(hashes), vectors=vectors)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
