"""From a person's memberships, offices, mandates and interests to the standing from which every decision is made."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from policy import Standing

if TYPE_CHECKING:
    from accounts.models import Membership, User

COOLING_OFF = timedelta(days=730)
"""How long after the end of a membership the person still judges nothing of that organization."""
MANAGER, SUPERVISOR, BROKER = "manager", "supervisor", "broker"


def standing_of_user(user: "User") -> Standing:
    """Roles and ties as of now. Three queries, one more for each broker of which the person is a member.

    With `user.acting_for` the memberships in other organizations do not count; interests always do.
    """
    memberships = acting(user.own_memberships, user.acting_for)
    offices = list(user.offices.current().select_related("region", "chain"))
    return Standing(
        roles=frozenset({"member", *(m.organization.kind for m in memberships), *(office.kind for office in offices)}),
        user_id=user.pk,
        works_for=frozenset(m.organization_id for m in memberships),
        represents=frozenset(m.organization_id for m in memberships if m.role == MANAGER),
        supervises_for=frozenset(
            office.organization_id
            for office in offices
            if office.kind == SUPERVISOR and office.organization_id is not None
        ),
        scopes=tuple(office.scope for office in offices if office.kind == SUPERVISOR),
        mandated=mandated(memberships),
        interests=interests_of(user),
    )


def acting(memberships: "list[Membership]", organization: int | None) -> "list[Membership]":
    """The memberships that count: those in the chosen organization, all of them where the choice is void."""
    chosen = [each for each in memberships if each.organization_id == organization]
    return chosen or memberships


def mandated(memberships: "Iterable[Membership]") -> frozenset[tuple[str, int]]:
    """The (matter, organization) pairs in which the person acts for others, as a member of a broker."""
    brokers = [each.organization for each in memberships if each.organization.kind == BROKER]
    granted = (mandate for broker in brokers for mandate in broker.mandated.current())
    return frozenset((matter, mandate.organization_id) for mandate in granted for matter in mandate.matters)


def interests_of(user: Any) -> frozenset[int]:
    """The organizations whose affairs the person cannot judge: present and recent ones, and those of interests."""
    recent = timezone.now() - COOLING_OFF
    ties = user.memberships.filter(Q(until=None) | Q(until__gt=recent)).values_list("organization")
    return frozenset(pk for (pk,) in ties.union(user.interests.current().values_list("organization")))
