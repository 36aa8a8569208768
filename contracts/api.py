"""Contracts over REST."""

from typing import Any, ClassVar

from rest_framework import serializers

from contracts import services
from contracts.models import Contract
from rest.lifecycles import LifecycleSerializer, with_moves
from rest.viewsets import ReadViewSet


class ContractSerializer(LifecycleSerializer):
    """A technology contract between the need's organization (client) and the achievement's (provider)."""

    number = serializers.CharField(read_only=True)
    type = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)

    class Meta:
        model = Contract
        fields: ClassVar = [
            "id", "number", "match", "client", "provider", "type", "title_zh", "title_en", "price_min", "price_max",
            "currency", "opened_at", "version", "status", "actions",
        ]  # fmt: skip
        read_only_fields = fields


@with_moves(services.ACTIONS)
class ContractViewSet(ReadViewSet):
    """Contracts to which one of the asker's organizations is a party, or that the asker oversees."""

    queryset = Contract.objects.select_related("type")
    serializer_class = ContractSerializer
    lookup_value_regex = "[0-9]{1,18}"
    policies: ClassVar = {"list": "contract.view", "retrieve": "contract.view"}
