"""Milestones: what is to be shown by when, and the files that show it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from contracts.models.project import Project
from contracts.models.reasons import ReturnReason
from files.models import Attachment
from journal.lifecycle import Lifecycle, Move
from policy import Actor, visible
from texts.fields import LineField, ProseField

REVIEW_DAYS = 10
"""Days within which the client answers a submission, where the contract says nothing else."""
SOON_DAYS = 7
"""Days before the due date on which both sides are reminded."""


def while_performing(milestone: "Milestone", actor: Actor) -> Mapping[str, list[str]]:
    """Nothing is handed in or judged while the project stands still."""
    if milestone.project.status == Project.Status.PERFORMING:
        return {}
    state = milestone.project.get_status_display()
    return {"": [_now("The project is “%(state)s”. It goes on when it is being performed again.") % {"state": state}]}


def something_to_show(milestone: "Milestone", actor: Actor) -> Mapping[str, list[str]]:
    """A submission brings at least one file that was in none before, and every file has been checked."""
    if problems := while_performing(milestone, actor):
        return problems
    new = milestone.new_files()
    if any(each.status == Attachment.Status.QUARANTINED for each in new):
        return {"": [_now("A file is still being checked. Submit in a moment.")]}
    return {} if new else {"": [_now("Attach at least one deliverable before you submit.")]}


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    def visible_to(self, actor: Actor) -> "MilestoneQuerySet":
        return visible(self, actor, "milestone.view")  # type: ignore[return-value]

    def owed_by_provider(self) -> "MilestoneQuerySet":
        """Milestones of projects being performed that still have to be submitted."""
        return self.filter(
            project__status=Project.Status.PERFORMING,
            status__in=Milestone.OWED,
        )


class Milestone(Lifecycle):
    """One step of the plan: what the provider shows by a date, and what the client says to it.

    Whether it is overdue follows from the clock and is stored nowhere.
    """

    NOUN = "milestone"

    class Status(models.TextChoices):
        SCHEDULED = "scheduled", _("Scheduled")
        SUBMITTED = "submitted", _("Submitted")
        RETURNED = "returned", _("Returned")
        PARTIALLY_MET = "partially_met", _("Partially met")
        ACCEPTED = "accepted", _("Accepted")

    SUBMIT: ClassVar = Move(
        "submit",
        "submitted",
        _("Submit for acceptance"),
        guard=something_to_show,
        note="optional",
        tone="primary",
        sets={"submitted_at": timezone.now},
    )
    MOVES: ClassVar = {
        Status.SCHEDULED: {Status.SUBMITTED: SUBMIT},
        Status.SUBMITTED: {
            Status.ACCEPTED: Move(
                "accept",
                "accepted",
                _("Accept the milestone"),
                guard=while_performing,
                note="optional",
                tone="primary",
                sets={"decided_at": timezone.now},
            ),
            Status.PARTIALLY_MET: Move(
                "accept_in_part",
                "partially_met",
                _("Accept in part"),
                guard=while_performing,
                note="required",
                sets={"decided_at": timezone.now},
            ),
            Status.RETURNED: Move(
                "return", "returned", _("Return"), guard=while_performing, reasons=ReturnReason, note="required"
            ),
        },
        Status.RETURNED: {Status.SUBMITTED: SUBMIT},
        Status.PARTIALLY_MET: {Status.SUBMITTED: SUBMIT},
    }
    MET = (Status.ACCEPTED, Status.PARTIALLY_MET)
    OWED = (Status.SCHEDULED, Status.RETURNED, Status.PARTIALLY_MET)

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="milestones", verbose_name=_("project"))
    number = models.PositiveSmallIntegerField(_("number"))
    title_zh = LineField(_("title in Chinese"), max_length=120, blank=True)
    title_en = LineField(_("title in English"), max_length=240, blank=True)
    deliverable_zh = ProseField(_("what is delivered, in Chinese"), max_length=2000, blank=True)
    deliverable_en = ProseField(_("what is delivered, in English"), max_length=4000, blank=True)
    due_on = models.DateField(_("due"))
    status = models.CharField(
        _("state"), max_length=14, choices=Status.choices, default=Status.SCHEDULED, editable=False
    )
    round = models.PositiveSmallIntegerField(_("submissions so far"), default=0, editable=False)
    accepted_percent = models.PositiveSmallIntegerField(_("accepted so far, in per cent"), default=0, editable=False)
    submitted_at = models.DateTimeField(_("submitted"), null=True, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    reminded_for = models.DateField(null=True, editable=False)
    overdue_for = models.DateField(null=True, editable=False)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering: ClassVar = ["project", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "number"], name="contracts_milestone_once_per_number"),
            models.CheckConstraint(condition=Q(accepted_percent__lte=100), name="contracts_milestone_at_most_all"),
            models.CheckConstraint(
                condition=~Q(status="accepted") | Q(accepted_percent=100), name="contracts_milestone_accepted_is_all"
            ),
            models.CheckConstraint(
                condition=~Q(status="partially_met") | Q(accepted_percent__gt=0, accepted_percent__lt=100),
                name="contracts_milestone_partial_is_a_part",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["due_on"], name="contracts_milestone_by_date")]

    def __str__(self) -> str:
        english = (get_language() or "").startswith("en")
        title = (self.title_en or self.title_zh) if english else (self.title_zh or self.title_en)
        return f"M{self.number} {title}"

    def get_absolute_url(self) -> str:
        return f"{reverse('contracts:project', args=[self.project_id])}#milestone-{self.pk}"

    def new_files(self) -> list[Attachment]:
        """The files that were in no submission yet, checked or being checked."""
        kept = Attachment.objects.attached_to(self).filter(status__in=["quarantined", "released"])
        return list(kept.exclude(pk__in=self.deliverables.values("attachment")))

    @property
    def is_overdue(self) -> bool:
        """Not handed in by its date, by the clock, while the project is being performed."""
        return (
            self.status in self.OWED
            and self.project.status == Project.Status.PERFORMING
            and self.due_on < timezone.localdate()
        )

    @property
    def answer_due(self) -> datetime | None:
        """By when the client is to answer the submission; None while nothing waits for an answer."""
        if self.status != self.Status.SUBMITTED or self.submitted_at is None:
            return None
        return self.submitted_at + timedelta(days=REVIEW_DAYS)


class Deliverable(models.Model):
    """A file as it was handed in with a submission: the name and the hash stay, whatever becomes of the file."""

    milestone = models.ForeignKey(
        Milestone, on_delete=models.PROTECT, related_name="deliverables", verbose_name=_("milestone")
    )
    attachment = models.OneToOneField(Attachment, on_delete=models.PROTECT, related_name="+", verbose_name=_("file"))
    round = models.PositiveSmallIntegerField(_("submission"))
    name = models.CharField(_("name"), max_length=120)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField(_("size in bytes"))

    class Meta:
        verbose_name = _("deliverable")
        verbose_name_plural = _("deliverables")
        ordering: ClassVar = ["milestone", "round", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="contracts_deliverable_hash"),
        ]

    def __str__(self) -> str:
        return self.name
