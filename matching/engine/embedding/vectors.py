"""What every embedding gives, whatever makes it: named unit vectors that have been checked."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class EmbeddingError(Exception):
    """No vectors for now: the model is missing, the endpoint is down, slow, or answers what is no vector."""


@runtime_checkable
class Embedder(Protocol):
    """A model that turns texts into vectors; name, revision and dimensions are stored beside what it makes."""

    @property
    def name(self) -> str: ...

    @property
    def revision(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors [n, dimensions] in the order of the texts; an empty text has the zero vector.

        Raises EmbeddingError; never returns a vector with NaN or of another length.
        """
        ...


def readable(model: Embedder, texts: Sequence[str]) -> Vectors:
    """`encode`, with nan for the texts in a language that the model says it cannot read: no vector, not a wrong one."""
    vectors = model.encode(texts)
    if (reads := getattr(model, "reads", None)) is not None and len(texts):
        vectors[~reads(texts)] = np.nan
    return vectors


def checked(values: object, count: int, dimensions: int | None) -> Vectors:
    """`values` as unit vectors, if that is what they are. Raises EmbeddingError saying what is wrong with them."""
    try:
        vectors = np.asarray(values, dtype=np.float32)
    except (TypeError, ValueError) as error:
        raise EmbeddingError("The answer is not a table of numbers.") from error
    if vectors.ndim != 2 or len(vectors) != count:
        raise EmbeddingError(f"{count} vectors were asked for; the answer has the shape {vectors.shape}.")
    if dimensions is not None and vectors.shape[1] != dimensions:
        raise EmbeddingError(f"Vectors of {dimensions} dimensions were expected, {vectors.shape[1]} came.")
    if not np.isfinite(vectors).all():
        raise EmbeddingError("A vector holds a value that is not a finite number.")
    norms = np.linalg.norm(vectors.astype(np.float64), axis=1, keepdims=True)
    return (vectors / np.where(norms > 0, norms, 1.0)).astype(np.float32)
