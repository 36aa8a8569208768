"""What matching shows on the page of a post: its suggestions, ranked, or why there are none yet."""

from django.db.models import QuerySet

from information.models import Achievement, Need, Post
from information.panels import Panel, register
from matching.models import Match, Scoring
from matching.queries import lines, with_sides
from policy import allowed, standing_of
from web.requests import UserRequest

SHOWN = 20
"""As many as the engine keeps for one need; a popular achievement shows its best."""


def suggestions_for_need(request: UserRequest, need: Need) -> Panel | None:
    """The ranked achievements for a need, for those who may see its matches."""
    return panel(request, need, Match.objects.filter(need=need), other="achievement")


def suggestions_for_achievement(request: UserRequest, achievement: Achievement) -> Panel | None:
    """The ranked needs for an achievement, for those who may see its matches."""
    return panel(request, achievement, Match.objects.filter(achievement=achievement), other="need")


def panel(request: UserRequest, post: Post, matches: QuerySet[Match], *, other: str) -> Panel | None:
    """The suggestions of one post; None for readers whom they do not concern."""
    concerned = post.owner_id in standing_of(request.user).works_for or allowed(request.user, "match.approve")
    if not concerned or post.status != Post.Status.PUBLISHED:
        return None
    visible = with_sides(matches.filter(pk__in=Match.objects.visible_to(request.user).values("pk")))
    ranked = list(visible.exclude(status=Match.Status.LAPSED).ranked()[:SHOWN])
    waiting = isinstance(post, Need) and Scoring.objects.due().filter(pk=post.pk).exists()
    return Panel(
        "matching/suggestions.html", {"lines": lines(ranked), "other": other, "waiting": waiting, "post": post}
    )


register("need", suggestions_for_need)
register("achievement", suggestions_for_achievement)
