"""What may come between in a project: notices, disputes and the settlement that ends a termination."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from contracts.models.project import Project
from contracts.models.reasons import DisputeReason
from journal.lifecycle import Lifecycle, Move
from policy import Actor, visible
from texts.fields import ProseField

MEDIATION_DAYS = 30
"""Days within which a dispute should have an outcome before the parties go to court or arbitration."""
ANSWER_DAYS = 5
"""Working days within which a notice is acknowledged."""


class OfProject(models.QuerySet[Any]):
    """Objects that hang on a project and are seen by whoever the policy names."""

    def visible_to(self, actor: Actor) -> "OfProject":
        return visible(self, actor, f"{self.model.NOUN}.view")  # type: ignore[return-value]


class ProjectNotice(Lifecycle):
    """What one party must tell the other in time: a risk, a change, a failure that is becoming certain (art. 858)."""

    NOUN = "project_notice"

    class Status(models.TextChoices):
        GIVEN = "given", _("Waiting for an acknowledgement")
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")

    class Kind(models.TextChoices):
        RISK = "risk", _("Risk")
        CHANGE = "change", _("Change")
        FAILURE = "failure", _("Technical failure is becoming certain")
        FORCE = "force", _("An event that nobody could prevent")

    MOVES: ClassVar = {
        Status.GIVEN: {
            Status.ACKNOWLEDGED: Move("acknowledge", "acknowledged", _("Acknowledge"), note="optional", tone="primary")
        }
    }

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="notices", verbose_name=_("project"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    text = ProseField(_("what the other side must know"), max_length=4000)
    measure = ProseField(_("what you do to limit the loss"), max_length=2000, blank=True)
    giver = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("given by"))
    addressee = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("to"))
    status = models.CharField(_("state"), max_length=12, choices=Status.choices, default=Status.GIVEN, editable=False)
    given_at = models.DateTimeField(_("given"), auto_now_add=True)
    answer_by = models.DateField(_("to be acknowledged by"))

    objects = OfProject.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering: ClassVar = ["-given_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(giver=models.F("addressee")), name="contracts_notice_to_another")
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def get_absolute_url(self) -> str:
        return f"{reverse('contracts:project', args=[self.project_id])}#notices"


class Dispute(Lifecycle):
    """A disagreement with a clock: until its outcome is accepted by both, nothing is paid."""

    NOUN = "dispute"

    class Status(models.TextChoices):
        OPEN = "open", _("Being mediated")
        SETTLED = "settled", _("Settled")
        FAILED = "failed", _("Mediation failed")

    MOVES: ClassVar = {
        Status.OPEN: {
            Status.SETTLED: Move("settle", "settled", _("Accept the outcome"), tone="primary"),
            Status.FAILED: Move("give_up", "mediation_failed", _("Declare the mediation failed"), note="required"),
        }
    }

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="disputes", verbose_name=_("project"))
    reason = models.CharField(_("about"), max_length=10, choices=DisputeReason.choices)
    claim = ProseField(_("claim"), max_length=4000)
    opened_by = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("opened by"))
    mediate_by = models.DateField(_("mediation until"))
    outcome = ProseField(_("proposed outcome"), max_length=4000, blank=True)
    proposed_by = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("proposed by")
    )
    status = models.CharField(_("state"), max_length=8, choices=Status.choices, default=Status.OPEN, editable=False)
    opened_at = models.DateTimeField(_("opened"), auto_now_add=True)

    objects = OfProject.as_manager()

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        ordering: ClassVar = ["-opened_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["project"], condition=Q(status="open"), name="contracts_dispute_one_open_at_most"
            ),
            models.CheckConstraint(
                condition=~Q(status="settled") | Q(proposed_by__isnull=False),
                name="contracts_dispute_settled_has_outcome",
            ),
        ]

    def __str__(self) -> str:
        return self.get_reason_display()

    def get_absolute_url(self) -> str:
        return f"{reverse('contracts:project', args=[self.project_id])}#disputes"


def within_what_is_open(settlement: "Settlement", actor: Actor) -> Mapping[str, list[str]]:
    """A settlement belongs to a termination under way."""
    if settlement.project.status == Project.Status.TERMINATING:
        return {}
    return {"": [_now("The project is not being terminated any more.")]}


class Settlement(Lifecycle):
    """How a termination is wound up: what is paid, what is handed back, who keeps which results."""

    NOUN = "settlement"

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        AGREED = "agreed", _("Agreed")
        REJECTED = "rejected", _("Rejected")

    MOVES: ClassVar = {
        Status.PROPOSED: {
            Status.AGREED: Move(
                "agree", "agreed", _("Accept the settlement"), guard=within_what_is_open, tone="primary"
            ),
            Status.REJECTED: Move("reject", "rejected", _("Reject the settlement"), note="required"),
        }
    }

    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, related_name="settlements", verbose_name=_("project")
    )
    terms = ProseField(_("what each party does"), max_length=4000)
    amount = models.DecimalField(_("amount the client still pays"), max_digits=14, decimal_places=2, default=0)
    proposed_by = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    status = models.CharField(
        _("state"), max_length=10, choices=Status.choices, default=Status.PROPOSED, editable=False
    )
    proposed_at = models.DateTimeField(_("proposed"), auto_now_add=True)

    objects = OfProject.as_manager()

    class Meta:
        verbose_name = _("settlement")
        verbose_name_plural = _("settlements")
        ordering: ClassVar = ["-proposed_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(status__in=["proposed", "agreed"]),
                name="contracts_settlement_one_at_a_time",
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="contracts_settlement_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()}"

    def get_absolute_url(self) -> str:
        return f"{reverse('contracts:project', args=[self.project_id])}#termination"
