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
    tell("match.one_sided", entry, speakers_of(*owners(entry, spoken=False)))


def of_coming_lapse(entry: Entry) -> None:
    """The side whose word is awaited, where the other one has said yes."""
    if owners(entry, spoken=True):
        tell("match.lapsing", entry, speakers_of(*owners(entry, spoken=False)))


def of_lapse(entry: Entry) -> None:
    """The side that had said yes and heard nothing."""
    if entry.data.get("cause") == Match.LapseCause.UNANSWERED:
        tell("match.lapsed", entry, speakers_of(*owners(entry, spoken=True)))


def owners(entry: Entry, *, spoken: bool) -> list[int]:
    """The owners of the posts of a match whose side has spoken, or has not."""
    match = Match.objects.select_related("need", "achievement").get(pk=entry.subject_id)
    sides = ((match.need, match.need_interested_at), (match.achievement, match.achievement_interested_at))
    return [post.owner_id for post, spoke in sides if (spoke is not None) == spoken]


def of_word(entry: Entry, kind: str) -> None:
    """Both sides."""
    match = Match.objects.select_related("need", "achievement").get(pk=entry.subject_id)
    tell(kind, entry, speakers_of(match.need.owner_id, match.achievement.owner_id))


def of_due_decision(entry: Entry) -> None:
    """The administrators."""
    tell("match.to_decide", entry, administrators())
