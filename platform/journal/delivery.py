"""Bringing entries to their receivers: once each, whatever dies in between.

Celery is only the doorbell. The receipt row is the truth: it is locked while its receiver works and marked received in
the receiver's own transaction; the sweep rings again for whatever is overdue.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from journal.doorbell import ring
from journal.models import Receipt
from journal.subscriptions import receiver_at

DELIVER = "journal.tasks.deliver"
PATIENCE = timedelta(seconds=30)
"""How long after a ring the sweep waits before it rings again."""
LONGEST_WAIT = timedelta(hours=1)


@transaction.atomic
def deliver(receipt_id: int) -> bool:
    """Let the receiver do its work and mark the receipt, in one transaction; False if there is nothing to do.

    A receipt that another worker holds or has finished is left alone. What the receiver raises passes through.
    """
    receipt = (
        Receipt.objects.owed()
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("entry")
        .filter(pk=receipt_id)
    ).first()
    if receipt is None:
        return False
    receiver_at(receipt.receiver)(receipt.entry)
    receipt.received_at = timezone.now()
    receipt.save(update_fields=["received_at"])
    return True


@transaction.atomic
def put_off(receipt_id: int, error: str) -> None:
    """Note a failed attempt and let the sweep try again later, each time after twice the wait, at most an hour."""
    receipt = Receipt.objects.owed().select_for_update().filter(pk=receipt_id).first()
    if receipt is None:
        return
    receipt.attempts = min(receipt.attempts + 1, 1000)
    receipt.due_at = timezone.now() + min(timedelta(seconds=2 ** min(receipt.attempts, 12)), LONGEST_WAIT)
    receipt.last_error = error.replace("\0", "")[:500]
    receipt.save(update_fields=["attempts", "due_at", "last_error"])


def sweep(limit: int = 500, *, patience: timedelta = PATIENCE) -> int:
    """Ring again for receipts that are overdue, and not once more for `patience`; gives their number.

    Two statements, and only rows that no worker holds: a delivery under way is not rung for again.
    """
    now = timezone.now()
    with transaction.atomic():
        overdue = list(
            Receipt.objects.owed()
            .filter(due_at__lte=now)
            .select_for_update(skip_locked=True)
            .order_by("due_at")
            .values_list("pk", flat=True)[:limit]
        )
        Receipt.objects.filter(pk__in=overdue).update(due_at=now + patience)
    for receipt_id in overdue:
        ring(DELIVER, receipt_id)
    return len(overdue)
