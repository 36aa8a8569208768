"""What may be asked in the address of a list: declared as a serializer, which checks and documents."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers


class Parameters(serializers.Serializer[Any]):
    """Query parameters of one action; a parameter that is not declared is refused, never ignored."""

    def to_internal_value(self, data: Any) -> Any:
        if unknown := sorted(set(data) - set(self.fields) - self.context.get("also", frozenset())):
            raise serializers.ValidationError({name[:80]: [_("There is no such parameter.")] for name in unknown})
        return super().to_internal_value(data)

    def narrow(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that are asked for; `validated_data` holds the parameters that were given."""
        return queryset
