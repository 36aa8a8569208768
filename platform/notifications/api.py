"""The inbox over REST, and how its kinds are mailed."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response

from notifications import queries, services
from notifications.kinds import Channel, every_kind
from notifications.lines import lines
from notifications.models import Notice
from rest.parameters import Parameters
from rest.requests import MemberRequest
from rest.viewsets import GatedView, GatedViewSet


class InboxNoticeSerializer(serializers.Serializer[Any]):
    """Something that happened and concerns the asker, in the asker's language."""

    id = serializers.IntegerField(source="notice.pk")
    kind = serializers.CharField(source="notice.kind")
    text = serializers.CharField()
    url = serializers.CharField(help_text="The page of what it is about; empty if that is no longer open to you.")
    at = serializers.DateTimeField(source="notice.entry.at")
    read_at = serializers.DateTimeField(source="notice.read_at", allow_null=True)


class NoticeParameters(Parameters):
    unread = serializers.BooleanField(required=False, help_text="Only those that were not read yet.")
    kind = serializers.CharField(required=False, max_length=60)

    def narrow(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        asked = self.validated_data
        if asked.get("unread"):
            queryset = queryset.filter(read_at=None)
        return queryset.filter(kind=asked["kind"]) if "kind" in asked else queryset


class NoticeViewSet(GatedViewSet):
    """The asker's inbox."""

    queryset = Notice.objects.select_related("entry__actor")
    serializer_class = InboxNoticeSerializer
    lookup_value_regex = "[0-9]{1,18}"
    policies: ClassVar = {
        "list": "notice.view",
        "retrieve": "notice.view",
        "read": "notice.read",
        "read_all": "notice.read",
    }
    parameters: ClassVar = {"list": NoticeParameters}

    def list(self, request: MemberRequest) -> Response:
        """List what happened, newest first."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.get_serializer(lines(page or [], request.user), many=True).data)

    def retrieve(self, request: MemberRequest, pk: str) -> Response:
        """Read one; that does not count as having read it."""
        return self.told(request, self.get_object())

    @extend_schema(request=None, responses=InboxNoticeSerializer)
    @action(detail=True, methods=["post"], url_path="read")
    def read(self, request: MemberRequest, pk: str) -> Response:
        """Mark one as read; a second time changes nothing."""
        return self.told(request, services.mark_read(self.get_object()))

    @extend_schema(request=None, responses={204: None})
    @action(detail=False, methods=["post"], url_path="read-all")
    def read_all(self, request: MemberRequest) -> Response:
        """Mark everything as read."""
        services.mark_all_read(request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def told(self, request: MemberRequest, notice: Notice) -> Response:
        """One notice in words."""
        return Response(self.get_serializer(lines([notice], request.user)[0]).data)


class KindSerializer(serializers.Serializer[Any]):
    """A kind of notice and how it is mailed to the asker."""

    kind = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the field's name, not the framework's attribute
    channel = serializers.ChoiceField(Channel.choices)


class NoticeSettingsView(GatedView):
    """How each kind of notice is mailed to the asker."""

    policies: ClassVar = {"get": "notice.settings", "patch": "notice.settings"}

    @extend_schema(responses=KindSerializer(many=True))
    def get(self, request: MemberRequest) -> Response:
        """List the kinds of notices and how each is mailed to you."""
        channels = queries.channels_of(request.user)
        kinds = [{"kind": kind.name, "label": str(kind.label), "channel": channels[kind.name]} for kind in every_kind()]
        return Response(KindSerializer(kinds, many=True).data)

    @extend_schema(
        request={"application/json": {"type": "object", "additionalProperties": {"enum": Channel.values}}},
        responses=KindSerializer(many=True),
    )
    def patch(self, request: MemberRequest) -> Response:
        """Choose how kinds are mailed: an object with the kinds as names and the channels as values."""
        wanted: Mapping[str, Any] = dict(request.data)
        services.choose(request.user, {kind: str(channel) for kind, channel in wanted.items()})
        return self.get(request)
