"""A broker that is down or was restarted never breaks what the caller has just committed."""

import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from celery import Celery
from django.db import transaction
from redis import Redis

from accounts.models import Organization
from config.celery import app as real_app
from contracts.models import Contract
from journal import delivery, doorbell
from journal.models import Receipt
from journal.recording import record
from launch.servers import wait_for
from launch.valkey import Valkey
from matching import services
from tests import factories

# kombu shares connections between URLs that differ in their socket's path alone, unless their options differ too.
numbers = count(1)


class Broker:
    """A broker of its own, which can be started and stopped."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.start()

    def start(self) -> None:
        self.valkey = Valkey(self.folder, durable=False)
        self.valkey.start()
        wait_for(self.valkey.child, lambda: self.valkey.ready)

    def stop(self) -> None:
        self.valkey.child.stop()

    def queued(self) -> int:
        """How many doorbells wait for a worker."""
        with Redis.from_url(self.valkey.redis_url) as client:
            return int(client.llen("celery"))


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    """The broker that the doorbell uses during the test."""
    broker = Broker(tmp_path)
    app = Celery("beside", set_as_current=False)
    # Not `broker_url`: the environment's would go before it.
    app.conf.update(broker_write_url=broker.valkey.broker_url)
    app.conf.broker_transport_options = {"client_name": f"doorbell-{next(numbers)}"}
    app.set_current()
    yield broker
    app.connection_for_write().close()
    app.close()
    real_app.set_current()
    broker.stop()
    shutil.rmtree(broker.valkey.socket.parent, ignore_errors=True)


def test_a_ring_reaches_the_broker(broker: Broker) -> None:
    doorbell.ring("journal.tasks.deliver", 1)

    assert broker.queued() == 1


def test_a_broker_that_died_since_the_last_ring_is_no_fault(broker: Broker) -> None:
    doorbell.ring("journal.tasks.deliver", 1)
    broker.stop()

    doorbell.ring("journal.tasks.deliver", 2)
    doorbell.ring("journal.tasks.deliver", 3)

    broker.start()
    assert broker.queued() == 0


def test_a_broker_that_was_restarted_hears_the_next_ring(broker: Broker) -> None:
    doorbell.ring("journal.tasks.deliver", 1)
    broker.stop()
    broker.start()

    doorbell.ring("journal.tasks.deliver", 2)

    assert broker.queued() == 1


@pytest.mark.usefixtures("transactional_db")
def test_an_approval_without_broker_stands_and_its_draft_comes_with_the_sweep(
    broker: Broker, deliver_news: Callable[[], int]
) -> None:
    administrator, match = factories.administrator(), factories.MatchFactory.create(status="mutual")
    doorbell.ring("journal.tasks.deliver", 10**9)
    broker.stop()

    services.approve(match, by=administrator, version=1)
    broker.start()
    Receipt.objects.update(due_at=match.scored_at)
    rung = delivery.sweep()

    match.refresh_from_db()
    owed = Receipt.objects.owed().count()
    assert owed > 1
    assert (match.status, rung, broker.queued()) == ("approved", owed, owed)
    deliver_news()
    assert Contract.objects.get().match == match


@pytest.mark.usefixtures("transactional_db")
def test_nothing_rings_before_the_transaction_is_committed(broker: Broker) -> None:
    match = factories.MatchFactory.create(status="mutual")
    administrator = factories.administrator()

    with transaction.atomic():
        services.approve(match, by=administrator, version=1)
        before = broker.queued()

    assert (before, broker.queued()) == (0, Receipt.objects.owed().count())


@pytest.mark.django_db
def test_recording_asks_the_broker_nothing_itself(enterprise: Organization, broker: Broker) -> None:
    broker.stop()

    entry = record(enterprise, "tested", by=factories.administrator())

    assert entry.sequence == 1
