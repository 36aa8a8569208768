"""Needs, achievements and imports as they travel over REST."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import Organization
from information.models import Achievement, Import, ImportRow, Need, Post
from information.records import SHAPES, Rows
from jobs.api import JobSerializer
from rest.fields import Codes, Strict, version_field
from rest.lifecycles import LifecycleSerializer
from taxonomy.models import ChainNode, ContractType, Industry, InnovationStage, Region

FIGURES = frozenset({"value", "baseline"})


def records_field(shape: str) -> serializers.JSONField:
    """A field of structured records, with the model's validator: `full_clean` passes over empty values of any kind."""
    kinds = {name: {"type": "number" if name in FIGURES else "string"} for name in SHAPES[shape]}
    schema = {"type": "array", "items": {"type": "object", "properties": kinds, "additionalProperties": False}}
    field: type[serializers.JSONField] = type(f"{shape.title()}Field", (serializers.JSONField,), {})
    extend_schema_field(schema)(field)
    return field(required=False, validators=[Rows(shape)])


class PostSerializer(Strict, LifecycleSerializer):
    """What needs and achievements share. Checks of single fields come from the model, the rest from the use cases."""

    owner = serializers.PrimaryKeyRelatedField[Organization](
        queryset=Organization.objects.all(),
        pk_field=serializers.IntegerField(min_value=1),
        help_text="The organization that posts it; set once.",
    )
    version = version_field(required=False)
    region = serializers.SlugRelatedField[Region](
        slug_field="code", queryset=Region.objects.all(), required=False, allow_null=True
    )
    chain_nodes = Codes(ChainNode.objects.all(), required=False)
    withheld = serializers.BooleanField(
        read_only=True,
        help_text="The full text is not open to you: what is not on the post's card is empty. See `visibility`.",
    )
    industries = Codes(Industry.objects.all(), required=False)

    SHARED: ClassVar = [
        "public_id", "owner", "external_id", "title_zh", "title_en", "summary_zh", "summary_en", "keywords_zh",
        "keywords_en", "origin_zh", "origin_en", "chain_nodes", "industries", "region", "visibility", "withheld",
        "valid_through", "revision", "version", "status", "actions", "created_at", "edited_at", "published_at",
    ]  # fmt: skip
    GIVEN: ClassVar = ["revision", "status", "created_at", "edited_at", "published_at"]

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        if isinstance(self.instance, Post):
            fields["owner"].read_only = True
        return fields

    def validate(self, attrs: Any) -> Any:
        if self.instance is not None and "version" not in attrs:
            raise serializers.ValidationError({"version": [self.fields["version"].error_messages["required"]]})
        return attrs


class NeedSerializer(PostSerializer):
    """A technical need."""

    type = serializers.SlugRelatedField[ContractType](slug_field="code", queryset=ContractType.objects.all())
    targets = records_field("targets")

    class Meta:
        model = Need
        fields: ClassVar = [
            *PostSerializer.SHARED, "type", "problem_zh", "problem_en", "present_state_zh", "present_state_en",
            "acceptance_zh", "acceptance_en", "targets", "trl_current", "trl_required", "budget_min", "budget_max",
            "currency", "deadline",
        ]  # fmt: skip
        read_only_fields = PostSerializer.GIVEN


class AchievementSerializer(PostSerializer):
    """A result of research that others may use."""

    stage = serializers.SlugRelatedField[InnovationStage](
        slug_field="code", queryset=InnovationStage.objects.all(), required=False, allow_null=True
    )
    benefits = records_field("benefits")
    ip = records_field("ip")

    class Meta:
        model = Achievement
        fields: ClassVar = [
            *PostSerializer.SHARED, "type", "description_zh", "description_en", "benefits", "stage", "trl",
            "trl_evidence_zh", "trl_evidence_en", "ip", "offer_modes", "price_expectation",
        ]  # fmt: skip
        read_only_fields = PostSerializer.GIVEN


class ImportSerializer(serializers.ModelSerializer[Import]):
    """A file of posts on its way in, and the job that brings it in."""

    job = JobSerializer(read_only=True)

    class Meta:
        model = Import
        fields: ClassVar = ["id", "owner", "kind", "format", "file_name", "submit", "created_at", "job"]


class UploadSerializer(Strict):
    """A file of posts, sent as multipart/form-data."""

    file = serializers.FileField(allow_empty_file=True)
    kind = serializers.ChoiceField(Import.Kind.choices)
    owner = serializers.PrimaryKeyRelatedField[Organization](
        queryset=Organization.objects.all(), pk_field=serializers.IntegerField(min_value=1)
    )
    format = serializers.ChoiceField(
        Import.Format.choices,
        required=False,
        allow_null=True,
        default=None,
        help_text="By the file's name if left out.",
    )
    encoding = serializers.ChoiceField(["utf-8", "gb18030"], default="utf-8")
    submit = serializers.BooleanField(default=True, help_text="Whether to submit the posts for verification at once.")


class ImportRowSerializer(serializers.ModelSerializer[ImportRow]):
    """One row of the file and what became of it; `line` counts from 1."""

    class Meta:
        model = ImportRow
        fields: ClassVar = ["line", "outcome", "field", "reason"]
