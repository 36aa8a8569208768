"""Projects and what hangs on them over REST: the same use cases as the pages."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from contracts.execution import events, milestones, payments, projects, royalties
from contracts.execution.serializers import (
    CorrectionRequest,
    DisputeSerializer,
    MilestoneSerializer,
    NoticeRequest,
    OutcomeRequest,
    PartRequest,
    PaymentSerializer,
    ProjectNoticeSerializer,
    ProjectSerializer,
    RecordRequest,
    RoyaltyReportSerializer,
    RoyaltyRequest,
    SettlementRequest,
    SettlementSerializer,
)
from contracts.models import Dispute, Milestone, Payment, Project, ProjectNotice, RoyaltyReport, Settlement
from rest.lifecycles import with_moves
from rest.parameters import Parameters
from rest.viewsets import GatedViewSet, ReadViewSet

V = TypeVar("V", bound=type[GatedViewSet])


class OfProject(Parameters):
    project = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1, help_text="Of this project.")

    def narrow(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(**{f"{name}_id": value for name, value in self.validated_data.items()})


def asking(
    verb: str, service: Callable[..., Any], asks: type[serializers.Serializer[Any]], answers: Any, *, made: bool = False
) -> Callable[[V], V]:
    """Give a viewset one POST action at `actions/<verb>/` for a step that asks for figures."""

    def extend(viewset: V) -> V:
        def step(self: GatedViewSet, request: Request, *args: Any, **kwargs: Any) -> Response:
            given = asks(data=request.data)
            given.is_valid(raise_exception=True)
            done = service(self.get_object(), by=request.user, **given.validated_data)
            code = status.HTTP_201_CREATED if made else status.HTTP_200_OK
            return Response(answers(done, context=self.get_serializer_context()).data, status=code)

        step.__name__, step.__doc__ = verb, service.__doc__
        routed = action(detail=True, methods=["post"], url_path=f"actions/{verb}", url_name=f"ask-{verb}")(step)
        described = extend_schema(request=asks, responses={201 if made else 200: answers})(routed)
        setattr(viewset, verb, described)
        viewset.policies = {**viewset.policies, verb: f"{viewset.kept().NOUN}.{verb}"}
        return viewset

    return extend


class OfProjectViewSet(ReadViewSet):
    """What the viewsets of things that hang on projects share."""

    lookup_value_regex = "[0-9]{1,18}"
    parameters: ClassVar = {"list": OfProject}


@asking("propose_settlement", events.propose_settlement, SettlementRequest, SettlementSerializer, made=True)
@asking("report_royalty", royalties.report, RoyaltyRequest, RoyaltyReportSerializer, made=True)
@asking("give_notice", events.give_notice, NoticeRequest, ProjectNoticeSerializer, made=True)
@with_moves(projects.PROJECT_ACTIONS)
class ProjectViewSet(ReadViewSet):
    """Contracts in execution that concern the asker."""

    queryset = Project.objects.select_related("contract")
    serializer_class = ProjectSerializer
    lookup_value_regex = "[0-9]{1,18}"
    policies: ClassVar = {"list": "project.view", "retrieve": "project.view"}


@asking("accept_in_part", milestones.accept_in_part, PartRequest, MilestoneSerializer)
@with_moves(milestones.MILESTONE_ACTIONS)
class MilestoneViewSet(OfProjectViewSet):
    """What is to be shown by when, with the hashes of what was handed in."""

    queryset = Milestone.objects.select_related("project").prefetch_related("deliverables")
    serializer_class = MilestoneSerializer
    policies: ClassVar = {"list": "milestone.view", "retrieve": "milestone.view"}


@asking("record", payments.record_payment, RecordRequest, PaymentSerializer)
@with_moves(payments.PAYMENT_ACTIONS)
class PaymentViewSet(OfProjectViewSet):
    """What is owed, paid and received."""

    queryset = Payment.objects.select_related("project", "milestone")
    serializer_class = PaymentSerializer
    policies: ClassVar = {"list": "payment.view", "retrieve": "payment.view"}


@asking("correct", royalties.correct, CorrectionRequest, RoyaltyReportSerializer)
@with_moves(royalties.ROYALTY_ACTIONS)
class RoyaltyReportViewSet(OfProjectViewSet):
    """What the client sold in a period, and the royalty on it."""

    queryset = RoyaltyReport.objects.select_related("project")
    serializer_class = RoyaltyReportSerializer
    policies: ClassVar = {"list": "royalty_report.view", "retrieve": "royalty_report.view"}


@with_moves(events.NOTICE_ACTIONS)
class NoticeViewSet(OfProjectViewSet):
    """Risk and change notices."""

    queryset = ProjectNotice.objects.all()
    serializer_class = ProjectNoticeSerializer
    policies: ClassVar = {"list": "project_notice.view", "retrieve": "project_notice.view"}


@asking("propose", events.propose_outcome, OutcomeRequest, DisputeSerializer)
@with_moves(events.DISPUTE_ACTIONS)
class DisputeViewSet(OfProjectViewSet):
    """Disputes and the outcomes that were proposed."""

    queryset = Dispute.objects.all()
    serializer_class = DisputeSerializer
    policies: ClassVar = {"list": "dispute.view", "retrieve": "dispute.view"}


@with_moves(events.SETTLEMENT_ACTIONS)
class SettlementViewSet(OfProjectViewSet):
    """How terminations are wound up."""

    queryset = Settlement.objects.select_related("project")
    serializer_class = SettlementSerializer
    policies: ClassVar = {"list": "settlement.view", "retrieve": "settlement.view"}


VIEWSETS = {
    "projects": ProjectViewSet,
    "milestones": MilestoneViewSet,
    "payments": PaymentViewSet,
    "royalty-reports": RoyaltyReportViewSet,
    "notices": NoticeViewSet,
    "disputes": DisputeViewSet,
    "settlements": SettlementViewSet,
}
"""By their address."""
