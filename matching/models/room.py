"""Docking rooms: where two approved sides come to terms, and whose turn it is there."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from information.models import Achievement, Need
from journal.lifecycle import Lifecycle, Move
from matching.models.match import Match
from matching.models.side import Side
from policy import Actor, visible


class BreakOffReason(models.TextChoices):
    TERMS = "terms", _("No agreement on price or terms")
    RIGHTS = "rights", _("No agreement on the rights to the results")
    FIT = "fit", _("On closer look it does not fit")
    PLANS = "plans", _("Plans have changed")
    SILENCE = "silence", _("The other side does not answer")
    ELSEWHERE = "elsewhere", _("Solved or licensed elsewhere")
    OTHER = "other", _("Another reason")


class RoomQuerySet(models.QuerySet["Room"]):
    def visible_to(self, actor: Actor) -> "RoomQuerySet":
        """Rooms of whose stages and clocks the actor may know; what is said in them is another matter."""
        return visible(self, actor, "room.view")  # type: ignore[return-value]

    def running(self) -> "RoomQuerySet":
        """Rooms in which something is still to be done."""
        return self.filter(status__in=Room.RUNNING)


class Room(Lifecycle):
    """The docking room of one approved match; what becomes of the match is what becomes of its room."""

    NOUN = "room"

    class Status(models.TextChoices):
        NDA = "nda", _("NDA to be signed")
        TALKING = "talking", _("In talks")
        AGREED = "agreed", _("Terms agreed")
        CONTRACTED = "contracted", _("Contracted")
        BROKEN_OFF = "broken_off", _("Broken off")
        LAPSED = "lapsed", _("Lapsed")

    BREAK_OFF = Move("break_off", "broken_off", _("Break off"), reasons=BreakOffReason, note="optional", tone="danger")
    LAPSE = Move("lapse", "lapsed", _("Let lapse"))
    CONTRACT = Move("contract", "contracted", _("Contract in effect"))
    MOVES: ClassVar = {
        Status.NDA: {
            Status.TALKING: Move("open", "disclosed", _("Open the full texts")),
            Status.BROKEN_OFF: BREAK_OFF,
            Status.LAPSED: LAPSE,
        },
        Status.TALKING: {
            Status.AGREED: Move("agree", "agreed", _("Agree on the terms")),
            Status.CONTRACTED: CONTRACT,
            Status.BROKEN_OFF: BREAK_OFF,
            Status.LAPSED: LAPSE,
        },
        Status.AGREED: {
            Status.TALKING: Move("reopen", "reopened", _("Take the talks up again")),
            Status.CONTRACTED: CONTRACT,
            Status.BROKEN_OFF: BREAK_OFF,
        },
    }
    RUNNING = (Status.NDA, Status.TALKING, Status.AGREED)

    match = models.OneToOneField(Match, on_delete=models.PROTECT, related_name="room", verbose_name=_("match"))
    status = models.CharField(_("state"), max_length=12, choices=Status.choices, editable=False)
    needs_nda = models.BooleanField(_("NDA asked for"), default=False)
    need_signed_at = models.DateTimeField(_("signed by the need's side"), null=True)
    achievement_signed_at = models.DateTimeField(_("signed by the achievement's side"), null=True)
    opened_at = models.DateTimeField(_("opened"), auto_now_add=True)
    active_at = models.DateTimeField(_("last step"), default=timezone.now)

    objects = RoomQuerySet.as_manager()

    class Meta:
        verbose_name = _("docking room")
        verbose_name_plural = _("docking rooms")
        ordering: ClassVar = ["-active_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(needs_nda=False)
                | ~Q(status__in=["talking", "agreed", "contracted"])
                | Q(need_signed_at__isnull=False, achievement_signed_at__isnull=False),
                name="matching_room_nda_before_talks",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["status", "active_at"], name="matching_room_silent")]

    def __str__(self) -> str:
        return str(self.match)

    def get_absolute_url(self) -> str:
        return reverse("matching:room", args=[self.pk])

    @property
    def posts(self) -> tuple[Need, Achievement]:
        """Both posts, the need first."""
        return self.match.need, self.match.achievement

    def organization(self, side: str) -> Organization:
        """The organization on that side."""
        return self.match.need.owner if side == Side.NEED else self.match.achievement.owner


class HandoverQuerySet(models.QuerySet["Handover"]):
    def open(self) -> "HandoverQuerySet":
        """What is still owed."""
        return self.filter(ended_at=None)

    def overdue(self) -> "HandoverQuerySet":
        """What is owed and late, by the clock."""
        return self.open().filter(due_at__lt=timezone.now())


class Handover(models.Model):
    """One thing that one side owes the other: since when, and until when. The clock that everybody sees.

    That it is late follows from the time and is not stored; `reported_at` only says that the journal has told of it.
    """

    class Task(models.TextChoices):
        SIGN = "sign", _("sign the non-disclosure agreement")
        BEGIN = "begin", _("make a first step: a message, a question or a proposal")
        ANSWER = "answer", _("answer a question")
        MEETING = "meeting", _("choose a time to meet")
        TERMS = "terms", _("look at the proposed terms")

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="handovers", verbose_name=_("docking room"))
    side = models.CharField(_("side"), max_length=12, choices=Side.choices)
    task = models.CharField(_("task"), max_length=8, choices=Task.choices)
    about = models.BigIntegerField(default=0)
    since = models.DateTimeField(_("since"), default=timezone.now)
    due_at = models.DateTimeField(_("due"))
    ended_at = models.DateTimeField(_("done"), null=True)
    reported_at = models.DateTimeField(null=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("handover")
        verbose_name_plural = _("handovers")
        ordering: ClassVar = ["due_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["room", "side", "task", "about"],
                condition=Q(ended_at=None),
                name="matching_handover_once_while_open",
            ),
            models.CheckConstraint(condition=Q(due_at__gt=F("since")), name="matching_handover_due_after_since"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="matching_handover_open", condition=Q(ended_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.side}: {self.task} in room {self.room_id}"

    @property
    def is_late(self) -> bool:
        """Whether it is still owed after its time."""
        return self.ended_at is None and self.due_at < timezone.now()
