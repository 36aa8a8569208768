"""What oversight shows."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import User
from tracking.models import Case, CaseQuerySet

SLOW = 14
"""Days in one stage from which a case is worth a supervisor's look; set by judgement."""


@dataclass(frozen=True)
class Watched:
    """A case as a line of oversight: since when it has been in its stage, and whether that is long."""

    case: Case
    since: datetime
    days: int
    slow: bool


def with_everything(cases: CaseQuerySet) -> CaseQuerySet:
    """Match, both organizations and the contract in one query, the need's chain nodes and chains in two more."""
    joined = cases.select_related("match__need__owner__region", "match__achievement__owner__region", "contract")
    return joined.prefetch_related("match__need__chain_nodes__chain")


def watched(cases: list[Case], now: datetime | None = None) -> list[Watched]:
    """Cases with their clocks."""
    now = now or timezone.now()
    return [watch(case, now) for case in cases]


def watch(case: Case, now: datetime) -> Watched:
    """One case with its clock, which stands still once the case has ended."""
    since = case.ended_at or case.drafted_at or case.approved_at
    days = (now - since).days
    return Watched(case, since, days, slow=case.ended_at is None and days >= SLOW)


def figures(user: User) -> dict[str, int]:
    """How many of the reader's cases stand where, in one query."""
    return Case.objects.visible_to(user).aggregate(
        approved=Count("pk"),
        drafting=Count("pk", filter=Q(drafted_at__isnull=False, ended_at=None)),
        withdrawn=Count("pk", filter=Q(ended_at__isnull=False)),
    )
