"""Docking rooms over REST: the same use cases as the pages."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response

from matching.docking import meetings, rooms, sheet, talks
from matching.docking.serializers import (
    AcceptSerializer,
    AskSerializer,
    ChooseSerializer,
    InspectSerializer,
    MeetingSerializer,
    MeetSerializer,
    MessageSerializer,
    NdaSerializer,
    ProposalSerializer,
    PutSerializer,
    QuestionSerializer,
    RecordSerializer,
    RoomSerializer,
    SignSerializer,
    TermSerializer,
    TextSerializer,
)
from matching.models import Handover, Proposal, Room
from matching.terms import TERMS
from policy import allowed
from rest.lifecycles import with_moves
from rest.parameters import Parameters
from rest.requests import MemberRequest
from rest.viewsets import ReadViewSet

TERM = r"terms/(?P<name>[a-z_]{1,20})"
ONE = r"(?P<number>[0-9]{1,18})"
MOST_SAID = 500
"""Messages in the record of a room that somebody reads who is no party; the latest."""


class RoomParameters(Parameters):
    status = serializers.ChoiceField(Room.Status.choices, required=False)
    match = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1, help_text="Of this match.")

    def narrow(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(**self.validated_data)


def checked(serializer: type[serializers.Serializer[Any]], request: MemberRequest) -> Mapping[str, Any]:
    """The body of a request, as its serializer takes it."""
    body = serializer(data=request.data)
    body.is_valid(raise_exception=True)
    given: Mapping[str, Any] = body.validated_data
    return given


def terms_of(room: Room) -> list[dict[str, Any]]:
    """Every field of the term sheet with its proposals, in one query."""
    proposals: dict[str, list[Proposal]] = {}
    for proposal in room.proposals.order_by("name", "-number"):
        proposals.setdefault(proposal.name, []).append(proposal)
    return [
        {
            "name": name,
            "label": term.label,
            "kind": term.kind,
            "required": term.required,
            "standing": next(iter(proposals.get(name, [])), None),
            "earlier": proposals.get(name, [])[1:],
        }
        for name, term in TERMS.items()
    ]


@with_moves(rooms.ACTIONS)
class RoomViewSet(ReadViewSet):
    """Docking rooms of the asker's organizations, the latest step first."""

    queryset = Room.objects.select_related("match__need", "match__achievement").prefetch_related(
        Prefetch("handovers", Handover.objects.open())
    )
    serializer_class = RoomSerializer
    order: ClassVar = {"list": ("-active_at", "-pk"), "messages": ("-at", "-pk")}
    paged: ClassVar = frozenset({"list", "messages"})
    lookup_value_regex = "[0-9]{1,18}"
    policies: ClassVar = {
        "list": "room.view", "retrieve": "room.view", "nda": "room.history", "sign": "room.sign", "terms": "room.read",
        "put_term": "room.propose", "accept_term": "room.accept", "messages": "room.read", "say": "room.speak",
        "questions": "room.read", "ask": "room.speak", "answer": "room.speak", "meetings": "room.read",
        "meet": "room.speak", "choose": "room.speak", "call_off": "room.speak", "inspect": "room.inspect",
    }  # fmt: skip
    parameters: ClassVar = {"list": RoomParameters}

    def open_to(self, act: str) -> Room:
        """The room, if the asker may do this to it; a stranger to what is said in it gets 404."""
        room: Room = self.get_object()
        if not allowed(self.request.user, f"room.{act}", room):
            raise Http404
        return room

    @extend_schema(responses=NdaSerializer)
    @action(detail=True)
    def nda(self, request: MemberRequest, pk: str) -> Response:
        """Read the non-disclosure agreement of a room, and who has signed it."""
        room = self.open_to("history")
        if not room.needs_nda:
            raise Http404
        signatures = list(room.nda.signatures.all())
        return Response(NdaSerializer({**vars(room.nda), "signatures": signatures}).data)

    @extend_schema(request=SignSerializer, responses=RoomSerializer)
    @nda.mapping.post
    def sign(self, request: MemberRequest, pk: str) -> Response:
        """Sign the non-disclosure agreement for your side; with the second signature the full texts open."""
        rooms.sign(self.get_object(), by=request.user, **checked(SignSerializer, request))
        return Response(self.get_serializer(self.get_object()).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses=TermSerializer(many=True))
    @action(detail=True)
    def terms(self, request: MemberRequest, pk: str) -> Response:
        """Read the term sheet, field by field, with its history."""
        return Response(TermSerializer(terms_of(self.open_to("read")), many=True).data)

    @extend_schema(request=PutSerializer, responses={201: ProposalSerializer})
    @action(detail=True, methods=["post"], url_path=TERM)
    def put_term(self, request: MemberRequest, pk: str, name: str) -> Response:
        """Propose a value for a field; every acceptance of that field is void."""
        proposal = sheet.put(self.get_object(), name, by=request.user, **checked(PutSerializer, request))
        return Response(ProposalSerializer(proposal).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=AcceptSerializer, responses=ProposalSerializer)
    @action(detail=True, methods=["post"], url_path=f"{TERM}/accept")
    def accept_term(self, request: MemberRequest, pk: str, name: str) -> Response:
        """Accept what stands in a field; with the last acceptance the terms are agreed."""
        proposal = sheet.accept(self.get_object(), name, by=request.user, **checked(AcceptSerializer, request))
        return Response(ProposalSerializer(proposal).data)

    @extend_schema(responses=MessageSerializer(many=True))
    @action(detail=True)
    def messages(self, request: MemberRequest, pk: str) -> Response:
        """List the messages, the latest first."""
        page = self.paginate_queryset(self.open_to("read").messages.all())
        return self.get_paginated_response(MessageSerializer(page, many=True).data)

    @extend_schema(request=TextSerializer, responses={201: MessageSerializer})
    @messages.mapping.post
    def say(self, request: MemberRequest, pk: str) -> Response:
        """Send the other side a message."""
        message = talks.say(self.get_object(), by=request.user, **checked(TextSerializer, request))
        return Response(MessageSerializer(message).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses=QuestionSerializer(many=True))
    @action(detail=True)
    def questions(self, request: MemberRequest, pk: str) -> Response:
        """List the questions and their answers."""
        return Response(QuestionSerializer(self.open_to("read").questions.all(), many=True).data)

    @extend_schema(request=AskSerializer, responses={201: QuestionSerializer})
    @questions.mapping.post
    def ask(self, request: MemberRequest, pk: str) -> Response:
        """Ask the other side something; its clock runs from now."""
        question = talks.ask(self.get_object(), by=request.user, **checked(AskSerializer, request))
        return Response(QuestionSerializer(question).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=TextSerializer, responses=QuestionSerializer)
    @action(detail=True, methods=["post"], url_path=f"questions/{ONE}/answer")
    def answer(self, request: MemberRequest, pk: str, number: str) -> Response:
        """Answer a question of the other side."""
        question = get_object_or_404(self.open_to("read").questions, pk=number)
        answered = talks.answer(question, by=request.user, **checked(TextSerializer, request))
        return Response(QuestionSerializer(answered).data)

    @extend_schema(responses=MeetingSerializer(many=True))
    @action(detail=True)
    def meetings(self, request: MemberRequest, pk: str) -> Response:
        """List proposals to meet and appointments."""
        found = self.open_to("read").meetings.prefetch_related("slots")
        return Response(MeetingSerializer(found, many=True).data)

    @extend_schema(request=MeetSerializer, responses={201: MeetingSerializer})
    @meetings.mapping.post
    def meet(self, request: MemberRequest, pk: str) -> Response:
        """Propose several times to meet."""
        meeting = meetings.propose(self.get_object(), by=request.user, **checked(MeetSerializer, request))
        return Response(MeetingSerializer(meeting).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=ChooseSerializer, responses=MeetingSerializer)
    @action(detail=True, methods=["post"], url_path=f"meetings/{ONE}/choose")
    def choose(self, request: MemberRequest, pk: str, number: str) -> Response:
        """Choose one of the times that the other side proposed."""
        meeting = get_object_or_404(self.open_to("read").meetings, pk=number)
        chosen = meetings.choose(meeting, checked(ChooseSerializer, request)["slot"], by=request.user)
        return Response(MeetingSerializer(chosen).data)

    @extend_schema(request=None, responses=MeetingSerializer)
    @action(detail=True, methods=["post"], url_path=f"meetings/{ONE}/call-off")
    def call_off(self, request: MemberRequest, pk: str, number: str) -> Response:
        """Call a proposal to meet or an appointment off."""
        meeting = get_object_or_404(self.open_to("read").meetings, pk=number)
        return Response(MeetingSerializer(meetings.call_off(meeting, by=request.user)).data)

    @extend_schema(request=InspectSerializer, responses=RecordSerializer)
    @action(detail=True, methods=["post"])
    def inspect(self, request: MemberRequest, pk: str) -> Response:
        """Read what is said in a room without being a party: with a reason, and on record."""
        room = rooms.inspect(self.get_object(), by=request.user, **checked(InspectSerializer, request))
        said = {
            "terms": terms_of(room),
            "messages": room.messages.order_by("-at", "-pk")[:MOST_SAID],
            "questions": room.questions.all(),
            "meetings": room.meetings.prefetch_related("slots"),
        }
        return Response(RecordSerializer(said).data)
