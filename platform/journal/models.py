"""Entries, and the receipts that are owed for them."""

from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from journal.chain import link


class EntryQuerySet(models.QuerySet["Entry"]):
    def about(self, subject: models.Model) -> "EntryQuerySet":
        """The timeline of one object, oldest first."""
        return self.filter(stream=stream_of(subject)).select_related("actor").order_by("sequence")


class Entry(models.Model):
    """One thing that happened, written in the transaction in which it happened and never changed.

    A database trigger refuses UPDATE, DELETE and TRUNCATE.
    """

    stream = models.CharField(_("stream"), max_length=80)
    sequence = models.PositiveIntegerField(_("number within the stream"))
    name = models.CharField(_("what happened"), max_length=80)
    subject_id = models.BigIntegerField(_("subject"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, verbose_name=_("who"), related_name="+"
    )
    at = models.DateTimeField(_("when"))
    data = models.JSONField(_("particulars"), default=dict, encoder=DjangoJSONEncoder)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stream", "sequence"], name="journal_entry_once_per_place"),
        ]
        indexes: ClassVar = [models.Index(fields=["name", "-at"], name="journal_entry_news")]

    def __str__(self) -> str:
        return f"{self.stream} {self.sequence} {self.name}"

    def expected_hash(self) -> str:
        """The hash that this content and the recorded previous hash must have."""
        return link(
            self.previous_hash,
            stream=self.stream,
            sequence=self.sequence,
            name=self.name,
            actor=self.actor_id,
            at=self.at,
            data=self.data,
        )


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    def owed(self) -> "ReceiptQuerySet":
        """Receipts whose receiver has not yet done its work."""
        return self.filter(received_at=None)


class Receipt(models.Model):
    """What one receiver owes for one entry; `received_at` is committed with the receiver's own work."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="receipts")
    receiver = models.CharField(max_length=120)
    due_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "receiver"], name="journal_receipt_once_per_receiver"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="journal_receipt_owed", condition=Q(received_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.receiver} for {self.entry_id}"


def stream_of(subject: models.Model) -> str:
    """The stream in which an object's entries stand, for example "matching.match:12"."""
    return f"{subject._meta.label_lower}:{subject.pk}"
