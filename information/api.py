"""Needs, achievements and imports over REST."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from information import importing, readings, services
from information.models import Achievement, Import, ImportRow, Need, Post
from information.serializers import (
    AchievementSerializer,
    ImportRowSerializer,
    ImportSerializer,
    NeedSerializer,
    UploadSerializer,
)
from jobs.api import JobSerializer
from rest.lifecycles import with_moves
from rest.parameters import Parameters
from rest.parsers import JSONObjectParser, UploadParser
from rest.requests import MemberRequest
from rest.viewsets import ReadViewSet

MINE = "mine"


class PostParameters(Parameters):
    q = serializers.CharField(
        required=False, max_length=100, help_text="Words that all occur in title, summary or keywords."
    )
    owner = serializers.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, help_text="Of this organization."
    )
    status = serializers.ChoiceField(
        [*Post.Status.choices, (MINE, "All of the asker's organizations")],
        required=False,
        help_text=f"In this state; “{MINE}” for all posts of your organizations, in whatever state.",
    )

    def narrow(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        asked = self.validated_data
        if "q" in asked:
            queryset = queryset.mentioning(asked["q"])  # type: ignore[attr-defined]
        if "owner" in asked:
            queryset = queryset.filter(owner_id=asked["owner"])
        if asked.get("status") == MINE:
            queryset = queryset.belonging_to(self.context["request"].user)  # type: ignore[attr-defined]
        elif "status" in asked:
            queryset = queryset.filter(status=asked["status"])
        return queryset


class PostViewSet(ReadViewSet):
    """What needs and achievements share."""

    lookup_field = "public_id"
    lookup_value_regex = "[0-9a-z]{1,12}"
    parameters: ClassVar = {"list": PostParameters}

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Read a post; what is open to you under a non-disclosure agreement only, you read on record."""
        post = self.get_object()
        readings.note(post, request.user)
        return Response(self.get_serializer(post).data)

    def paginate_queryset(self, queryset: Any) -> Any:
        page = super().paginate_queryset(queryset)
        readings.to_cards(page or (), self.request.user)
        return page

    def create(self, request: MemberRequest) -> Response:
        """Begin a draft of one of your organizations; `owner` and what the post says."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        fields = dict(serializer.validated_data)
        post = services.draft(self.kept(), fields, owner=fields.pop("owner"), by=request.user)
        return Response(self.get_serializer(post).data, status=status.HTTP_201_CREATED)

    def partial_update(self, request: MemberRequest, public_id: str) -> Response:
        """Change a draft or a returned post; `version` must be the one that you have seen."""
        post = self.get_object()
        serializer = self.get_serializer(post, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        fields = dict(serializer.validated_data)
        edited = services.edit(post, fields, version=fields.pop("version"), by=request.user)
        return Response(self.get_serializer(edited).data)


RELATED = ("chain_nodes", "industries")


@with_moves(services.ACTIONS)
class NeedViewSet(PostViewSet):
    """Technical needs: published ones, and those of the asker's organizations in every state."""

    queryset = Need.objects.select_related("region", "type").prefetch_related(*RELATED)
    serializer_class = NeedSerializer
    policies: ClassVar = {
        "list": "need.view",
        "retrieve": "need.view",
        "create": "need.create",
        "partial_update": "need.edit",
    }


@with_moves(services.ACTIONS)
class AchievementViewSet(PostViewSet):
    """Achievements: published ones, and those of the asker's organizations in every state."""

    queryset = Achievement.objects.select_related("region", "stage").prefetch_related(*RELATED)
    serializer_class = AchievementSerializer
    policies: ClassVar = {
        "list": "achievement.view",
        "retrieve": "achievement.view",
        "create": "achievement.create",
        "partial_update": "achievement.edit",
    }


class RowParameters(Parameters):
    outcome = serializers.ChoiceField(ImportRow.Outcome.choices, required=False)

    def narrow(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(**self.validated_data)


class ImportViewSet(ReadViewSet):
    """Files of posts: send one, watch its job, read what became of each row, publish what came in."""

    queryset = Import.objects.select_related("job").defer("content")
    serializer_class = ImportSerializer
    parser_classes = (UploadParser,)
    lookup_value_regex = "[0-9]{1,18}"
    policies: ClassVar = {
        "list": "import.view",
        "retrieve": "import.view",
        "create": "import.create",
        "rows": "import.view",
        "publish": "import.publish",
    }
    parameters: ClassVar = {"rows": RowParameters}
    paged: ClassVar = frozenset({"list", "rows"})
    order: ClassVar = {"rows": ("line",)}

    @extend_schema(request={"multipart/form-data": UploadSerializer}, responses={202: ImportSerializer})
    def create(self, request: MemberRequest) -> Response:
        """Send a file of posts; its rows are brought in by a job."""
        upload = UploadSerializer(data=request.data)
        upload.is_valid(raise_exception=True)
        source = importing.accept(**upload.validated_data, by=request.user)
        return Response(self.get_serializer(source).data, status=status.HTTP_202_ACCEPTED)

    @extend_schema(responses=ImportRowSerializer(many=True))
    @action(detail=True, url_path="rows")
    def rows(self, request: MemberRequest, pk: str) -> Response:
        """List the rows of a file; `outcome=failed` for those that could not be brought in."""
        source = get_object_or_404(self.get_queryset(), pk=pk)
        page = self.paginate_queryset(self.filter_queryset(source.rows.all()))
        return self.get_paginated_response(ImportRowSerializer(page, many=True).data)

    @extend_schema(request=None, responses={202: JobSerializer})
    @action(detail=True, methods=["post"], url_path="publish", parser_classes=[JSONObjectParser])
    def publish(self, request: MemberRequest, pk: str) -> Response:
        """Publish every submitted post of an import; answers with the job that does it."""
        job = importing.publish_all(self.get_object(), by=request.user)
        return Response(JobSerializer(job).data, status=status.HTTP_202_ACCEPTED)
