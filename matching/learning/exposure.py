"""Whose achievements are shown: shares of suggestions and of first places against shares of what is published."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from accounts.models import Organization
from information.models import Achievement
from matching.models import Match
from taxonomy.models import Region

TOP: Final = 3
FEW, MANY = 3, 10
"""Published achievements up to which an organization counts as small, and from which on as large."""
STARVED: Final = 0.5
"""Below this share of what would be proportional a group is marked, if it has enough achievements to say so."""
ENOUGH: Final = 5


@dataclass(frozen=True)
class Exposed:
    """One group of organizations: what it has published and how much of it is shown, as shares of all."""

    label: str
    organizations: int
    achievements: int
    published: float
    suggested: float
    first: float

    @property
    def starved(self) -> bool:
        """Shown in first places much less than it has published."""
        return self.achievements >= ENOUGH and self.first < STARVED * self.published


def exposure() -> dict[str, list[Exposed]]:
    """Exposure by kind, by number of achievements and by province; four queries and one for the provinces' names."""
    published = counted(Achievement.objects.open(), "owner")
    matches = Match.objects.filter(need__status="published").exclude(status=Match.Status.LAPSED)
    rank = Window(RowNumber(), partition_by=[F("need_id")], order_by=[F("score").desc(), F("pk").asc()])
    top = matches.annotate(rank=rank).filter(rank__lte=TOP).values("pk")
    suggested, first = (counted(found, "achievement__owner") for found in (matches, Match.objects.filter(pk__in=top)))
    owners = list(Organization.objects.filter(pk__in=published).select_related("region"))
    provinces = {region.code: region.label for region in Region.objects.filter(code__endswith="0000")}
    groups: dict[str, Callable[[Organization], str]] = {
        "kind": lambda owner: owner.get_kind_display(),
        "size": lambda owner: size(published[owner.pk]),
        "region": lambda owner: provinces.get(f"{owner.region.code[:2]}0000", owner.region.label),
    }
    return {name: list(grouped(owners, group, published, suggested, first)) for name, group in groups.items()}


def counted(rows: Any, owner: str) -> Counter[int]:
    """How many rows each organization has."""
    return Counter(dict(rows.order_by().values_list(owner).annotate(Count("pk"))))


def size(achievements: int) -> str:
    """The class of an organization by what it has published."""
    if achievements <= FEW:
        return _("1 to %(most)s achievements") % {"most": FEW}
    if achievements < MANY:
        return _("%(least)s to %(most)s achievements") % {"least": FEW + 1, "most": MANY - 1}
    return _("%(least)s achievements and more") % {"least": MANY}


def grouped(
    owners: Sequence[Organization],
    group: Callable[[Organization], str],
    published: Counter[int],
    suggested: Counter[int],
    first: Counter[int],
) -> Iterable[Exposed]:
    """One row for each group, those that have published most first."""
    members: dict[str, list[int]] = {}
    for owner in owners:
        members.setdefault(group(owner), []).append(owner.pk)
    totals = [max(sum(each[owner.pk] for owner in owners), 1) for each in (published, suggested, first)]
    counts = (published, suggested, first)
    rows = [
        Exposed(label, len(keys), sum(published[key] for key in keys), *shares(keys, counts, totals))
        for label, keys in members.items()
    ]
    return sorted(rows, key=lambda row: (-row.achievements, row.label))


def shares(keys: list[int], counts: Iterable[Counter[int]], totals: list[int]) -> list[float]:
    return [sum(count[key] for key in keys) / total for count, total in zip(counts, totals, strict=True)]
