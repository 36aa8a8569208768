"""The classifications over REST: short, complete lists that everybody may read."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import mixins, serializers

from rest.viewsets import GatedViewSet
from taxonomy.models import Activity, Chain, ChainNode, ContractType, Industry, InnovationStage, PatentClass, Region

TERM = ["code", "label_zh", "label_en"]


class NestedSerializer(serializers.ModelSerializer[Any]):
    """A term of a classification in levels, with the code of the one it lies in."""

    parent = serializers.SlugRelatedField[Any](  # type: ignore[assignment]  # the field's name, not an attribute
        slug_field="code", read_only=True
    )


class RegionSerializer(NestedSerializer):
    class Meta:
        model = Region
        fields: ClassVar = [*TERM, "parent"]


class ActivitySerializer(NestedSerializer):
    class Meta:
        model = Activity
        fields: ClassVar = [*TERM, "parent"]


class PatentClassSerializer(NestedSerializer):
    class Meta:
        model = PatentClass
        fields: ClassVar = [*TERM, "parent"]


class IndustrySerializer(serializers.ModelSerializer[Industry]):
    class Meta:
        model = Industry
        fields = TERM


class ChainNodeSerializer(serializers.ModelSerializer[ChainNode]):
    class Meta:
        model = ChainNode
        fields: ClassVar = [*TERM, "tier"]


class ChainLinkSerializer(serializers.Serializer[Any]):
    """What one node makes goes into what the other makes."""

    source = serializers.CharField()  # type: ignore[assignment]  # the same
    target = serializers.CharField()


class ChainSerializer(serializers.ModelSerializer[Chain]):
    """A chain as a directed graph: its nodes, and what feeds what, by the nodes' codes."""

    nodes = ChainNodeSerializer(many=True, read_only=True)
    links = serializers.SerializerMethodField()

    class Meta:
        model = Chain
        fields: ClassVar = [*TERM, "nodes", "links"]

    @extend_schema_field(ChainLinkSerializer(many=True))
    def get_links(self, chain: Chain) -> list[dict[str, str]]:
        """Pairs of codes; both ends are among the nodes that were fetched with the chain."""
        codes = {node.pk: node.code for node in chain.nodes.all()}
        return [
            {"source": node.code, "target": codes[link.target_id]}
            for node in chain.nodes.all()
            for link in node.links_out.all()
            if link.target_id in codes
        ]


class InnovationStageSerializer(serializers.ModelSerializer[InnovationStage]):
    class Meta:
        model = InnovationStage
        fields: ClassVar = [*TERM, "trl_from", "trl_to"]


class ContractTypeSerializer(serializers.ModelSerializer[ContractType]):
    class Meta:
        model = ContractType
        fields: ClassVar = [*TERM, "articles"]


class TermViewSet(mixins.ListModelMixin, GatedViewSet):
    """The terms of one classification, all of them in their published order."""

    policies: ClassVar = {"list": "taxonomy.view"}
    # A classification is read whole; the largest here has some eighty entries.
    pagination_class = None

    def get_queryset(self) -> QuerySet[Any]:
        return super(GatedViewSet, self).get_queryset()


class RegionViewSet(TermViewSet):
    queryset = Region.objects.select_related("parent")
    serializer_class = RegionSerializer


class IndustryViewSet(TermViewSet):
    queryset = Industry.objects.all()
    serializer_class = IndustrySerializer


class ActivityViewSet(TermViewSet):
    queryset = Activity.objects.select_related("parent")
    serializer_class = ActivitySerializer


class PatentClassViewSet(TermViewSet):
    queryset = PatentClass.objects.select_related("parent")
    serializer_class = PatentClassSerializer


class ChainViewSet(TermViewSet):
    queryset = Chain.objects.prefetch_related("nodes__links_out")
    serializer_class = ChainSerializer


class StageViewSet(TermViewSet):
    queryset = InnovationStage.objects.all()
    serializer_class = InnovationStageSerializer


class ContractTypeViewSet(TermViewSet):
    queryset = ContractType.objects.all()
    serializer_class = ContractTypeSerializer
