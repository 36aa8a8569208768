"""Matches as they travel over REST."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from information.models import Achievement, Need
from matching.disclosure import screen
from matching.models import Match
from rest.lifecycles import LifecycleSerializer

POST = ["public_id", "owner", "title_zh", "title_en", "status"]


class MatchedNeedSerializer(serializers.ModelSerializer[Need]):
    class Meta:
        model = Need
        fields = POST


class MatchedAchievementSerializer(serializers.ModelSerializer[Achievement]):
    class Meta:
        model = Achievement
        fields = POST


class RequirementSerializer(serializers.Serializer[Any]):
    """What one performance target of the need met: indices into `targets` and `benefits`, from 0."""

    target = serializers.IntegerField()
    verdict = serializers.CharField()
    benefit = serializers.IntegerField(allow_null=True)
    gap = serializers.FloatField(allow_null=True)


class WhySerializer(serializers.Serializer[Any]):
    """One reason of the engine: a code and what it speaks of."""

    code = serializers.CharField()
    params = serializers.DictField()


@extend_schema_field({"type": "object", "additionalProperties": {"type": "number"}})
class SubScores(serializers.JSONField):
    """The parts of a score by name, each from 0 to 1."""


class MatchSerializer(LifecycleSerializer):
    """One achievement put before one need; `score` is from 0 to 1 and comes with what it is made of."""

    need = MatchedNeedSerializer(read_only=True)
    achievement = MatchedAchievementSerializer(read_only=True)
    sub_scores = SubScores(read_only=True)
    matched_terms = serializers.JSONField(read_only=True)
    requirements = RequirementSerializer(many=True, read_only=True)
    reasons = WhySerializer(many=True, read_only=True)

    def to_representation(self, instance: Match) -> dict[str, Any]:
        return super().to_representation(screen(instance, self.context["request"].user))

    class Meta:
        model = Match
        fields: ClassVar = [
            "id", "need", "achievement", "score", "sub_scores", "matched_terms", "requirements", "reasons",
            "engine_version", "need_revision", "achievement_revision", "need_interested_at",
            "achievement_interested_at", "created_at", "scored_at", "version", "status", "actions",
        ]  # fmt: skip
