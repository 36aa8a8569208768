"""Making digests: once a day every organization is told of the good matches that are new for it, nothing twice."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from journal.recording import record
from matching.engine.fusion import GOOD
from matching.models import Digest, Match, MatchQuerySet
from policy import PLATFORM


def untold() -> MatchQuerySet:
    """Good suggestions of which at least one side has not been told."""
    return Match.objects.filter(
        Q(need_digest=None) | Q(achievement_digest=None), status=Match.Status.SUGGESTED, score__gte=GOOD
    )


def make_all() -> int:
    """A digest for every organization that has new good matches; gives their number. Each in its own transaction."""
    waiting = untold()
    organizations = {
        *waiting.filter(need_digest=None).values_list("need__owner", flat=True).distinct(),
        *waiting.filter(achievement_digest=None).values_list("achievement__owner", flat=True).distinct(),
    }
    return sum(make(organization) is not None for organization in sorted(organizations))


@transaction.atomic
def make(organization_id: int) -> Digest | None:
    """The digest of one organization; None if somebody else has just made it. Takes the locks of its matches."""
    # One order of keys for all matches, whichever side they are told to.
    mine = untold().filter(
        Q(need__owner=organization_id, need_digest=None)
        | Q(achievement__owner=organization_id, achievement_digest=None)
    )
    held = list(mine.select_related("need", "achievement").order_by("pk").select_for_update(of=("self",), no_key=True))
    if not held:
        return None
    digest = Digest.objects.create(organization_id=organization_id, made_at=timezone.now(), number=len(held))
    for side in ("need", "achievement"):
        keys = [match.pk for match in held if getattr(match, side).owner_id == organization_id]
        Match.objects.filter(pk__in=keys, **{f"{side}_digest": None}).update(**{f"{side}_digest": digest})
    record(digest, "made", by=PLATFORM, data={"organization": organization_id, "matches": [m.pk for m in held]})
    return digest
