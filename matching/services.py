"""Use cases of a match: say yes, say no, approve, refuse, let lapse."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from information.models import Achievement, Grant, Need
from information.services import end_grants
from journal.errors import IllegalMove, NotAllowed
from journal.lifecycle import no_arrow
from journal.recording import record
from matching.access import open_to_each_other, source_of
from matching.docking.rooms import open_room
from matching.models import Match, MatchQuerySet, Outcome, TrackRecord
from policy import PLATFORM, Actor, decide


@transaction.atomic
def express_interest(match: Match, *, by: User, version: int, reason: str = "", note: str = "") -> Match:
    """One side says yes; when both have, the match is mutual and waits for an administrator.

    A person who represents both sides speaks for the need first. Raises what `move_to` raises.
    """
    current = Match.locked(match.pk, version=version)
    if not (decision := decide(by, "match.express_interest", current)):
        if current.status not in (Match.Status.SUGGESTED, Match.Status.ONE_SIDED):
            raise IllegalMove(no_arrow(current))
        raise NotAllowed(decision.reason)
    for_need = current.need.owner_id in by.standing.represents and current.need_interested_at is None
    moved = match.move_to(
        Match.Status.ONE_SIDED if current.status == Match.Status.SUGGESTED else Match.Status.MUTUAL,
        by=by,
        expected=version,
        reason=reason,
        note=note,
        sets={"need_interested_at" if for_need else "achievement_interested_at": timezone.now()},
        data={"side": "need" if for_need else "achievement"},
    )
    if moved.status == Match.Status.MUTUAL:
        open_to_each_other(moved, Grant.Level.INTEREST, by=by)
    return moved


def decline(match: Match, *, by: User, version: int, reason: str = "", note: str = "") -> Match:
    """One side says no, with a structured reason that the other side gets to read."""
    side = "need" if match.need.owner_id in by.standing.represents else "achievement"
    answers = {"reason": reason, "note": note, "data": {"side": side}}
    return end(match, Match.Status.DECLINED, by=by, expected=version, **answers)


@transaction.atomic
def end(match: Match, to: Match.Status, *, by: Actor, **answers: Any) -> Match:
    """A move after which the sides no longer read each other's posts, if they did."""
    moved = match.move_to(to, by=by, **answers)
    end_grants(source_of(match), by=by)
    return moved


@transaction.atomic
def approve(match: Match, *, by: User, version: int, reason: str = "", note: str = "") -> Match:
    """An administrator lets two willing sides negotiate, in the room that opens; never without mutual interest."""
    # The posts' rows are the locks that approvals and withdrawals share, always taken first and in this order.
    Need.locked(match.need_id)
    Achievement.locked(match.achievement_id)
    approved = match.move_to(Match.Status.APPROVED, by=by, expected=version, reason=reason, note=note)
    open_room(approved, by=by)
    return approved


def refuse(match: Match, *, by: User, version: int, reason: str = "", note: str = "") -> Match:
    """An administrator does not let them negotiate, and tells both sides why."""
    return end(match, Match.Status.REFUSED, by=by, expected=version, reason=reason, note=note)


ACTIONS: Mapping[str, Callable[..., Match]] = {
    "express_interest": express_interest,
    "decline": decline,
    "approve": approve,
    "refuse": refuse,
}
"""The use case behind each action that people take, for pages and API alike."""


@transaction.atomic
def lapse_all(matches: MatchQuerySet) -> int:
    """Let every living match of a post that is no longer open lapse, in a fixed order; gives their number."""
    lapsed = 0
    for match in matches.alive().order_by("pk").select_for_update(of=("self",), no_key=True):
        cause = Match.LapseCause.POST_CLOSED
        end(match, Match.Status.LAPSED, by=PLATFORM, data={"cause": cause}, sets={"lapse_cause": cause})
        lapsed += 1
    return lapsed


@transaction.atomic
def note_outcome(match_id: int, kind: Outcome.Kind, *, value: float | None = None, at: datetime | None = None) -> None:
    """Keep what became of a match, as a floor above reports it; the same report twice changes nothing.

    A later value of the same kind (an evaluation that was adjudicated) takes the place of the earlier one.
    """
    outcome, created = Outcome.objects.select_for_update(of=("self",)).get_or_create(
        match_id=match_id, kind=kind, defaults={"value": value, "at": at or timezone.now()}
    )
    if not created:
        if outcome.value == value:
            return
        outcome.value, outcome.at = value, at or timezone.now()
        outcome.save(update_fields=["value", "at"])
    record(outcome, "noted", by=PLATFORM, data={"match": match_id, "kind": kind, "value": value})


@transaction.atomic
def note_track_record(organization_id: int, *, mean: float, interval: tuple[float, float], cases: int) -> TrackRecord:
    """Keep how an organization's evaluated cooperations went, all from 0 to 1; the same figures change nothing."""
    figures = {"mean": mean, "low": interval[0], "high": interval[1], "cases": cases}
    kept, created = TrackRecord.objects.select_for_update(of=("self",)).get_or_create(
        organization_id=organization_id, defaults={**figures, "updated_at": timezone.now()}
    )
    if created or any(getattr(kept, name) != value for name, value in figures.items()):
        kept.mean, (kept.low, kept.high), kept.cases, kept.updated_at = mean, interval, cases, timezone.now()
        kept.save()
        record(kept, "noted", by=PLATFORM, data={"organization": organization_id, **figures})
    return kept
