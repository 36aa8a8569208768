"""Projects and what hangs on them as data."""

from typing import Any, ClassVar

from rest_framework import serializers

from contracts.models import Deliverable, Dispute, Milestone, Payment, Project, ProjectNotice, RoyaltyReport, Settlement
from rest.fields import Strict, version_field
from rest.lifecycles import LifecycleSerializer
from texts.plain import validate_plain

STATE = ("id", "version", "status", "actions")


class ProjectSerializer(LifecycleSerializer):
    """A contract in execution; `total` is null where the price is a royalty alone."""

    class Meta:
        model = Project
        fields: ClassVar = [
            *STATE, "contract", "total", "currency", "royalty_percent", "started_at", "planned_end", "ended_at",
        ]  # fmt: skip
        read_only_fields = fields


class DeliverableSerializer(serializers.ModelSerializer[Deliverable]):
    """A file as it was handed in, known by its SHA-256."""

    class Meta:
        model = Deliverable
        fields: ClassVar = ["round", "name", "sha256", "size"]


class MilestoneSerializer(LifecycleSerializer):
    """What is to be shown by a date; `is_overdue` follows from the clock."""

    deliverables = DeliverableSerializer(many=True, read_only=True)
    is_overdue = serializers.BooleanField(read_only=True)
    answer_due = serializers.DateTimeField(read_only=True, allow_null=True)

    class Meta:
        model = Milestone
        fields: ClassVar = [
            *STATE, "project", "number", "title_zh", "title_en", "deliverable_zh", "deliverable_en", "due_on", "round",
            "accepted_percent", "submitted_at", "decided_at", "deliverables", "is_overdue", "answer_due",
        ]  # fmt: skip
        read_only_fields = fields


class PaymentSerializer(LifecycleSerializer):
    """An amount that the client owes the provider, in the project's currency."""

    class Meta:
        model = Payment
        fields: ClassVar = [
            *STATE, "project", "milestone", "number", "kind", "amount", "due_on", "due_at", "paid_amount", "paid_on",
            "reference", "confirmed_at",
        ]  # fmt: skip
        read_only_fields = fields


class RoyaltyReportSerializer(LifecycleSerializer):
    """What was sold in a period, and the royalty on it."""

    class Meta:
        model = RoyaltyReport
        fields: ClassVar = [
            *STATE, "project", "period_from", "period_through", "base", "percent", "amount", "payment", "reported_at",
        ]  # fmt: skip
        read_only_fields = fields


class ProjectNoticeSerializer(LifecycleSerializer):
    """What one party told the other in time."""

    class Meta:
        model = ProjectNotice
        fields: ClassVar = [
            *STATE, "project", "kind", "text", "measure", "giver", "addressee", "given_at", "answer_by",
        ]  # fmt: skip
        read_only_fields = fields


class DisputeSerializer(LifecycleSerializer):
    """A disagreement with a clock, and the outcome on the table."""

    class Meta:
        model = Dispute
        fields: ClassVar = [
            *STATE, "project", "reason", "claim", "opened_by", "opened_at", "mediate_by", "outcome", "proposed_by",
        ]  # fmt: skip
        read_only_fields = fields


class SettlementSerializer(LifecycleSerializer):
    """How a termination is wound up."""

    class Meta:
        model = Settlement
        fields: ClassVar = [*STATE, "project", "terms", "amount", "proposed_by", "proposed_at"]
        read_only_fields = fields


def prose(length: int = 2000, **more: Any) -> serializers.CharField:
    """A few paragraphs of plain text."""
    return serializers.CharField(max_length=length, validators=[validate_plain], **more)


def money(**more: Any) -> serializers.DecimalField:
    """An amount to the cent."""
    return serializers.DecimalField(max_digits=14, decimal_places=2, min_value=0, **more)


class PartRequest(Strict):
    """How much of a milestone is accepted, in per cent of the whole, and what is missing."""

    version = version_field()
    percent = serializers.IntegerField(min_value=1, max_value=99)
    note = prose()


class RecordRequest(Strict):
    """What was paid, when, and under which reference."""

    version = version_field()
    amount = money()
    paid_on = serializers.DateField()
    reference = serializers.CharField(max_length=80, default="", allow_blank=True, validators=[validate_plain])


class RoyaltyRequest(Strict):
    """What was sold in a period that is over."""

    period_from = serializers.DateField()
    period_through = serializers.DateField()
    base = money()


class CorrectionRequest(Strict):
    """The figure of a contested period once more."""

    version = version_field()
    base = money()
    note = prose(default="", allow_blank=True)


class NoticeRequest(Strict):
    """What the other side must know in time."""

    kind = serializers.ChoiceField(ProjectNotice.Kind.choices)
    text = prose(4000)
    measure = prose(default="", allow_blank=True)


class OutcomeRequest(Strict):
    """How a dispute might end."""

    version = version_field()
    outcome = prose(4000)


class SettlementRequest(Strict):
    """How a termination is to be wound up; `version` is the project's."""

    version = version_field()
    terms = prose(4000)
    amount = money()
