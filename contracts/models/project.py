"""Projects: a contract in execution, from taking effect to its end."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from contracts.models.contract import Contract
from contracts.models.reasons import DisputeReason, SuspendReason, TerminateReason
from information.models import Need
from journal.lifecycle import Lifecycle, Move
from policy import Actor, visible


def every_milestone_accepted(project: "Project", actor: Actor) -> Mapping[str, list[str]]:
    """The whole is accepted when each part is."""
    missing = [str(each) for each in project.milestones.exclude(status="accepted")]
    if missing:
        return {"": [_now("Not accepted yet: %(milestones)s.") % {"milestones": ", ".join(missing)}]}
    return {}


def every_payment_settled(project: "Project", actor: Actor) -> Mapping[str, list[str]]:
    """A project is closed when nobody owes money any more."""
    owed = project.payments.exclude(status__in=["confirmed", "waived"]).count()
    if owed:
        return {"": [_now("Payments that are not confirmed yet: %(number)s.") % {"number": owed}]}
    return {}


def settlement_agreed(project: "Project", actor: Actor) -> Mapping[str, list[str]]:
    """Nobody is sent away without a settlement that both parties have accepted."""
    if project.settlements.filter(status="agreed").exists():
        return {}
    return {"": [_now("Both parties have to accept a settlement first.")]}


def dispute_over(project: "Project", actor: Actor) -> Mapping[str, list[str]]:
    """Work goes on when the dispute has an outcome."""
    if project.disputes.filter(status="open").exists():
        return {"": [_now("The dispute has no outcome yet.")]}
    return {}


class ProjectQuerySet(models.QuerySet["Project"]):
    def visible_to(self, actor: Actor) -> "ProjectQuerySet":
        return visible(self, actor, "project.view")  # type: ignore[return-value]

    def with_parties(self) -> "ProjectQuerySet":
        """The contract, its parties and its match, in one query."""
        return self.select_related(
            "contract__client__region",
            "contract__provider__region",
            "contract__government",
            "contract__match__need",
            "contract__match__achievement",
        )


class Project(Lifecycle):
    """What a contract in force obliges to, as it is done: milestones, payments, notices, disputes hang on it.

    `total` is the fixed price, None where the price is a royalty alone; the amounts of the payments other than
    royalties add up to it at the end of every transaction (a deferred trigger of the database).
    """

    NOUN = "project"

    class Status(models.TextChoices):
        PERFORMING = "performing", _("Being performed")
        SUSPENDED = "suspended", _("Suspended")
        DISPUTED = "disputed", _("In dispute")
        TERMINATING = "terminating", _("Being terminated")
        ACCEPTED = "accepted", _("Accepted")
        CLOSED = "closed", _("Closed")
        TERMINATED = "terminated", _("Terminated")

    DISPUTE: ClassVar = Move(
        "dispute", "disputed", _("Open a dispute"), reasons=DisputeReason, note="required", tone="danger"
    )
    TERMINATE: ClassVar = Move(
        "terminate", "termination_started", _("Terminate"), reasons=TerminateReason, note="required", tone="danger"
    )
    MOVES: ClassVar = {
        Status.PERFORMING: {
            Status.ACCEPTED: Move(
                "accept", "accepted", _("Accept the whole"), guard=every_milestone_accepted, tone="primary"
            ),
            Status.SUSPENDED: Move("suspend", "suspended", _("Suspend"), reasons=SuspendReason, note="required"),
            Status.DISPUTED: DISPUTE,
            Status.TERMINATING: TERMINATE,
        },
        Status.SUSPENDED: {
            Status.PERFORMING: Move("resume", "resumed", _("Resume the work"), note="optional", tone="primary"),
            Status.TERMINATING: TERMINATE,
        },
        Status.DISPUTED: {
            Status.PERFORMING: Move(
                "carry_on", "carried_on", _("Carry on"), guard=dispute_over, note="optional", tone="primary"
            ),
            Status.TERMINATING: TERMINATE,
        },
        Status.TERMINATING: {
            Status.TERMINATED: Move(
                "end",
                "terminated",
                _("Conclude the termination"),
                guard=settlement_agreed,
                tone="danger",
                sets={"ended_at": timezone.now},
            ),
            Status.PERFORMING: Move("keep", "kept", _("Call the termination off"), note="required"),
        },
        Status.ACCEPTED: {
            Status.CLOSED: Move(
                "close",
                "closed",
                _("Close the project"),
                guard=every_payment_settled,
                tone="primary",
                sets={"ended_at": timezone.now},
            ),
        },
    }
    RUNNING = (Status.PERFORMING, Status.SUSPENDED, Status.DISPUTED, Status.TERMINATING)

    contract = models.OneToOneField(
        Contract, on_delete=models.PROTECT, related_name="project", verbose_name=_("contract")
    )
    status = models.CharField(
        _("state"), max_length=12, choices=Status.choices, default=Status.PERFORMING, editable=False
    )
    total = models.DecimalField(_("fixed price"), max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(_("currency"), max_length=3, choices=Need.Currency.choices)
    royalty_percent = models.DecimalField(_("royalty in per cent"), max_digits=6, decimal_places=3, null=True)
    started_at = models.DateTimeField(_("began"))
    planned_end = models.DateField(_("planned end"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering: ClassVar = ["-started_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(total=None) | Q(total__gte=0), name="contracts_project_total_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(royalty_percent=None) | Q(royalty_percent__gt=0, royalty_percent__lte=100),
                name="contracts_project_royalty_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["closed", "terminated"], ended_at__isnull=False)
                | ~Q(status__in=["closed", "terminated"]) & Q(ended_at=None),
                name="contracts_project_ended_has_date",
            ),
        ]

    def __str__(self) -> str:
        return str(self.contract)

    def get_absolute_url(self) -> str:
        return reverse("contracts:project", args=[self.pk])
