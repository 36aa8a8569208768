"""Vectors of posts: from the database where a text was embedded before, else from the model of the settings.

A model that is down costs the semantic signal and nothing else: what went wrong is said, and tried again later.
"""

import hashlib
import logging
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from matching.engine import AchievementDocument, NeedDocument
from matching.engine.embedding import Embedder, EmbeddingError, embedder, readable
from matching.models import Vector

log = logging.getLogger(__name__)

AT_ONCE = 32
"""Texts that are given to the model in one call."""
Row = NDArray[np.float32]
Document = TypeVar("Document", NeedDocument, AchievementDocument)


@lru_cache(maxsize=4)
def of_setting(spec: str, key: str, cache: Path) -> Embedder | None:
    """One model a process for each setting. Raises EmbeddingError for one that names nothing usable."""
    return embedder(spec, key=key, cache=cache)


def chosen() -> Embedder | None:
    """The model that the settings name, None for none. Raises EmbeddingError."""
    return of_setting(settings.EMBEDDING, settings.EMBEDDING_KEY, Path(settings.DATA_DIR) / "models")


def name_of(model: Embedder | None) -> str:
    """Name and revision, which are stored beside everything that the model made; "" for none."""
    return f"{model.name}@{model.revision}" if model is not None else ""


def text_of(document: NeedDocument | AchievementDocument) -> str:
    """What is embedded of a post."""
    return "\n".join(part for part in (document.title, document.keywords, document.body) if part)


def attached(documents: Iterable[Document]) -> list[Document]:
    """The documents with their vectors, without one where the model cannot read the text. Raises EmbeddingError.

    Embeds only texts that this model has never embedded, and keeps what it made.
    """
    given, model = list(documents), chosen()
    if model is None or not given:
        return given
    texts = {digest(text_of(one)): text_of(one) for one in given}
    rows = known(model, texts)
    return [replace(one, vector=rows[digest(text_of(one))]) for one in given]


def known(model: Embedder, texts: Mapping[str, str]) -> dict[str, Row | None]:
    """The vector of each text, by digest; those that are new are made and kept."""
    name = name_of(model)
    stored = dict(Vector.objects.filter(model=name, digest__in=texts).values_list("digest", "halves"))
    waiting = [item for item in texts.items() if item[0] not in stored]
    for start in range(0, len(waiting), AT_ONCE):
        part = dict(waiting[start : start + AT_ONCE])
        made = readable(model, list(part.values())).astype(np.float16)
        fresh = {found: row.tobytes() for found, row in zip(part, made, strict=True)}
        kept = [Vector(model=name, digest=found, halves=halves) for found, halves in fresh.items()]
        Vector.objects.bulk_create(kept, ignore_conflicts=True)
        stored |= fresh
    return {found: read(stored[found], model.dimensions) for found in texts}


def read(halves: bytes | memoryview, dimensions: int) -> Row | None:
    """A stored vector; None for what is none: of another length, zero, or not finite."""
    if len(halves) != 2 * dimensions:
        return None
    row = np.frombuffer(halves, dtype=np.float16).astype(np.float32)
    return row if np.isfinite(row).all() and row.any() else None


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def said(error: EmbeddingError) -> str:
    """What went wrong, short enough for a column and a page."""
    log.warning("no vectors: %s", error)
    return str(error).replace("\0", "")[:300]
