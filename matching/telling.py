"""Whom matching tells of what."""

from collections.abc import Iterable

from accounts.people import administrators, speakers_of
from information.models import Need
from journal.models import Entry
from matching.models import Match
from notifications.services import tell


def of_suggestions(entry: Entry) -> None:
    """Both sides, once for all suggestions of one scoring of a need."""
    if not entry.data.get("new"):
        return
    need = Need.objects.get(pk=entry.subject_id)
    tell("match.suggested", entry, speakers_of(need.owner_id))
    tell("match.offered", entry, speakers_of(*owners_of(entry.data.get("matches", ()))))


def owners_of(matches: Iterable[int]) -> set[int]:
    """The organizations whose achievements stand in these matches."""
    return set(Match.objects.filter(pk__in=list(matches)).values_list("achievement__owner", flat=True))


def of_interest(entry: Entry) -> None:
    """The side whose word is awaited."""
    match = Match.objects.select_related("need", "achievement").get(pk=entry.subject_id)
    awaited = [
        post.owner_id
        for post, spoke in (
            (match.need, match.need_interested_at),
            (match.achievement, match.achievement_interested_at),
        )
        if spoke is None
    ]
    tell("match.one_sided", entry, speakers_of(*awaited))


def of_word(entry: Entry, kind: str) -> None:
    """Both sides."""
    match = Match.objects.select_related("need", "achievement").get(pk=entry.subject_id)
    tell(kind, entry, speakers_of(match.need.owner_id, match.achievement.owner_id))


def of_due_decision(entry: Entry) -> None:
    """The administrators."""
    tell("match.to_decide", entry, administrators())
