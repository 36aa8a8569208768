"""Many administrators decide on the same matches at the same moment: each match is approved once."""

import contextlib
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.models import User
from contracts.models import Contract
from journal.errors import StaleVersion
from journal.models import Entry, Receipt
from journal.recording import record
from matching import services
from matching.models import Match
from tests import factories
from tracking.models import Case

THREADS = 8
OBJECTS = 200

Approval = Callable[[int, User], None]


def in_threads(work: Callable[[], Any]) -> list[BaseException]:
    """Run the work in all threads at once; gives what went wrong."""
    faults: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as fault:  # noqa: BLE001  it is the test that judges
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def everybody_approves(keys: list[int], approve: Approval) -> list[BaseException]:
    """Each thread approves every match, and for each waits until all threads have come to it."""
    gate = threading.Barrier(THREADS, timeout=30)
    user = factories.administrator()

    def work() -> None:
        approver = User.objects.get(pk=user.pk)
        for key in keys:
            gate.wait()
            approve(key, approver)

    return in_threads(work)


def properly(key: int, by: User) -> None:
    """The product's own use case; whoever comes too late is told so."""
    with contextlib.suppress(StaleVersion):
        services.approve(Match.objects.get(pk=key), by=by, version=1)


def naively(key: int, by: User) -> None:
    """What one writes without thinking of others: read the state, compare, save, note."""
    match = Match.objects.get(pk=key)
    if match.status == Match.Status.MUTUAL:
        match.status = Match.Status.APPROVED
        match.version += 1
        match.save()
        with transaction.atomic():
            record(match, "approved", by=by)


def approvals() -> Counter[int]:
    """How many approvals the journal has of each match."""
    return Counter(Entry.objects.filter(name="matching.match.approved").values_list("subject_id", flat=True))


@pytest.mark.usefixtures("transactional_db")
def test_each_match_is_approved_once_and_has_one_effect(deliver_news: Callable[[], int]) -> None:
    keys = factories.mutual_matches(OBJECTS)

    faults = everybody_approves(keys, properly)
    delivered = deliver_news()

    assert faults == []
    assert approvals() == dict.fromkeys(keys, 1)
    assert set(Match.objects.values_list("status", "version")) == {("approved", 2)}
    assert sorted(Contract.objects.values_list("match_id", flat=True)) == keys
    assert sorted(Case.objects.exclude(contract=None).values_list("match_id", flat=True)) == keys
    # Each receipt was delivered once, and each approval had as many as every other.
    assert delivered == Receipt.objects.count()
    assert delivered % len(keys) == 0
    assert not Receipt.objects.owed().exists()


@pytest.mark.usefixtures("transactional_db")
def test_the_same_fire_breaks_an_approval_without_lock_and_version() -> None:
    keys = factories.mutual_matches(20)

    everybody_approves(keys, naively)

    assert max(approvals().values()) > 1
