"""Embeddings by an endpoint: each text is embedded once, and one that fails costs the semantic signal and no more."""

import hashlib
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.conf import settings as configured
from pytest_django.fixtures import Settings

from information.models import Achievement, Need
from jobs import services as jobs
from matching import building, scoring, steps, vectors
from matching.engine.embedding import EmbeddingError
from matching.live_index import live_index
from matching.models import Match, Scoring, Snapshot, Vector
from tests import factories

pytestmark = pytest.mark.django_db

WIDTH = 8


class Endpoint:
    """An OpenAI-compatible server on this machine that can be told to misbehave."""

    def __init__(self) -> None:
        self.manner, self.asked = "well", 0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                texts = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["input"]
                outer.asked += len(texts)
                status, body = outer.answer(texts)
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: Any) -> None:
                """Silent."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, texts: list[str]) -> tuple[int, bytes]:
        if self.manner == "slow":
            time.sleep(1.5)
        if self.manner == "down":
            return 503, b"busy"
        width = WIDTH + 1 if self.manner == "wide" else WIDTH
        rows = [np.frombuffer(hashlib.sha256(text.encode()).digest()[:width], dtype=np.uint8) - 127.5 for text in texts]
        data = [{"index": place, "embedding": row.tolist()} for place, row in enumerate(rows)]
        if self.manner == "nan":
            data[0]["embedding"] = [float("nan")] * width
        return 200, json.dumps({"data": data}).encode()

    def setting(self, model: str = "m") -> str:
        port = self.server.server_address[1]
        return f"http://127.0.0.1:{port}/v1#model={model}&dimensions={WIDTH}&timeout=0.5"


@pytest.fixture
def endpoint(tmp_path: Path, settings: Settings) -> Iterator[Endpoint]:
    """The endpoint that the settings name, and an index that begins anew."""
    found = Endpoint()
    place = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "shared"}}
    settings.STORAGES = {**configured.STORAGES, "index": place}
    settings.DATA_DIR = tmp_path / "machine"
    settings.EMBEDDING = found.setting()
    live_index.index = None
    yield found
    live_index.index = None
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture
def asked(need: Need, achievement: Achievement) -> Need:
    scoring.request([need.pk])
    return need


def built() -> Snapshot | None:
    job = steps.build_index()
    jobs.run(job.pk)
    return Snapshot.objects.serving()


def silence(need: Need) -> str:
    return Scoring.objects.get(pk=need.pk).silence


def test_a_text_is_embedded_once_whoever_asks(endpoint: Endpoint, asked: Need) -> None:
    scoring.suggest(asked.pk)
    once = endpoint.asked
    live_index.index = None
    scoring.suggest(asked.pk, force=True)
    built()

    assert (once, endpoint.asked, Vector.objects.count()) == (2, 2, 2)
    assert silence(asked) == ""


@pytest.mark.parametrize("manner", ["down", "slow", "wide", "nan"])
def test_an_endpoint_that_fails_costs_the_semantic_signal_and_no_more(
    endpoint: Endpoint, asked: Need, manner: str
) -> None:
    endpoint.manner = manner

    did = scoring.suggest(asked.pk)

    assert did is True
    assert Match.objects.filter(need=asked).exists()
    assert silence(asked) != ""
    assert not Vector.objects.exists()


def test_a_setting_that_names_nothing_usable_stops_nothing(asked: Need, endpoint: Endpoint, settings: Settings) -> None:
    settings.EMBEDDING = "/no/such/folder"

    did = scoring.suggest(asked.pk)

    assert (did, silence(asked) != "", Match.objects.filter(need=asked).exists()) == (True, True, True)


def test_without_a_model_nothing_is_missing(asked: Need, settings: Settings) -> None:
    settings.EMBEDDING = "none"
    live_index.index = None

    scoring.suggest(asked.pk)

    assert silence(asked) == ""


def test_an_endpoint_that_comes_back_is_asked_again_and_the_need_scored_again(endpoint: Endpoint, asked: Need) -> None:
    endpoint.manner = "down"
    scoring.suggest(asked.pk)
    early = scoring.retry_silent()
    endpoint.manner = "well"

    late = scoring.retry_silent()
    live_index.retry_at = 0.0
    scoring.suggest(asked.pk)

    assert (early, late) == (0, 1)
    assert silence(asked) == ""


def test_a_failing_endpoint_is_not_asked_for_every_need(endpoint: Endpoint, asked: Need) -> None:
    endpoint.manner = "down"
    scoring.suggest(asked.pk)
    before = endpoint.asked

    scoring.suggest(asked.pk, force=True)

    assert endpoint.asked == before


def test_the_snapshot_names_the_model_and_another_model_makes_a_new_one_due(
    endpoint: Endpoint, asked: Need, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "FIRST", 1)
    first = built()
    current = building.is_due()
    settings.EMBEDDING = endpoint.setting("another")
    due = building.is_due()
    scoring.suggest(asked.pk)
    meanwhile = silence(asked)
    second = built()
    scoring.suggest(asked.pk, force=True)

    assert first is not None
    assert second is not None
    assert (current, due) == (False, True)
    assert [first.model.partition("@")[0], second.model.partition("@")[0]] == ["m", "another"]
    assert (meanwhile != "", silence(asked)) == (True, "")


def test_a_build_waits_for_an_endpoint_that_is_down_while_the_old_index_serves(endpoint: Endpoint, asked: Need) -> None:
    first = built()
    factories.AchievementFactory.create(status="published")
    endpoint.manner = "down"
    job = steps.build_index()

    with pytest.raises(EmbeddingError):
        jobs.run(job.pk)

    job.refresh_from_db()
    assert job.running is True
    assert Snapshot.objects.serving() == first


def test_half_floats_that_are_no_vector_are_none() -> None:
    width = 4
    for row in (np.zeros(width), np.full(width, np.nan), np.ones(width + 1), np.full(width, np.inf)):
        assert vectors.read(row.astype(np.float16).tobytes(), width) is None
    assert vectors.read(np.ones(width, dtype=np.float16).tobytes(), width) is not None
