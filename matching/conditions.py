"""The conditions of rules in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from matching.models import FACTS, Rule

Definition = Mapping[str, Any]
Values = Mapping[tuple[str, str], str]
"""What a value of a field is called in the reader's language."""


def values_of(definitions: Iterable[Definition]) -> Values:
    """The words for every value in these definitions, in at most one query for each classification."""
    wanted: dict[str, set[str]] = {}
    for definition in definitions:
        wanted.setdefault(definition["field"], set()).add(definition["value"])
    return {(field, value): word for field in wanted for value, word in words_for(field, wanted[field])}


def words_for(field: str, values: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Values of one field with their words."""
    terms = FACTS[field].terms
    if terms is None:
        return []
    if issubclass(terms, models.TextChoices):
        return [(value, str(label)) for value, label in terms.choices]
    found: Any = terms._default_manager.filter(code__in=values)
    return [(term.code, str(term.label)) for term in found]


def condition(definition: Definition, values: Values) -> str:
    """A rule's condition as a phrase: “TRL is at least 6”."""
    operator, field, value = Rule.Operator(definition["operator"]), definition["field"], definition["value"]
    words = {"fact": FACTS[field].label, "operator": operator.label, "value": values.get((field, value), value)}
    if operator == Rule.Operator.SAME:
        return _("%(fact)s %(operator)s") % words
    return _("%(fact)s %(operator)s %(value)s") % words
