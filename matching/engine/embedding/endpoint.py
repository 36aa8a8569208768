"""Vectors from an OpenAI-compatible endpoint (`POST …/embeddings`), distrusted: it may be down, slow or wrong."""

import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from matching.engine.embedding.vectors import EmbeddingError, Vectors, checked

BATCH: Final = 64
TIMEOUT: Final = 10.0
# An answer for 64 texts of 4,096 dimensions written out is 6 MB.
LARGEST_ANSWER: Final = 32_000_000
LONGEST_TEXT: Final = 20_000


class Endpoint:
    """An `Embedder` over HTTP. The revision is whatever the setting says: the protocol has none."""

    def __init__(
        self, url: str, model: str, dimensions: int, *, key: str = "", revision: str = "", timeout: float = TIMEOUT
    ) -> None:
        self.name, self.revision, self.dimensions = model, revision, dimensions
        self._url, self._key, self._timeout = url.rstrip("/") + "/embeddings", key, timeout

    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        spoken = [place for place, text in enumerate(texts) if text.strip()]
        for start in range(0, len(spoken), BATCH):
            batch = spoken[start : start + BATCH]
            vectors[batch] = self._ask([texts[place][:LONGEST_TEXT] for place in batch])
        return vectors

    def _ask(self, texts: list[str]) -> Vectors:
        answer = self._post({"model": self.name, "input": texts, "encoding_format": "float"})
        try:
            rows = sorted(answer["data"], key=lambda row: row["index"])
            values = [row["embedding"] for row in rows]
        except (KeyError, TypeError) as error:
            raise EmbeddingError("The endpoint's answer holds no embeddings.") from error
        return checked(values, len(texts), self.dimensions)

    def _post(self, body: dict[str, Any]) -> Any:
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {self._key}"} if self._key else {})
        request = urllib.request.Request(self._url, json.dumps(body).encode(), headers, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=self._timeout) as response:
                text = response.read(LARGEST_ANSWER + 1)
            if len(text) > LARGEST_ANSWER:
                raise EmbeddingError("The endpoint's answer is larger than any table of vectors.")
            return json.loads(text)
        except urllib.error.HTTPError as error:
            raise EmbeddingError(f"The endpoint refuses with status {error.code}.") from error
        except (OSError, http.client.HTTPException) as error:
            raise EmbeddingError(f"The endpoint cannot be reached: {error}") from error
        except ValueError as error:
            raise EmbeddingError("The endpoint's answer is not JSON.") from error
