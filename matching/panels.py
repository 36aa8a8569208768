"""What matching shows on the page of a post: its suggestions, ranked, or why there are none yet."""

from typing import Any

from django.db.models import Q
from django.urls import reverse

from information.models import Post
from information.panels import Panel, register
from matching.learning import examples
from matching.models import MatchQuerySet, Side
from matching.queries import concerned, is_being_scored, lines, silence_of, suggestions_of
from web.paging import paginate
from web.requests import UserRequest

SHOWN = 20
"""As many as the engine keeps for one need; an achievement sought by more has them on a page of their own."""


def suggestions(request: UserRequest, post: Post) -> Panel | None:
    """The panel on the page of a published post; None for readers whom its suggestions do not concern."""
    if post.status != Post.Status.PUBLISHED or not concerned(request.user, post):
        return None
    return Panel("matching/suggestions.html", first_suggestions(request, post))


def first_suggestions(request: UserRequest, post: Post) -> dict[str, Any]:
    """The best suggestions of a post, and whether there are more."""
    found = list(suggestions_of(post, request.user).order_by("-score", "-pk")[: SHOWN + 1])
    examples.note_shown(found[:SHOWN], side=Side(post.NOUN), first=1, to=request.user)
    return frame(post) | {"lines": lines(found[:SHOWN]), "more": len(found) > SHOWN, "first": 1}


def page_of_suggestions(request: UserRequest, post: Post) -> dict[str, Any]:
    """One page of all suggestions of a post, the ranks counted through."""
    found = suggestions_of(post, request.user)
    page = paginate(found, request, by="score", size=SHOWN)
    first = rank_of_first(found, page.items)
    examples.note_shown(page.items, side=Side(post.NOUN), first=first, to=request.user)
    return frame(post) | {"lines": lines(list(page.items)), "page": page, "first": first}


def rank_of_first(found: MatchQuerySet, items: Any) -> int:
    """The rank of the first match of a page: one more than there are better ones."""
    if not items:
        return 1
    best = items[0]
    return 1 + found.filter(Q(score__gt=best.score) | Q(score=best.score, pk__gt=best.pk)).order_by().count()


def frame(post: Post) -> dict[str, Any]:
    """What surrounds the suggestions of a post."""
    return {
        "post": post,
        "other": "achievement" if post.NOUN == "need" else "need",
        "waiting": is_being_scored(post),
        "silence": silence_of(post),
        "url": reverse(f"matching:{post.NOUN}-suggestions", args=[post.public_id]),
    }


register("need", suggestions)
register("achievement", suggestions)
