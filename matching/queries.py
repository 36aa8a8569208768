"""What the match page and the lists of suggestions show, read in a bounded number of queries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, When
from django.db.models.functions import Greatest

from accounts.models import User
from information.models import Need, Post
from jobs.models import Job
from matching.engine.fusion import Band, band
from matching.models import Match, MatchQuerySet, Room, Scoring, TermSheet
from matching.onward import steps_after
from matching.sentences import changes, labels_for, sentences, why
from matching.sheet import achievement_side, clock, joint, need_side, parts, steps, tally
from matching.steps import REMATCH
from policy import allowed, standing_of, visible
from web.timeline import timeline

OPEN_TO_SIDES = (Match.Status.SUGGESTED, Match.Status.ONE_SIDED)
ALIKE = 3
"""Other suggestions of the same need that the match page shows."""
IN_WHY = 2
"""Sentences that the why-line holds; the others follow as a list."""


@dataclass(frozen=True)
class Suggested:
    """A match as a line of a list: its band and its why-sentence beside it, and what it owes to whom."""

    match: Match
    band: Band
    why: str
    clock: str
    since: datetime | None = None


def with_sides(matches: QuerySet[Match]) -> MatchQuerySet:
    """Both posts with their organizations, in one query."""
    return matches.select_related("need__owner__region", "achievement__owner__region", "achievement__stage")  # type: ignore[return-value]


def lines(matches: list[Match]) -> list[Suggested]:
    """Matches as lines of a list, in two queries more whatever their number."""
    labels = labels_for(matches)
    return [
        Suggested(match, band(match.score), why(match, labels), clock(match), getattr(match, "mutual_since", None))
        for match in matches
    ]


def match_page(match: Match, user: User) -> dict[str, Any]:
    """Everything on the page of one match."""
    labels = labels_for([match])
    found, rows, onward = sentences(match, labels), joint(match), steps_after(match, user)
    return {
        "match": match,
        "need_side": need_side(match),
        "achievement_side": achievement_side(match),
        "rows": rows,
        "tally": tally(rows),
        "band": band(match.score),
        "parts": parts(match),
        "why": why(match, labels),
        "speaks_for": [sentence.text for sentence in found if sentence.side == "for"][IN_WHY:],
        "changes": changes(match),
        "against": [sentence.text for sentence in found if sentence.side == "against"],
        "moves": [move for _to, move in match.moves(user)],
        "clock": clock(match),
        "steps": steps(match, onward),
        "onward": onward,
        "happenings": timeline(match) if allowed(user, "match.history", match) else None,
        "alike": alike(match, user),
        "following": following(match, user),
    }


def alike(match: Match, user: User) -> list[Suggested]:
    """The next best suggestions for the same need that this reader may see."""
    others = with_sides(Match.objects.visible_to(user).filter(need=match.need_id).exclude(pk=match.pk))
    return lines(list(others.exclude(status=Match.Status.LAPSED).ranked()[:ALIKE]))


def following(match: Match, user: User) -> Match | None:
    """The next in the queue: for whoever decides, what has waited longest; for a side, its next best suggestion."""
    if allowed(user, "match.approve"):
        return waiting_for_decision(user).exclude(pk=match.pk).first()
    for side in ("need", "achievement"):
        if getattr(match, side).owner_id in standing_of(user).works_for:
            return next_for(match, side, user)
    return None


def next_for(match: Match, side: str, user: User) -> Match | None:
    """The best suggestion of the same post on which this side has not spoken, ranked below this one if there is one."""
    silent = {side: getattr(match, f"{side}_id"), f"{side}_interested_at": None}
    waiting = Match.objects.visible_to(user).filter(**silent).filter(status__in=OPEN_TO_SIDES).exclude(pk=match.pk)
    below = Q(score__lt=match.score) | Q(score=match.score, pk__gt=match.pk)
    ordered = with_sides(waiting).annotate(later=Case(When(below, then=0), default=1, output_field=IntegerField()))
    return ordered.order_by("later", "-score", "pk").first()


def waiting_for_decision(user: User) -> MatchQuerySet:
    """Mutual interest that waits for an administrator, the longest wait first."""
    waiting = visible(Match.objects.all(), user, "match.approve")
    since = Greatest("need_interested_at", "achievement_interested_at")
    return with_sides(waiting).annotate(mutual_since=since).order_by("mutual_since", "pk")


def concerned(user: User, post: Post) -> bool:
    """Whether the suggestions of this post are the reader's business: its organization's, or an administrator's."""
    return post.owner_id in standing_of(user).works_for or allowed(user, "match.approve")


def suggestions_of(post: Post, user: User) -> MatchQuerySet:
    """The matches of a post that the reader may see, those that have lapsed left out."""
    side = "need" if isinstance(post, Need) else "achievement"
    return with_sides(Match.objects.visible_to(user).filter(**{side: post.pk}).exclude(status=Match.Status.LAPSED))


def is_being_scored(post: Post) -> bool:
    """Whether the engine has yet to look at this need in its present form."""
    return isinstance(post, Need) and Scoring.objects.due().filter(pk=post.pk).exists()


def silence_of(post: Post) -> str:
    """Why the last scoring of this need went without semantic signal, "" if it did not."""
    if not isinstance(post, Need):
        return ""
    return Scoring.objects.filter(pk=post.pk).values_list("silence", flat=True).first() or ""


def state_of_scoring() -> dict[str, Any]:
    """How many needs are scored, how many wait, when the last one was scored, and the rematch that is under way."""
    scored = Scoring.objects.filter(need__status=Post.Status.PUBLISHED)
    return {
        "needs": scored.count(),
        "waiting": scored.due().count(),
        "last": scored.exclude(scored_at=None).order_by("-scored_at").values_list("scored_at", flat=True).first(),
        "job": Job.objects.open().filter(kind=REMATCH).order_by("-pk").first(),
    }


def agreed_terms(match_id: int) -> TermSheet | None:
    """What both sides of a match agreed on, as the floors above take it over; None while anything is still open.

    `terms` holds a value for each agreed field of `matching.terms.TERMS`, in the shape that is described there.
    """
    agreed = TermSheet.objects.filter(
        room__match=match_id, room__status__in=[Room.Status.AGREED, Room.Status.CONTRACTED]
    )
    return agreed.select_related("room").order_by("-number").first()
