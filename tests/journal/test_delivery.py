"""Entries reach their receivers once each, whatever goes wrong on the way."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import Organization
from contracts.models import Contract
from information.models import Need
from journal import delivery, subscriptions, tasks
from journal.models import Entry, Receipt
from journal.recording import record
from journal.subscriptions import on
from matching.models import Match
from policy import PLATFORM
from tests import factories
from tracking.models import Case

calls: list[str] = []
broken: list[str] = []


def first(entry: Entry) -> None:
    """A receiver that works."""
    calls.append("first")


def second(entry: Entry) -> None:
    """A receiver that writes, and then fails as long as something is broken."""
    Organization.objects.filter(pk=entry.subject_id).update(about_en="the second receiver was here")
    calls.append("second")
    if broken:
        raise RuntimeError(broken[-1])


@pytest.fixture
def told() -> Iterator[None]:
    """Both receivers listen, and are forgotten afterwards."""
    calls.clear()
    broken.clear()
    on("accounts.organization.tested")(first)
    on("accounts.organization.tested")(second)
    yield
    del subscriptions._subscriptions["accounts.organization.tested"]
    for receiver in (first, second):
        subscriptions._receivers.pop(f"{receiver.__module__}.{receiver.__qualname__}", None)


@pytest.fixture
def news(told: None, enterprise: Organization) -> Entry:
    """Something that both receivers want to hear of."""
    return record(enterprise, "tested", by=PLATFORM)


def owed_by(receiver: Callable[[Entry], None]) -> Receipt:
    return Receipt.objects.get(receiver=f"{receiver.__module__}.{receiver.__qualname__}")


def make_due() -> None:
    """Let time pass until every receipt is overdue."""
    Receipt.objects.update(due_at=timezone.now() - timedelta(seconds=1))


def test_each_receiver_is_called_once_however_often_the_bell_rings(news: Entry) -> None:
    receipts = list(news.receipts.values_list("pk", flat=True))

    outcomes = [delivery.deliver(pk) for pk in receipts for _ in range(3)]

    assert outcomes == [True, False, False, True, False, False]
    assert calls == ["first", "second"]


def test_a_failing_receiver_leaves_no_trace_of_its_work_and_does_not_hinder_the_other(news: Entry) -> None:
    broken.append("the disk is full")

    with pytest.raises(RuntimeError):
        delivery.deliver(owed_by(second).pk)
    delivery.deliver(owed_by(first).pk)

    assert Organization.objects.get(pk=news.subject_id).about_en == ""
    assert owed_by(second).received_at is None
    assert owed_by(first).received_at is not None


def test_a_failed_delivery_keeps_its_error_and_waits_twice_as_long_each_time(news: Entry) -> None:
    broken.append("the disk is full\0 to the brim")

    waits = []
    for _ in range(4):
        tasks.deliver.apply(args=(owed_by(second).pk,))
        waits.append(round((owed_by(second).due_at - timezone.now()).total_seconds()))

    assert owed_by(second).attempts == 4
    assert owed_by(second).last_error == "RuntimeError: the disk is full to the brim"
    assert waits == [2, 4, 8, 16]


def test_the_wait_never_exceeds_an_hour(news: Entry) -> None:
    Receipt.objects.update(attempts=30_000)

    delivery.put_off(owed_by(second).pk, "still broken")

    assert owed_by(second).due_at - timezone.now() <= timedelta(hours=1)


def test_a_repaired_receiver_gets_what_it_is_owed_by_the_next_sweep(news: Entry) -> None:
    broken.append("the disk is full")
    tasks.deliver.apply(args=(owed_by(second).pk,))
    broken.clear()
    make_due()

    rung = delivery.sweep()
    for receipt in news.receipts.all():
        tasks.deliver.apply(args=(receipt.pk,))

    assert rung == 2
    assert not Receipt.objects.owed().exists()
    assert Organization.objects.get(pk=news.subject_id).about_en == "the second receiver was here"


def test_a_receiver_that_was_renamed_stays_owed_and_says_so(news: Entry) -> None:
    Receipt.objects.filter(pk=owed_by(second).pk).update(receiver="contracts.receivers.old_name")
    renamed = Receipt.objects.get(receiver="contracts.receivers.old_name")

    tasks.deliver.apply(args=(renamed.pk,))
    tasks.deliver.apply(args=(owed_by(first).pk,))

    renamed.refresh_from_db()
    assert renamed.last_error.startswith("LookupError: no receiver contracts.receivers.old_name")
    assert calls == ["first"]


def test_a_sweep_rings_only_for_what_is_overdue_and_then_waits(news: Entry) -> None:
    before = delivery.sweep()
    make_due()

    rung = [delivery.sweep(), delivery.sweep()]

    assert (before, rung) == (0, [2, 0])


@pytest.mark.django_db
def test_a_receipt_that_does_not_exist_is_no_fault() -> None:
    assert delivery.deliver(10**9) is False
    delivery.put_off(10**9, "gone")


@pytest.mark.usefixtures("transactional_db")
def test_what_a_rolled_back_transaction_wrote_is_never_delivered(told: None) -> None:
    organization = factories.OrganizationFactory.create()

    with transaction.atomic():
        record(organization, "tested", by=PLATFORM)
        transaction.set_rollback(True)

    assert not Entry.objects.exists()
    assert not Receipt.objects.exists()


@pytest.mark.usefixtures("transactional_db")
def test_recording_outside_a_transaction_is_refused() -> None:
    organization = factories.OrganizationFactory.create()

    with pytest.raises(transaction.TransactionManagementError):
        record(organization, "tested", by=PLATFORM)

    assert not Entry.objects.exists()


def test_an_approved_match_has_a_draft_and_a_case_in_any_order_of_news(
    mutual_match: Match, deliver_news: Callable[[], int]
) -> None:
    with transaction.atomic():
        approved = record(mutual_match, "approved", by=PLATFORM)
    Match.objects.filter(pk=mutual_match.pk).update(status="approved")
    draft_first = approved.receipts.order_by("receiver")
    assert {receipt.receiver for receipt in draft_first} >= {
        "contracts.receivers.open_draft",
        "tracking.receivers.open_case",
    }

    delivery.deliver(draft_first.get(receiver="contracts.receivers.open_draft").pk)
    opened = Receipt.objects.get(receiver="tracking.receivers.note_draft")
    delivery.deliver(opened.pk)
    deliver_news()

    case, contract = Case.objects.get(), Contract.objects.get()
    assert (case.contract, case.approved_at, case.stage) == (contract, approved.at, Case.Stage.DRAFTING)


@pytest.mark.django_db
def test_a_need_without_receivers_owes_nothing() -> None:
    need: Need = factories.NeedFactory.create()

    entry = record(need, "drafted", by=PLATFORM)

    assert not entry.receipts.exists()
