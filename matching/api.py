"""Matches over REST, and having everything scored again."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response

from jobs.api import JobSerializer
from matching import services, steps
from matching.models import Match
from matching.serializers import MatchSerializer
from rest.lifecycles import with_moves
from rest.parameters import Parameters
from rest.requests import MemberRequest
from rest.viewsets import GatedView, ReadViewSet


class MatchParameters(Parameters):
    need = serializers.CharField(required=False, max_length=12, help_text="Of the need with this public id.")
    achievement = serializers.CharField(
        required=False, max_length=12, help_text="Of the achievement with this public id."
    )
    status = serializers.ChoiceField(Match.Status.choices, required=False)

    PATHS: ClassVar = {"need": "need__public_id", "achievement": "achievement__public_id", "status": "status"}

    def narrow(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(**{self.PATHS[name]: value for name, value in self.validated_data.items()})


@with_moves(services.ACTIONS)
class MatchViewSet(ReadViewSet):
    """Matches of the asker's organizations, best first."""

    queryset = Match.objects.select_related("need", "achievement")
    serializer_class = MatchSerializer
    order: ClassVar = {"list": ("-score", "pk")}
    lookup_value_regex = "[0-9]{1,18}"
    policies: ClassVar = {"list": "match.view", "retrieve": "match.view"}
    parameters: ClassVar = {"list": MatchParameters}


class RematchView(GatedView):
    """Scoring everything again."""

    policies: ClassVar = {"post": "match.rematch"}

    @extend_schema(request=None, responses={202: JobSerializer})
    def post(self, request: MemberRequest) -> Response:
        """Have every open need scored again; answers with the job that does it."""
        job = steps.rematch(by=request.user)
        return Response(JobSerializer(job).data, status=status.HTTP_202_ACCEPTED)
