"""Sentence embeddings, one choice in the settings: none, the packaged model, a folder, or an endpoint."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from matching.engine.embedding.endpoint import Endpoint
from matching.engine.embedding.local import LocalModel, packaged_folder
from matching.engine.embedding.vectors import Embedder, EmbeddingError, Vectors, checked, readable

__all__ = ["Embedder", "EmbeddingError", "Vectors", "checked", "embedder", "readable"]


def embedder(spec: str, *, key: str = "", cache: Path | None = None) -> Embedder | None:
    """What a setting names, or None for no embedding.

    `none` or "" · `packaged` (all-MiniLM-L6-v2, English) · a folder with a sentence-transformers or ONNX model ·
    `https://host/v1#model=NAME&dimensions=N[&revision=R][&timeout=SECONDS]`, with `key` as its bearer token.
    Raises EmbeddingError for a setting that names nothing usable; a model is loaded, an endpoint asked, only later.
    """
    spec = spec.strip()
    if spec.lower() in ("", "none"):
        return None
    if spec.lower() == "packaged":
        return LocalModel(packaged_folder(), name="all-MiniLM-L6-v2", cache=cache)
    if spec.startswith(("http://", "https://")):
        return _endpoint(spec, key)
    return LocalModel(Path(spec).expanduser(), cache=cache)


def _endpoint(spec: str, key: str) -> Endpoint:
    url = urlsplit(spec)
    options = {name: values[-1] for name, values in parse_qs(url.fragment).items()}
    try:
        return Endpoint(
            url._replace(fragment="").geturl(),
            options["model"],
            int(options["dimensions"]),
            key=key,
            revision=options.get("revision", ""),
            timeout=float(options.get("timeout", 10)),
        )
    except (KeyError, ValueError) as error:
        raise EmbeddingError("An endpoint is written https://host/v1#model=NAME&dimensions=NUMBER.") from error
