"""Cases over REST: the course of each approved match."""

from typing import ClassVar

from rest_framework import serializers

from rest.viewsets import ReadViewSet
from tracking.models import Case


class CaseSerializer(serializers.ModelSerializer[Case]):
    """The course of one approved match; the stage follows from the dates."""

    stage = serializers.ChoiceField(Case.Stage.choices, read_only=True)

    class Meta:
        model = Case
        fields: ClassVar = ["id", "match", "contract", "stage", "approved_at", "drafted_at", "ended_at", "ending"]


class CaseViewSet(ReadViewSet):
    """Cases of the asker's organizations, or those that the asker supervises."""

    queryset = Case.objects.all()
    serializer_class = CaseSerializer
    lookup_value_regex = "[0-9]{1,18}"
    policies: ClassVar = {"list": "case.view", "retrieve": "case.view"}
