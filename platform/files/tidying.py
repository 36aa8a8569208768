"""Contents without an attachment: what a process left that died between writing the file and committing the row."""

from datetime import timedelta

from django.utils import timezone

from files.models import Attachment, vault

OLD = timedelta(days=1)
"""Younger ones may still be on their way."""


def tidy() -> int:
    """Delete contents older than a day that no attachment needs; gives their number."""
    storage = vault()
    needed = {Attachment.Status.QUARANTINED, Attachment.Status.RELEASED}
    _folders, names = storage.listdir("")
    known = set(Attachment.objects.filter(stored_as__in=names, status__in=needed).values_list("stored_as", flat=True))
    orphans = [name for name in names if name not in known and is_old(name)]
    for name in orphans:
        storage.delete(name)
    return len(orphans)


def is_old(name: str) -> bool:
    """Whether it was written more than a day ago."""
    return vault().get_modified_time(name) < timezone.now() - OLD
