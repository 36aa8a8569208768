"""Contracts over REST: the draft, the clauses under negotiation, the pre-check, frozen versions, the clause library."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from contracts import services
from contracts.composing import written
from contracts.guards import pre_check
from contracts.library import revise
from contracts.models import Contract, LibraryClause
from contracts.negotiation import lines, with_proposals
from contracts.serializers import (
    AcceptAllSerializer,
    AnswerSerializer,
    ClauseSerializer,
    CommentSerializer,
    ContractSerializer,
    ContractVersionSerializer,
    DescribeSerializer,
    DocumentSerializer,
    FindingSerializer,
    LibrarySerializer,
    ProposeSerializer,
    ReviseSerializer,
)
from policy import allowed
from rest.fields import SeenSerializer
from rest.lifecycles import with_moves
from rest.requests import MemberRequest
from rest.viewsets import ReadViewSet

CLAUSE = "clauses/(?P<key>[a-z]{1,20})"


@with_moves(services.ACTIONS)
class ContractViewSet(ReadViewSet):
    """Contracts to which one of the asker's organizations is a party, or that the asker oversees."""

    queryset = Contract.objects.select_related("type", "frozen_version")
    serializer_class = ContractSerializer
    lookup_value_regex = "[0-9]{1,18}"
    policies: ClassVar = {
        "list": "contract.view",
        "retrieve": "contract.view",
        "describe": "contract.edit",
        "join": "contract.join",
        "clauses": "contract.view",
        "check": "contract.view",
        "versions": "contract.view",
        "frozen": "contract.view",
        "accept_all": "contract.propose",
        "propose": "contract.propose",
        "accept": "contract.propose",
        "decline_proposal": "contract.propose",
        "comment": "contract.comment",
    }

    def said(self, request: Request, serializer: Any) -> dict[str, Any]:
        """The valid body of a request."""
        body = serializer(data=request.data)
        body.is_valid(raise_exception=True)
        return dict(body.validated_data)

    def drawn(self, contract: Contract, key: str | None = None) -> Response:
        """The clauses as they read now, or one of them."""
        contract = Contract.objects.select_related("client", "provider", "government").get(pk=contract.pk)
        user = self.request.user
        clauses = with_proposals(contract)
        found = lines(contract, user, written(contract, clauses.filter(key=key) if key else clauses))  # type: ignore[arg-type]
        context = {"follows": allowed(user, "contract.history", contract)}
        if key is None:
            return Response(ClauseSerializer(found, many=True, context=context).data)
        return Response(ClauseSerializer(found[0], context=context).data)

    def at_clause(self, request: MemberRequest, key: str, use_case: Callable[..., Any], body: Any) -> Response:
        """Carry a use case out at one clause and give that as it then reads; 404 if the contract has no such clause."""
        contract: Contract = self.get_object()
        get_object_or_404(contract.clauses, key=key)
        use_case(contract, key, by=request.user, **self.said(request, body))
        return self.drawn(contract, key)

    @extend_schema(request=DescribeSerializer, responses=ContractSerializer)
    @action(detail=True, methods=["post"])
    def describe(self, request: MemberRequest, pk: str) -> Response:
        """Fill in the draft."""
        said = self.said(request, DescribeSerializer)
        return Response(self.get_serializer(services.describe(self.get_object(), by=request.user, **said)).data)

    @extend_schema(request=SeenSerializer, responses=ContractSerializer)
    @action(detail=True, methods=["post"])
    def join(self, request: MemberRequest, pk: str) -> Response:
        """Take part for the government, as its supervisor."""
        said = self.said(request, SeenSerializer)
        return Response(self.get_serializer(services.join(self.get_object(), by=request.user, **said)).data)

    @extend_schema(responses=ClauseSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def clauses(self, request: MemberRequest, pk: str) -> Response:
        """The clauses in their order, with whose turn each is."""
        return self.drawn(self.get_object())

    @extend_schema(responses=FindingSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def check(self, request: MemberRequest, pk: str) -> Response:
        """What is missing, contradictory, or would be refused at registration."""
        return Response(FindingSerializer(pre_check(self.get_object()), many=True).data)

    @extend_schema(responses=ContractVersionSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def versions(self, request: MemberRequest, pk: str) -> Response:
        """The frozen versions, the first one first."""
        found = self.get_object().versions.defer("content").order_by("number")
        return Response(ContractVersionSerializer(found, many=True).data)

    @extend_schema(responses=DocumentSerializer)
    @action(detail=True, url_path="versions/(?P<number>[0-9]{1,4})")
    def frozen(self, request: MemberRequest, pk: str, number: str) -> Response:
        """One frozen version with its document."""
        return Response(DocumentSerializer(get_object_or_404(self.get_object().versions, number=int(number))).data)

    @extend_schema(request=AcceptAllSerializer, responses=ClauseSerializer(many=True))
    @action(detail=True, methods=["post"], url_path="accept-all", pagination_class=None)
    def accept_all(self, request: MemberRequest, pk: str) -> Response:
        """Accept every clause on which nothing is proposed."""
        contract = self.get_object()
        services.accept_all(contract, by=request.user, **self.said(request, AcceptAllSerializer))
        return self.drawn(contract)

    @extend_schema(request=ProposeSerializer, responses=ClauseSerializer)
    @action(detail=True, methods=["post"], url_path=f"{CLAUSE}/propose")
    def propose(self, request: MemberRequest, pk: str, key: str) -> Response:
        """Propose what a clause should say instead; an open proposal of the other side is thereby answered."""
        return self.at_clause(request, key, services.propose, ProposeSerializer)

    @extend_schema(request=SeenSerializer, responses=ClauseSerializer)
    @action(detail=True, methods=["post"], url_path=f"{CLAUSE}/accept")
    def accept(self, request: MemberRequest, pk: str, key: str) -> Response:
        """Accept what the other side proposes, or the text as it is."""
        return self.at_clause(request, key, services.accept_clause, SeenSerializer)

    @extend_schema(request=AnswerSerializer, responses=ClauseSerializer)
    @action(detail=True, methods=["post"], url_path=f"{CLAUSE}/decline")
    def decline_proposal(self, request: MemberRequest, pk: str, key: str) -> Response:
        """Leave the text as it was: decline a proposal, or take back one's own."""
        return self.at_clause(request, key, services.decline_proposal, AnswerSerializer)

    @extend_schema(request=CommentSerializer, responses=ClauseSerializer)
    @action(detail=True, methods=["post"], url_path=f"{CLAUSE}/comment")
    def comment(self, request: MemberRequest, pk: str, key: str) -> Response:
        """Remark on a clause."""
        return self.at_clause(request, key, services.comment, CommentSerializer)


class LibraryViewSet(ReadViewSet):
    """The clause library, in the versions in force; each older one by its id."""

    queryset = LibraryClause.objects.all()
    serializer_class = LibrarySerializer
    lookup_value_regex = "[0-9]{1,18}"
    policies: ClassVar = {
        "list": "library_clause.view",
        "retrieve": "library_clause.view",
        "revise": "library_clause.revise",
    }

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        found = super().filter_queryset(queryset)
        return found.latest_versions() if self.action == "list" else found  # type: ignore[attr-defined]

    @extend_schema(request=ReviseSerializer, responses=LibrarySerializer)
    @action(detail=True, methods=["post"])
    def revise(self, request: MemberRequest, pk: str) -> Response:
        """Replace the version in force by a new one."""
        body = ReviseSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        made = revise(self.get_object(), by=request.user, **body.validated_data)
        return Response(self.get_serializer(made).data)
