"""Who is to be told: people by what they are to an organization or to the platform, as of now."""

from accounts.models import Membership, Office


def speakers_of(*organizations: int) -> set[int]:
    """Those who may speak for one of the organizations (by primary key)."""
    current = Membership.objects.current().filter(organization__in=organizations, role=Membership.Role.MANAGER)
    return set(current.values_list("user", flat=True))


def administrators() -> set[int]:
    """Those who administer the platform."""
    return set(Office.objects.current().filter(kind=Office.Kind.ADMINISTRATOR).values_list("user", flat=True))
