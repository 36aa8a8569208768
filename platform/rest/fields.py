"""Fields and checks that the floors' serializers share."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

LARGEST_VERSION = 2**31 - 1


class Strict(serializers.Serializer[Any]):
    """A serializer that refuses fields it does not know or does not let anybody set, instead of ignoring them."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            faults = {}
            for name in data:
                field = self.fields.get(name)
                if field is None:
                    faults[str(name)[:80]] = [_("There is no such field.")]
                elif field.read_only:
                    faults[str(name)] = [_("This field cannot be set.")]
            if faults:
                raise serializers.ValidationError(faults)
        return super().to_internal_value(data)


def version_field(**arguments: Any) -> serializers.IntegerField:
    """The version of the object that the asker has seen."""
    return serializers.IntegerField(
        min_value=1,
        max_value=LARGEST_VERSION,
        help_text="The version that you have seen; the answer is 409 if the object has changed since.",
        **arguments,
    )


class SeenSerializer(Strict):
    """Only the version that the asker has seen."""

    version = version_field()


@extend_schema_field(serializers.ListField(child=serializers.CharField()))
class Codes(serializers.Field[Any, Any, Any, Any]):
    """Terms of a classification as a list of their codes; one query, however many there are."""

    MOST = 50

    def __init__(self, terms: QuerySet[Any], **arguments: Any) -> None:
        super().__init__(**arguments)
        self.terms = terms

    def to_internal_value(self, data: Any) -> list[Model]:
        if not isinstance(data, list) or len(data) > self.MOST or not all(isinstance(code, str) for code in data):
            raise serializers.ValidationError(_("A list of at most %(most)s codes is expected.") % {"most": self.MOST})
        found = {term.code: term for term in self.terms.filter(code__in=data)}
        if unknown := [code[:40] for code in data if code not in found]:
            raise serializers.ValidationError(_("Unknown code: %(codes)s.") % {"codes": ", ".join(unknown)})
        return list(found.values())

    def to_representation(self, value: Any) -> Sequence[str]:
        return [term.code for term in value.all()]
