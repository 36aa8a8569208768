"""Writing entries: under the stream's lock, chained, and with the receipts that their receivers owe."""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.utils import timezone

from journal.chain import ORIGIN
from journal.delivery import DELIVER
from journal.doorbell import ring
from journal.models import Entry, Receipt, stream_of
from journal.subscriptions import receivers_of
from policy import Actor

GRACE = timedelta(seconds=5)
"""How long the doorbell has before the sweep takes over."""


def record(subject: models.Model, news: str, *, by: Actor, data: Mapping[str, Any] | None = None) -> Entry:
    """Write that something happened to the subject, in the caller's transaction (one must be open).

    Takes an advisory lock on the subject's stream until the transaction ends.
    """
    return record_all([(subject, dict(data or {}))], news, by=by)[0]


def record_all(subjects: Sequence[tuple[models.Model, dict[str, Any]]], news: str, *, by: Actor) -> list[Entry]:
    """The same for many subjects of one kind at once, in a bounded number of queries. At most one entry a subject."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("journal.record needs an open transaction")
    streams = [stream_of(subject) for subject, _ in subjects]
    heads = lock_heads(streams)
    entries = []
    for (subject, data), stream in zip(subjects, streams, strict=True):
        sequence, previous = heads.get(stream, (0, ORIGIN))
        entry = Entry(
            stream=stream,
            sequence=sequence + 1,
            name=f"{subject._meta.label_lower}.{news}",
            subject_id=subject.pk,
            actor_id=by.pk,
            at=timezone.now(),
            data=plain(data),
            previous_hash=previous,
        )
        entry.hash = entry.expected_hash()
        entries.append(entry)
    written = Entry.objects.bulk_create(entries, batch_size=500)
    owe(written)
    return written


def lock_heads(streams: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Lock the streams, always in the same order, and give the last (sequence, hash) of those that have entries."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(stream, 0))"
            " FROM (SELECT stream FROM unnest(%s::text[]) AS stream ORDER BY stream) AS ordered",
            [list(streams)],
        )
    heads = Entry.objects.filter(stream__in=streams).order_by("stream", "-sequence").distinct("stream")
    return {entry.stream: (entry.sequence, entry.hash) for entry in heads}


def plain(data: Mapping[str, Any]) -> dict[str, Any]:
    """The particulars as PostgreSQL will give them back, so that their hash can be computed again."""
    text = json.dumps(data, cls=DjangoJSONEncoder, allow_nan=False)
    restored: dict[str, Any] = json.loads(text, parse_float=as_numeric)
    return restored


def as_numeric(text: str) -> float | int:
    """A JSON float as jsonb gives it back: a numeric has neither an exponent nor a negative zero."""
    return int(Decimal(text)) if "e+" in text else float(text) + 0.0


def owe(entries: Sequence[Entry]) -> None:
    """Create the receipts that the entries' receivers owe, and ring for each after commit."""
    due = timezone.now() + GRACE
    receipts = Receipt.objects.bulk_create(
        Receipt(entry=entry, receiver=receiver, due_at=due)
        for entry in entries
        for receiver in receivers_of(entry.name, entry.data)
    )
    for receipt in receipts:
        transaction.on_commit(partial(ring, DELIVER, receipt.pk))
