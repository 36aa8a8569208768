"""Contracts, clauses and what people say to them, as the API takes and gives them."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from contracts.models import Contract, ContractVersion, LibraryClause
from contracts.negotiation import Line
from information.models import Need
from rest.fields import Strict, version_field
from rest.lifecycles import LifecycleSerializer


class ContractVersionSerializer(serializers.ModelSerializer[ContractVersion]):
    """A frozen version by its hash."""

    class Meta:
        model = ContractVersion
        fields: ClassVar = ["number", "sha256", "frozen_at"]
        read_only_fields = fields


class DocumentSerializer(ContractVersionSerializer):
    """A frozen version with its document (schema tenon.contract/1)."""

    document = serializers.JSONField(read_only=True)

    class Meta(ContractVersionSerializer.Meta):
        fields: ClassVar = [*ContractVersionSerializer.Meta.fields, "document"]


class ContractSerializer(LifecycleSerializer):
    """A technology contract between the need's organization (client) and the achievement's (provider)."""

    number = serializers.CharField(read_only=True)
    type = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    frozen_version = ContractVersionSerializer(read_only=True)

    class Meta:
        model = Contract
        fields: ClassVar = [
            "id", "public_id", "number", "match", "client", "provider", "government", "government_joined_at", "type",
            "kind", "governing_language", "title_zh", "title_en", "price_min", "price_max", "currency", "particulars",
            "frozen_version", "opened_at", "version", "status", "actions",
        ]  # fmt: skip
        read_only_fields = fields


class DescribeSerializer(Strict):
    """What a draft is filled with; what is left out stays as it is."""

    version = version_field()
    kind = serializers.ChoiceField(Contract.Kind.choices, required=False)
    governing_language = serializers.ChoiceField(Contract.Language.choices, required=False)
    title_zh = serializers.CharField(required=False, allow_blank=True)
    title_en = serializers.CharField(required=False, allow_blank=True)
    currency = serializers.ChoiceField(Need.Currency.choices, required=False)
    particulars = serializers.DictField(required=False, help_text="By key; money and percentages as strings.")


class AcceptAllSerializer(Strict):
    """The version of every clause as it was seen."""

    seen = serializers.DictField(child=serializers.IntegerField(min_value=1, max_value=2**31 - 1))


class ProposeSerializer(Strict):
    """What a clause is to say instead; `version` is the clause's."""

    version = version_field()
    body_zh = serializers.CharField()
    body_en = serializers.CharField()
    particulars = serializers.DictField(required=False)
    note = serializers.CharField(required=False, allow_blank=True)
    library = serializers.PrimaryKeyRelatedField(
        queryset=LibraryClause.objects.all(), required=False, help_text="The text of the library that it starts from."
    )


class AnswerSerializer(Strict):
    """An answer to what is proposed; `version` is the clause's."""

    version = version_field()
    note = serializers.CharField(required=False, allow_blank=True)


class CommentSerializer(Strict):
    """A remark on a clause."""

    text = serializers.CharField()


class LibrarySerializer(serializers.ModelSerializer[LibraryClause]):
    """A version of a clause of the library."""

    class Meta:
        model = LibraryClause
        fields: ClassVar = [
            "id", "key", "variant", "version", "kinds", "when", "articles", "title_zh", "title_en", "body_zh",
            "body_en", "created_at",
        ]  # fmt: skip
        read_only_fields = fields


class ReviseSerializer(Strict):
    """The texts of the next version; what is left out stays as it is."""

    title_zh = serializers.CharField(required=False)
    title_en = serializers.CharField(required=False)
    body_zh = serializers.CharField(required=False)
    body_en = serializers.CharField(required=False)


class ClauseProposalSerializer(serializers.Serializer[Any]):
    """What one side proposes for a clause."""

    side = serializers.CharField()
    body_zh = serializers.CharField()
    body_en = serializers.CharField()
    particulars = serializers.DictField()
    note = serializers.CharField()
    created_at = serializers.DateTimeField()


class ClauseSerializer(serializers.Serializer[Any]):
    """A clause with its text as it reads now, who has accepted it, and whose turn it is."""

    key = serializers.CharField(source="clause.key")
    number = serializers.CharField(source="written.number")
    title_zh = serializers.CharField(source="clause.title_zh")
    title_en = serializers.CharField(source="clause.title_en")
    body_zh = serializers.CharField(source="clause.body_zh", help_text="With placeholders.")
    body_en = serializers.CharField(source="clause.body_en", help_text="With placeholders.")
    reads_zh = serializers.CharField(source="written.zh")
    reads_en = serializers.CharField(source="written.en")
    missing = serializers.ListField(source="written.gaps", child=serializers.CharField())
    library = serializers.IntegerField(source="clause.library_id")
    revision = serializers.IntegerField(source="clause.revision")
    version = serializers.IntegerField(source="clause.version")
    waiting_for = serializers.ListField(source="waiting", child=serializers.CharField())
    proposal = serializers.SerializerMethodField()

    @extend_schema_field(ClauseProposalSerializer(allow_null=True))
    def get_proposal(self, line: Line) -> Any:
        shown = line.proposal if self.context.get("follows") else None
        return ClauseProposalSerializer(shown).data if shown else None


class FindingSerializer(serializers.Serializer[Any]):
    """Something that the pre-check found."""

    severity = serializers.CharField()
    code = serializers.CharField()
    clause = serializers.CharField()
    article = serializers.CharField()
    what = serializers.CharField()
    todo = serializers.CharField()
