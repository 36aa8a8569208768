"""Files over REST: attach some, read their state, fetch their content."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.parsers import BaseParser
from rest_framework.response import Response

from files import services
from files.models import Attachment
from files.serving import served
from files.subjects import every_kind, named
from rest.fields import Strict
from rest.lifecycles import LifecycleSerializer, with_moves
from rest.parameters import Parameters
from rest.parsers import JSONObjectParser, UploadParser
from rest.requests import MemberRequest
from rest.viewsets import ReadViewSet

KIND = "What it is attached to: need, achievement and the like."
KEY = "Which one: the name that its address has."


class AttachmentSerializer(LifecycleSerializer):
    """A file; its content can be fetched once its status is `released`."""

    uploaded_by = serializers.CharField(source="uploaded_by.name", read_only=True)
    kind = serializers.CharField(source="kind.noun", read_only=True, help_text=KIND)
    fault = serializers.CharField(source="get_fault_display", read_only=True)

    class Meta:
        model = Attachment
        fields: ClassVar = [
            "public_id", "kind", "owner", "uploaded_by", "name", "media_type", "size", "sha256", "status", "fault",
            "version", "actions", "created_at",
        ]  # fmt: skip


class AttachmentParameters(Parameters):
    kind = serializers.CharField(required=False, max_length=40, help_text=KIND)
    key = serializers.CharField(required=False, max_length=40, help_text=KEY)

    def validate(self, attrs: Any) -> Any:
        if len(attrs) == 1:
            missing = "key" if "kind" in attrs else "kind"
            raise serializers.ValidationError({missing: [self.fields[missing].error_messages["required"]]})
        return attrs

    def narrow(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.validated_data:
            return queryset
        thing = named(self.validated_data["kind"]).find(self.validated_data["key"])
        return queryset.filter(subject_type=thing._meta.label_lower, subject_id=thing.pk)


class AttachSerializer(Strict):
    """A file and where it belongs, sent as multipart/form-data."""

    file = serializers.FileField(allow_empty_file=True)
    kind = serializers.CharField(max_length=40, help_text=KIND)
    key = serializers.CharField(max_length=40, help_text=KEY)


@with_moves(services.ACTIONS)
class AttachmentViewSet(ReadViewSet):
    """Files attached to posts and other things; a file can be fetched once it has been checked."""

    queryset = Attachment.objects.select_related("uploaded_by")
    serializer_class = AttachmentSerializer
    lookup_field = "public_id"
    lookup_value_regex = "[0-9a-f]{32}"
    policies: ClassVar = {
        "list": "attachment.view",
        "retrieve": "attachment.view",
        "create": "attachment.create",
        "content": "attachment.read",
    }
    parameters: ClassVar = {"list": AttachmentParameters}

    def get_parsers(self) -> list[BaseParser]:
        # Before the action is known there is only the method and the address.
        uploads = self.request is not None and self.request.method == "POST" and "public_id" not in self.kwargs
        return [UploadParser() if uploads else JSONObjectParser()]

    def paginate_queryset(self, queryset: Any) -> Any:
        return with_things(super().paginate_queryset(queryset))

    @extend_schema(request={"multipart/form-data": AttachSerializer}, responses={201: AttachmentSerializer})
    def create(self, request: MemberRequest) -> Response:
        """Attach a file; it is checked before anybody can fetch it."""
        asked = AttachSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        kind = named(asked.validated_data["kind"])
        thing = kind.find(asked.validated_data["key"])
        get_object_or_404(kind.open_to(request.user, "see"), pk=thing.pk)
        (made,) = services.attach([asked.validated_data["file"]], to=thing, by=request.user)
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True, url_path="content")
    def content(self, request: MemberRequest, public_id: str) -> HttpResponseBase:
        """Fetch the content of a checked file."""
        return served(get_object_or_404(Attachment.objects.readable_by(request.user), public_id=public_id))


def with_things(page: Any) -> Any:
    """Let each file of a page know its thing: one query for each kind of thing, however many files."""
    for kind in every_kind():
        mine = [each for each in page or [] if each.subject_type == kind.type]
        things = kind.model._default_manager.in_bulk([each.subject_id for each in mine]) if mine else {}
        for each in mine:
            each.thing = things.get(each.subject_id)
    return page
