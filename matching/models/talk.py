"""What is said in a docking room: messages, questions with their answers, proposals to meet."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from matching.models.room import Room
from matching.models.side import Side
from texts.fields import LineField, ProseField


class Said(models.Model):
    """What messages, questions and proposals to meet have in common."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="%(class)ss", verbose_name=_("docking room"))
    side = models.CharField(_("side"), max_length=12, choices=Side.choices)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        abstract = True
        ordering: ClassVar = ["at", "pk"]


class Message(Said):
    """Something that one side tells the other."""

    text = ProseField(_("message"), max_length=4000)

    class Meta(Said.Meta):
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes: ClassVar = [models.Index(fields=["room", "-at", "-id"], name="matching_message_latest")]

    def __str__(self) -> str:
        return f"message {self.pk} in room {self.room_id}"


class Question(Said):
    """Something that one side asks the other; it stays open until it is answered."""

    text = ProseField(_("question"), max_length=2000)
    due_at = models.DateTimeField(_("answer due"))
    answer = ProseField(_("answer"), max_length=4000, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(_("answered"), null=True)

    class Meta(Said.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="matching_question_answered_with_words",
            )
        ]

    def __str__(self) -> str:
        return f"question {self.pk} in room {self.room_id}"

    @property
    def addressee(self) -> Side:
        """The side that is to answer."""
        return Side(self.side).other


class Meeting(Said):
    """A proposal to meet, with several times to choose from; chosen, it is an appointment."""

    subject = LineField(_("subject"), max_length=120)
    place = LineField(_("place or link"), max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=60)
    begins = models.DateTimeField(_("begins"), null=True)
    chosen_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(_("called off"), null=True)
    sequence = models.PositiveSmallIntegerField(default=0)

    class Meta(Said.Meta):
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")

    def __str__(self) -> str:
        return f"meeting {self.pk} in room {self.room_id}"

    @property
    def is_open(self) -> bool:
        """Whether a time is still to be chosen."""
        return self.begins is None and self.cancelled_at is None


class Slot(models.Model):
    """One of the times that were proposed."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="slots")
    begins = models.DateTimeField(_("begins"))

    class Meta:
        verbose_name = _("time proposed")
        verbose_name_plural = _("times proposed")
        ordering: ClassVar = ["begins"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["meeting", "begins"], name="matching_slot_once")]

    def __str__(self) -> str:
        return f"{self.begins:%Y-%m-%d %H:%M}"
