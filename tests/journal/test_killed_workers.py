"""Workers are killed in the middle of their work, again and again: nothing is lost, nothing happens twice."""

import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from contracts.models import Contract
from journal import delivery
from journal.models import Entry, Receipt
from matching import services
from matching.models import Match, Outcome
from tests import factories
from tests.journal.workers import WorkerGroup, empty_broker
from tracking.models import Case

EACH = 6
"""Deliveries of one approval at least: its room, its draft, its case, what these note and what people are told."""
APPROVALS = 500 if os.environ.get("TENON_FULL_SIZE") else 84
"""84 approvals are 504 deliveries and more; the full size has its own make target."""
KILLS = 5
PATIENCE = timedelta(seconds=8)
"""The sweep rings again sooner than in production, so that the test does not wait for it."""
STANDSTILL = 120
"""Seconds without a single delivery after which something is lost."""


@pytest.fixture
def worker(transactional_db: None, tmp_path: Path) -> Iterator[WorkerGroup]:
    empty_broker()
    group = WorkerGroup(tmp_path / "worker.log")
    yield group
    group.kill()
    empty_broker()


def sweep_until(done: Callable[[], bool], worker: WorkerGroup) -> None:
    """Sweep as beat would, until the worker has done it; a busy machine may be slow, but not stand still."""
    so_far, since = received(), time.monotonic()
    pause = threading.Event()
    while not done():
        if received() > so_far:
            so_far, since = received(), time.monotonic()
        assert time.monotonic() < since + STANDSTILL, f"nothing more after {so_far} deliveries for {STANDSTILL} s"
        worker.assert_alive()
        delivery.sweep(patience=PATIENCE)
        pause.wait(0.2)


def received_at_least(number: int) -> bool:
    return received() >= number


def received() -> int:
    return Receipt.objects.exclude(received_at=None).count()


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_five_kills_over_five_hundred_deliveries_lose_nothing_and_repeat_nothing(worker: WorkerGroup) -> None:
    administrator = factories.administrator()
    keys = factories.mutual_matches(APPROVALS)
    for match in Match.objects.filter(pk__in=keys):
        services.approve(match, by=administrator, version=match.version)

    unfinished = []
    for kill in range(1, KILLS + 1):
        worker.start()
        sweep_until(partial(received_at_least, kill * APPROVALS * EACH // (KILLS + 1)), worker)
        worker.kill()
        unfinished.append(Receipt.objects.owed().count())
    worker.start()
    sweep_until(lambda: not Receipt.objects.owed().exists(), worker)

    assert all(unfinished), "a worker had finished before it was killed"
    assert received() == Receipt.objects.count()
    assert received() >= APPROVALS * EACH
    assert received() % APPROVALS == 0
    assert sorted(Contract.objects.values_list("match_id", flat=True)) == keys
    assert sorted(Case.objects.exclude(contract=None).values_list("match_id", flat=True)) == keys
    assert sorted(Outcome.objects.filter(kind="drafted").values_list("match_id", flat=True)) == keys
    news = Counter(Entry.objects.values_list("name", flat=True))
    assert {"matching.match.approved", "matching.room.opened", "contracts.contract.opened"} <= news.keys()
    assert set(news.values()) == {APPROVALS}
