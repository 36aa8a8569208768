"""What matching contributes to the desk and to the review queue."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from information import review
from matching.models import Match, MatchQuerySet
from matching.queries import lines, state_of_scoring, waiting_for_decision, with_sides
from policy import allowed
from web.desk import DeskSection, Section, register
from web.requests import UserRequest

SHOWN = 5
NEWS = 3
"""In the narrow column beside what waits."""
QUEUED = 50


def awaiting_my_decision(request: UserRequest) -> DeskSection | None:
    """For administrators: mutual interest that waits."""
    return decisions(request, SHOWN)


def queue_of_decisions(request: UserRequest) -> DeskSection | None:
    """The same in the review queue, where there is more room."""
    return decisions(request, QUEUED)


def decisions(request: UserRequest, most: int) -> DeskSection | None:
    """Mutual interest that waits for this administrator, the longest wait first."""
    if not allowed(request.user, "match.approve"):
        return None
    waiting = waiting_for_decision(request.user)
    found = lines(list(waiting[:most]))
    return DeskSection(
        title=_("Mutual interest to decide on"),
        template="matching/desk_matches.html",
        context={"lines": found},
        icon="scale",
        count=waiting.order_by().count(),
        empty="" if found else _("No match waits for a decision. When both sides are interested, it appears here."),
        more_url=reverse("information:review") if most == SHOWN else "",
        more_label=_("To the queue"),
    )


def scoring_as_a_whole(request: UserRequest) -> DeskSection | None:
    """How far the engine is, and the button that has everything scored again."""
    if not allowed(request.user, "match.rematch"):
        return None
    return DeskSection(
        title=_("The engine"), template="matching/desk_engine.html", context=state_of_scoring(), icon="cpu-chip"
    )


def mine(request: UserRequest) -> MatchQuerySet:
    """Matches in which one of the reader's organizations is a side."""
    organizations = request.user.standing.works_for
    return with_sides(
        Match.objects.visible_to(request.user).filter(
            Q(need__owner__in=organizations) | Q(achievement__owner__in=organizations)
        )
    )


def your_turn(request: UserRequest) -> DeskSection | None:
    """The other side is interested; this one is to answer."""
    organizations = request.user.standing.works_for
    if not organizations:
        return None
    asked = mine(request).filter(
        Q(need__owner__in=organizations, need_interested_at=None)
        | Q(achievement__owner__in=organizations, achievement_interested_at=None),
        status=Match.Status.ONE_SIDED,
    )
    found = list(asked.ranked()[:SHOWN])
    if not found:
        return None
    return DeskSection(
        title=_("The other side is interested: your answer, please"),
        template="matching/desk_matches.html",
        context={"lines": lines(found)},
        icon="hand-raised",
        count=asked.order_by().count(),
    )


def best_suggestions(request: UserRequest) -> DeskSection | None:
    """The best suggestions that nobody has looked at yet, for those who can have posts."""
    if not any(allowed(request.user, action) for action in ("need.create", "achievement.create")):
        return None
    found = list(mine(request).filter(status=Match.Status.SUGGESTED).ranked()[:NEWS])
    return DeskSection(
        title=_("Best suggestions"),
        template="matching/desk_matches.html",
        context={"lines": lines(found)},
        group="news",
        icon="sparkles",
        empty=""
        if found
        else _("No suggestion yet. Publish a post with figures, and the engine looks for its counterpart."),
    )


def approved(request: UserRequest) -> DeskSection | None:
    """The latest matches of the reader's organizations that an administrator has let through."""
    if not request.user.standing.works_for:
        return None
    found = list(mine(request).filter(status=Match.Status.APPROVED).order_by("-pk")[:NEWS])
    if not found:
        return None
    return DeskSection(
        title=_("Approved matches"),
        template="matching/desk_matches.html",
        context={"lines": lines(found)},
        group="news",
        icon="check-badge",
    )


register(Section(order=10, build=awaiting_my_decision))
register(Section(order=15, build=your_turn))
register(Section(order=30, build=approved))
register(Section(order=40, build=best_suggestions))
review.register(Section(order=10, build=queue_of_decisions))
review.register(Section(order=90, build=scoring_as_a_whole))
