"""Notices, what people chose about them, and the letters that carry them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal.models import Entry
from notifications.kinds import Channel
from policy import Actor, visible


class Letter(models.Model):
    """One mail to one person; `sent_at` is committed after the mail server took it.

    `under_way` marks an attempt whose end nobody has heard of: a worker that died between sending and committing
    leaves it set, `lost` counts these. After two of them the letter is closed, so it never arrives more than twice.
    """

    recipient = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    under_way = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lost = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="notifications_letter_due", condition=Q(closed_at=None)),
            models.Index(fields=["recipient", "-created_at"], name="notifications_letter_latest"),
        ]

    def __str__(self) -> str:
        return f"letter {self.pk}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, actor: Actor) -> "NoticeQuerySet":
        return visible(self, actor, "notice.view")  # type: ignore[return-value]

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)

    def to_mail(self) -> "NoticeQuerySet":
        """Those that wait for a letter: unread, and not in one yet."""
        return self.filter(read_at=None, letter=None, mail_at__isnull=False)


class Notice(models.Model):
    """One thing that happened, told to one person once."""

    NOUN = "notice"

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+", verbose_name=_("what happened"))
    recipient = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices", verbose_name=_("recipient"))
    kind = models.CharField(_("kind"), max_length=60)
    created_at = models.DateTimeField(_("told"))
    read_at = models.DateTimeField(_("read"), null=True)
    mail_at = models.DateTimeField(_("to be mailed"), null=True)
    letter = models.ForeignKey(Letter, on_delete=models.SET_NULL, null=True, related_name="notices")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "recipient", "kind"], name="notifications_notice_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["recipient", "-id"], name="notifications_notice_inbox"),
            models.Index(fields=["recipient"], name="notifications_notice_unread", condition=Q(read_at=None)),
            models.Index(
                fields=["mail_at"],
                name="notifications_notice_to_mail",
                condition=Q(read_at=None, letter=None, mail_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.recipient_id}"

    def get_absolute_url(self) -> str:
        """The address that leads to what it is about, and marks it as read."""
        return reverse("notifications:open", args=[self.pk])


class Preference(models.Model):
    """How one person wants one kind of notice mailed."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    channel = models.CharField(max_length=8, choices=Channel.choices)

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "kind"], name="notifications_preference_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.channel}"
