"""The console over REST: glossary, rules, rankers, exposure."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response

from jobs.api import JobSerializer
from matching import glossary, rules
from matching.learning import rankers
from matching.learning.exposure import exposure
from matching.models import GlossaryTerm, RankerVersion, Rule
from rest.fields import SeenSerializer, Strict, version_field
from rest.lifecycles import LifecycleSerializer, with_moves
from rest.parameters import Parameters
from rest.requests import MemberRequest
from rest.viewsets import GatedView, ReadViewSet
from taxonomy.models import Chain

NUMBER = "[0-9]{1,18}"


def chain_field() -> serializers.SlugRelatedField[Chain]:
    return serializers.SlugRelatedField[Chain](
        slug_field="code", queryset=Chain.objects.all(), required=False, allow_null=True
    )


def with_version(asked: serializers.Serializer[Any], fields: dict[str, Any]) -> dict[str, Any]:
    """The fields, if they name the version that was seen; a new object has none, whatever was sent."""
    if asked.instance is None:
        fields.pop("version", None)
    elif "version" not in fields:
        raise serializers.ValidationError({"version": asked.fields["version"].error_messages["required"]})
    return fields


class GlossaryTermSerializer(Strict, serializers.ModelSerializer[GlossaryTerm]):
    """A Chinese term and what it is called in English; `chain` null: everywhere."""

    chain = chain_field()
    en = serializers.ListField(
        child=serializers.CharField(max_length=120), min_length=1, max_length=GlossaryTerm.MOST_ENGLISH
    )
    version = version_field(required=False)

    class Meta:
        model = GlossaryTerm
        fields: ClassVar = ["id", "zh", "en", "chain", "version", "edited_at"]
        read_only_fields: ClassVar = ["id", "edited_at"]
        validators: ClassVar[list[Any]] = []

    def validate(self, attrs: Any) -> Any:
        """A change names the version that was seen."""
        return with_version(self, attrs)


class TermParameters(Parameters):
    q = serializers.CharField(required=False, max_length=100, help_text="Words in either language.")

    def narrow(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        asked = self.validated_data.get("q")
        return queryset.mentioning(asked) if asked else queryset  # type: ignore[attr-defined]


class GlossaryViewSet(ReadViewSet):
    """The glossary that bridges Chinese and English."""

    queryset = GlossaryTerm.objects.select_related("chain")
    serializer_class = GlossaryTermSerializer
    lookup_value_regex = NUMBER
    policies: ClassVar = {
        "list": "glossary.view",
        "retrieve": "glossary.view",
        "create": "glossary.edit",
        "partial_update": "glossary.edit",
        "remove": "glossary.edit",
    }
    parameters: ClassVar = {"list": TermParameters}

    def create(self, request: MemberRequest) -> Response:
        """Add a term."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        term = glossary.add(serializer.validated_data, by=request.user)
        return Response(self.get_serializer(term).data, status=status.HTTP_201_CREATED)

    def partial_update(self, request: MemberRequest, pk: str) -> Response:
        """Change a term; `version` must be the one that you have seen."""
        term = self.get_object()
        serializer = self.get_serializer(term, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        fields = dict(serializer.validated_data)
        edited = glossary.edit(term, fields, version=fields.pop("version"), by=request.user)
        return Response(self.get_serializer(edited).data)

    @extend_schema(request=SeenSerializer, responses={204: None})
    @action(detail=True, methods=["post"], url_path="remove")
    def remove(self, request: MemberRequest, pk: str) -> Response:
        """Take a term out."""
        asked = SeenSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        glossary.remove(self.get_object(), by=request.user, **asked.validated_data)
        return Response(status=status.HTTP_204_NO_CONTENT)


class RuleSerializer(Strict, LifecycleSerializer):
    """A rule that steers suggestions; `trial` says what it would have changed."""

    chain = chain_field()
    trial = serializers.DictField(read_only=True)
    version = version_field(required=False)

    class Meta:
        model = Rule
        fields: ClassVar = [
            "id", "title", "chain", "field", "operator", "value", "effect", "strength", "trial", "created_at",
            "enacted_at", "version", "status", "actions",
        ]  # fmt: skip
        read_only_fields: ClassVar = ["id", "created_at", "enacted_at", "status"]

    def validate(self, attrs: Any) -> Any:
        """A change names the version that was seen."""
        return with_version(self, attrs)


@with_moves(rules.ACTIONS)
class RuleViewSet(ReadViewSet):
    """Rules of the administrators: written, tried on past data, put into force, retired."""

    queryset = Rule.objects.select_related("chain")
    serializer_class = RuleSerializer
    lookup_value_regex = NUMBER
    policies: ClassVar = {
        "list": "rule.view",
        "retrieve": "rule.view",
        "create": "rule.create",
        "partial_update": "rule.edit",
        "start_trial": "rule.try",
    }

    def create(self, request: MemberRequest) -> Response:
        """Write a rule; it does nothing until it was tried and put into force."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        rule = rules.draft(serializer.validated_data, by=request.user)
        return Response(self.get_serializer(rule).data, status=status.HTTP_201_CREATED)

    def partial_update(self, request: MemberRequest, pk: str) -> Response:
        """Change a rule that is not in force; `version` must be the one that you have seen."""
        rule = self.get_object()
        serializer = self.get_serializer(rule, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        fields = dict(serializer.validated_data)
        edited = rules.edit(rule, fields, version=fields.pop("version"), by=request.user)
        return Response(self.get_serializer(edited).data)

    @extend_schema(request=SeenSerializer, responses={202: JobSerializer})
    @action(detail=True, methods=["post"], url_path="try")
    def start_trial(self, request: MemberRequest, pk: str) -> Response:
        """Have the rule tried on past data; answers with the job that does it."""
        asked = SeenSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        job = rules.start_trial(self.get_object(), by=request.user, **asked.validated_data)
        return Response(JobSerializer(job).data, status=status.HTTP_202_ACCEPTED)


class WeightSerializer(serializers.Serializer[Any]):
    """One signal: its share of all that tells pairs apart, and whether more of it helps."""

    name = serializers.CharField()
    share = serializers.FloatField()
    helps = serializers.BooleanField()


class RankerSerializer(LifecycleSerializer):
    """Learned weights, and how they compared with what served on decisions held back (`comparison`)."""

    weights = WeightSerializer(many=True, read_only=True)
    comparison = serializers.DictField(read_only=True)

    class Meta:
        model = RankerVersion
        fields: ClassVar = [
            "id", "name", "weights", "comparison", "decisions", "needs", "data_hash", "trained_at", "promoted_at",
            "version", "status", "actions",
        ]  # fmt: skip


@with_moves(rankers.ACTIONS)
class RankerViewSet(ReadViewSet):
    """What was learned from decisions; `restore` rolls back, `retire` goes back to the engine's own order."""

    queryset = RankerVersion.objects.defer("dump")
    serializer_class = RankerSerializer
    lookup_value_regex = NUMBER
    policies: ClassVar = {"list": "ranker.view", "retrieve": "ranker.view"}


class LearnView(GatedView):
    """Learning now rather than at night."""

    policies: ClassVar = {"post": "ranker.learn"}

    @extend_schema(request=None, responses={202: JobSerializer})
    def post(self, request: MemberRequest) -> Response:
        """Learn from all decisions so far; answers with the job that does it."""
        return Response(JobSerializer(rankers.start(by=request.user)).data, status=status.HTTP_202_ACCEPTED)


class ExposedSerializer(serializers.Serializer[Any]):
    """One group: shares of what is published, of suggestions, and of first three places, each from 0 to 1."""

    label = serializers.CharField()  # type: ignore[assignment]  # the field's name, not the framework's attribute
    organizations = serializers.IntegerField()
    achievements = serializers.IntegerField()
    published = serializers.FloatField()
    suggested = serializers.FloatField()
    first = serializers.FloatField()
    starved = serializers.BooleanField()


class ExposureSerializer(serializers.Serializer[Any]):
    """Whose achievements are shown, grouped in three ways."""

    kind = ExposedSerializer(many=True)
    size = ExposedSerializer(many=True)
    region = ExposedSerializer(many=True)


class ExposureView(GatedView):
    """Whose achievements are shown, against what they have published."""

    policies: ClassVar = {"get": "engine.view"}

    @extend_schema(responses=ExposureSerializer)
    def get(self, request: MemberRequest) -> Response:
        """Shares by kind of organization, by how much it has published, and by province."""
        return Response(ExposureSerializer(exposure()).data)
