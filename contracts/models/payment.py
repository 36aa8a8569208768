"""Payments: what is owed when, what was paid, and whether it arrived; and the royalty reports that some rest on."""

from collections.abc import Mapping
from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from contracts.models.milestone import Milestone
from contracts.models.project import Project
from contracts.models.reasons import ContestReason
from journal.lifecycle import Lifecycle, Move
from policy import Actor, visible
from texts.fields import LineField


def milestone_met(payment: "Payment", actor: Actor) -> Mapping[str, list[str]]:
    """Nothing is owed for a milestone that was not met."""
    if payment.milestone is None or payment.milestone.status in Milestone.MET:
        return {}
    return {"": [_now("“%(milestone)s” has not been accepted yet.") % {"milestone": payment.milestone}]}


def payable(payment: "Payment", actor: Actor) -> Mapping[str, list[str]]:
    """What is due was earned when it fell due; it waits while the project is in dispute or stands still."""
    project = payment.project
    if project.status in (Project.Status.DISPUTED, Project.Status.SUSPENDED):
        state = project.get_status_display()
        return {"": [_now("The project is “%(state)s”: payments wait until it goes on.") % {"state": state}]}
    return {}


class PaymentQuerySet(models.QuerySet["Payment"]):
    def visible_to(self, actor: Actor) -> "PaymentQuerySet":
        return visible(self, actor, "payment.view")  # type: ignore[return-value]


class Payment(Lifecycle):
    """One amount that the client owes the provider: planned, due, recorded as paid, confirmed as received.

    The database refuses to record one whose milestone was not met or whose project is in dispute.
    """

    NOUN = "payment"

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        DUE = "due", _("Due")
        RECORDED = "recorded", _("Paid, not yet confirmed")
        CONFIRMED = "confirmed", _("Received")
        WAIVED = "waived", _("Not owed any more")

    class Kind(models.TextChoices):
        ENTRY_FEE = "entry_fee", _("Entry fee")
        INSTALMENT = "instalment", _("Instalment")
        ROYALTY = "royalty", _("Royalty")
        SETTLEMENT = "settlement", _("Settlement")

    WAIVE: ClassVar = Move("waive", "waived", _("Drop the claim"))
    MOVES: ClassVar = {
        Status.PLANNED: {
            Status.DUE: Move("fall_due", "fell_due", _("Fall due"), guard=milestone_met, sets={"due_at": timezone.now}),
            Status.WAIVED: WAIVE,
        },
        Status.DUE: {
            Status.RECORDED: Move("record", "recorded", _("Record the payment"), guard=payable, tone="primary"),
            Status.WAIVED: WAIVE,
        },
        Status.RECORDED: {
            Status.CONFIRMED: Move(
                "confirm", "confirmed", _("Confirm receipt"), tone="primary", sets={"confirmed_at": timezone.now}
            ),
            Status.DUE: Move("contest", "contested", _("It has not arrived"), reasons=ContestReason, note="optional"),
        },
    }
    OPEN = (Status.PLANNED, Status.DUE, Status.RECORDED)

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="payments", verbose_name=_("project"))
    milestone = models.ForeignKey(
        Milestone, on_delete=models.PROTECT, null=True, related_name="payments", verbose_name=_("milestone")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.INSTALMENT)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    due_on = models.DateField(_("due"), null=True)
    status = models.CharField(_("state"), max_length=10, choices=Status.choices, default=Status.PLANNED, editable=False)
    due_at = models.DateTimeField(_("fell due"), null=True, editable=False)
    paid_amount = models.DecimalField(_("amount paid"), max_digits=14, decimal_places=2, null=True)
    paid_on = models.DateField(_("paid on"), null=True)
    reference = LineField(_("payment reference"), max_length=80, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, editable=False)
    reminded_for = models.DateField(null=True, editable=False)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering: ClassVar = ["project", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "number"], name="contracts_payment_once_per_number"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="contracts_payment_is_positive"),
            models.CheckConstraint(
                condition=Q(paid_amount=None) | Q(paid_amount__gt=0, paid_amount__lte=F("amount")),
                name="contracts_payment_paid_at_most_planned",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["recorded", "confirmed"])
                | Q(paid_amount__isnull=False, paid_on__isnull=False),
                name="contracts_payment_recorded_says_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    def get_absolute_url(self) -> str:
        return f"{reverse('contracts:project', args=[self.project_id])}#payment-{self.pk}"


class RoyaltyReportQuerySet(models.QuerySet["RoyaltyReport"]):
    def visible_to(self, actor: Actor) -> "RoyaltyReportQuerySet":
        return visible(self, actor, "royalty_report.view")  # type: ignore[return-value]


class RoyaltyReport(Lifecycle):
    """What the client sold or produced in a period, and the royalty that follows from it."""

    NOUN = "royalty_report"

    class Status(models.TextChoices):
        REPORTED = "reported", _("Reported")
        CONTESTED = "contested", _("Contested")
        CONFIRMED = "confirmed", _("Confirmed")

    MOVES: ClassVar = {
        Status.REPORTED: {
            Status.CONFIRMED: Move("confirm", "confirmed", _("Confirm the report"), tone="primary"),
            Status.CONTESTED: Move("contest", "contested", _("Contest the report"), note="required"),
        },
        Status.CONTESTED: {
            Status.REPORTED: Move("correct", "corrected", _("Report again"), note="optional", tone="primary"),
        },
    }

    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, related_name="royalty_reports", verbose_name=_("project")
    )
    period_from = models.DateField(_("from"))
    period_through = models.DateField(_("through"))
    base = models.DecimalField(_("net sales in the period"), max_digits=14, decimal_places=2)
    percent = models.DecimalField(_("royalty in per cent"), max_digits=6, decimal_places=3)
    amount = models.DecimalField(_("royalty"), max_digits=14, decimal_places=2)
    status = models.CharField(
        _("state"), max_length=10, choices=Status.choices, default=Status.REPORTED, editable=False
    )
    payment = models.OneToOneField(
        Payment, on_delete=models.PROTECT, null=True, editable=False, related_name="royalty_report"
    )
    reported_at = models.DateTimeField(_("reported"), auto_now_add=True)

    objects = RoyaltyReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("royalty report")
        verbose_name_plural = _("royalty reports")
        ordering: ClassVar = ["project", "period_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "period_from"], name="contracts_royalty_once_per_period"),
            models.CheckConstraint(condition=Q(base__gte=0, amount__gte=0), name="contracts_royalty_not_negative"),
            models.CheckConstraint(
                condition=Q(period_from__lte=F("period_through")), name="contracts_royalty_period_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period_from} – {self.period_through}"

    def get_absolute_url(self) -> str:
        return f"{reverse('contracts:project', args=[self.project_id])}#royalties"


def royalty(base: Decimal, percent: Decimal) -> Decimal:
    """The royalty on a base, to the cent, halves to even so that many small ones favour nobody."""
    return (base * percent / 100).quantize(Decimal("0.01"))
