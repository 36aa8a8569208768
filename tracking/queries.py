"""What oversight shows."""

from django.db.models import Count, Q

from accounts.models import User
from tracking.models import Case, CaseQuerySet


def with_everything(cases: CaseQuerySet) -> CaseQuerySet:
    """Match, both organizations and the contract, in one query."""
    return cases.select_related("match__need__owner__region", "match__achievement__owner__region", "contract")


def figures(user: User) -> dict[str, int]:
    """How many of the reader's cases stand where, in one query."""
    return Case.objects.visible_to(user).aggregate(
        approved=Count("pk"),
        drafting=Count("pk", filter=Q(drafted_at__isnull=False, ended_at=None)),
        withdrawn=Count("pk", filter=Q(ended_at__isnull=False)),
    )
