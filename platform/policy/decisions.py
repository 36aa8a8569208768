"""Decisions drawn from the table: one answer for one object, or a filter for many."""

from dataclasses import dataclass
from typing import TypeVar

from django.core.exceptions import FieldError
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from policy.relations import any_of
from policy.standing import Standing, standing_of
from policy.table import Rule, table

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Decision:
    """Whether something is allowed, and the sentence that tells the person why (not)."""

    allowed: bool
    reason: str

    def __bool__(self) -> bool:
        return self.allowed


def decide(actor: object, action: str, obj: Model | None = None) -> Decision:
    """Ask the table; with no object, whether there is any object to which the actor might do this.

    The reason of a denial names what comes nearest: first the role, then the tie, then the state.
    """
    standing = standing_of(actor)
    by_role = [rule for rule in table().rows(action) if rule.roles & standing.roles]
    if not by_role:
        return Decision(False, _("Your role does not include this."))
    if obj is None:
        return Decision(True, str(by_role[0].because))
    by_relation = [rule for rule in by_role if rule.relation.holds(standing, obj)]
    if not by_relation:
        return Decision(False, str(by_role[0].relation.denial) or _("Your role does not include this."))
    for rule in by_relation:
        if rule.states is None or state_of(obj) in rule.states:
            return Decision(True, str(rule.because))
    return Decision(False, _("Its present state does not allow this."))


def allowed(actor: object, action: str, obj: Model | None = None) -> bool:
    """Whether the table allows it."""
    return decide(actor, action, obj).allowed


def state_of(obj: Model) -> str | None:
    """The state that rows speak of: the object's status, if it has a lifecycle."""
    status = getattr(obj, "status", None)
    return None if status is None else str(status)


def visible(queryset: QuerySet[M], actor: object, action: str) -> QuerySet[M]:
    """The rows of the queryset to which the actor may do the action, as one filter without duplicates."""
    standing = standing_of(actor)
    matching = queryset.model._default_manager.filter(
        any_of(condition(rule, standing) for rule in rules_for(action, standing))
    )
    return queryset.filter(pk__in=matching.values("pk"))


def grants_on(copies: type[Model], actor: object, action: str) -> Q:
    """The rows of the action as a filter on another table that copies the fields they speak of.

    A row that speaks of something the table does not have grants nothing on it. The filter has no step to many, so it
    needs no subquery.
    """
    standing = standing_of(actor)
    conditions = (condition(rule, standing) for rule in rules_for(action, standing))
    return any_of(each for each in conditions if understood(copies, each))


def understood(model: type[Model], condition: Q) -> bool:
    """Whether the model has the fields of which the condition speaks."""
    try:
        model._default_manager.filter(condition)
    except FieldError:
        return False
    return True


def rules_for(action: str, standing: Standing) -> list[Rule]:
    """The rows that concern somebody of this standing."""
    return [rule for rule in table().rows(action) if rule.roles & standing.roles]


def condition(rule: Rule, standing: Standing) -> Q:
    """One row of the table as a filter."""
    tie = rule.relation.q(standing)
    return tie if rule.states is None else tie & Q(status__in=sorted(rule.states))
