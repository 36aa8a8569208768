"""Organizations and the asker's own standing over REST."""

from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response

from accounts.models import Membership, Office, Organization, User
from accounts.services.organizations import ACTIONS
from rest.lifecycles import LifecycleSerializer, with_moves
from rest.parameters import Parameters
from rest.requests import MemberRequest
from rest.viewsets import GatedView, ReadViewSet


class OrganizationSerializer(LifecycleSerializer):
    region = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)

    class Meta:
        model = Organization
        fields: ClassVar = [
            "id",
            "kind",
            "name_zh",
            "name_en",
            "uscc",
            "region",
            "about_zh",
            "about_en",
            "status",
            "version",
            "actions",
        ]


class OrganizationParameters(Parameters):
    q = serializers.CharField(required=False, max_length=100, help_text="A part of the name.")
    kind = serializers.ChoiceField(Organization.Kind.choices, required=False)

    def narrow(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        asked = self.validated_data
        if "q" in asked:
            queryset = queryset.filter(Q(name_zh__icontains=asked["q"]) | Q(name_en__icontains=asked["q"]))
        return queryset.filter(kind=asked["kind"]) if "kind" in asked else queryset


@with_moves(ACTIONS)
class OrganizationViewSet(ReadViewSet):
    """Enterprises, universities, institutes, government bodies and brokers that take part."""

    queryset = Organization.objects.select_related("region")
    serializer_class = OrganizationSerializer
    lookup_value_regex = "[0-9]{1,18}"
    policies: ClassVar = {"list": "organization.view", "retrieve": "organization.view"}
    parameters: ClassVar = {"list": OrganizationParameters}


class MembershipSerializer(serializers.ModelSerializer[Membership]):
    organization = OrganizationSerializer()

    class Meta:
        model = Membership
        fields: ClassVar = ["organization", "role", "since"]


class OfficeSerializer(serializers.ModelSerializer[Office]):
    region = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    chain = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)

    class Meta:
        model = Office
        fields: ClassVar = ["kind", "organization", "region", "chain", "since"]


class MeSerializer(serializers.ModelSerializer[User]):
    """The asker: who, in which roles, for whom."""

    roles = serializers.SerializerMethodField()
    memberships = serializers.SerializerMethodField()
    offices = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields: ClassVar = ["id", "email", "name", "language", "roles", "memberships", "offices"]

    def get_roles(self, user: User) -> list[str]:
        return sorted(user.standing.roles)

    @extend_schema_field(MembershipSerializer(many=True))
    def get_memberships(self, user: User) -> Any:
        current = user.memberships.current().select_related("organization__region").order_by("pk")
        return MembershipSerializer(current, many=True, context=self.context).data

    @extend_schema_field(OfficeSerializer(many=True))
    def get_offices(self, user: User) -> Any:
        current = user.offices.current().select_related("region", "chain").order_by("pk")
        return OfficeSerializer(current, many=True).data


class MeView(GatedView):
    """Who the platform takes the asker for."""

    policies: ClassVar = {"get": "account.me"}

    @extend_schema(responses=MeSerializer)
    def get(self, request: MemberRequest) -> Response:
        """Read who you are: name, roles, organizations and offices."""
        return Response(MeSerializer(request.user, context={"request": request}).data)
