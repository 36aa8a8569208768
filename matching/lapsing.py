"""Letting suggestions lapse that nobody answers, and saying so beforehand; driven by the clock, not by visits."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from journal.recording import record_all
from matching import clocks
from matching.models import Match
from policy import PLATFORM

WAITING = (Match.Status.SUGGESTED, Match.Status.ONE_SIDED)


@transaction.atomic
def announce(limit: int = 500) -> int:
    """Say of suggestions near their end that they lapse unless somebody answers, once each; gives their number."""
    now = timezone.now()
    near = Match.objects.filter(status__in=WAITING, announced_at=None, answer_by__lte=clocks.due(clocks.WARNING))
    found = list(near.select_for_update(of=("self",), no_key=True, skip_locked=True).order_by("pk")[:limit])
    Match.objects.filter(pk__in=[match.pk for match in found]).update(announced_at=now)
    if found:
        record_all([(match, {"answer_by": match.answer_by}) for match in found], "lapse_announced", by=PLATFORM)
    return len(found)


def lapse_unanswered(limit: int = 200) -> int:
    """Let suggestions lapse whose time is over and of which that was announced; gives their number.

    Each in a transaction of its own: an answer that arrives meanwhile wins.
    """
    over = Match.objects.filter(status__in=WAITING, answer_by__lte=timezone.now(), announced_at__lte=latest_announced())
    return sum(lapse(pk) for pk in over.order_by("answer_by", "pk").values_list("pk", flat=True)[:limit])


@transaction.atomic
def lapse(pk: int) -> bool:
    """Let one suggestion lapse, unless somebody has answered since it was read."""
    match = Match.locked(pk)
    over = match.answer_by is not None and match.answer_by <= timezone.now()
    announced = match.announced_at is not None and match.announced_at <= latest_announced()
    if match.status not in WAITING or not over or not announced:
        return False
    cause = Match.LapseCause.UNANSWERED
    match.move_to(Match.Status.LAPSED, by=PLATFORM, data={"cause": cause}, sets={"lapse_cause": cause})
    return True


def latest_announced() -> datetime:
    """The latest announcement after which the end may come."""
    return timezone.now() - timedelta(days=clocks.NOTICE)


def tick() -> None:
    """What the clock asks for: announce first, then let lapse."""
    announce()
    lapse_unanswered()
