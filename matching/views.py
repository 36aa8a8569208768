"""Pages of matching: a match, the suggestions of a post, and the start of a rematch."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from information import readings
from information.models import Achievement, Need
from matching import panels, steps
from matching.models import Match
from matching.queries import concerned, match_page, with_sides
from policy import policy
from web.actions import Tried
from web.requests import UserRequest
from web.responses import wants_fragment


def find(request: UserRequest, pk: int) -> Match:
    """The match, if this reader may know of it."""
    return get_object_or_404(with_sides(Match.objects.visible_to(request.user)), pk=pk)


def show(request: UserRequest, subject: Match, *, tried: Tried | None = None) -> HttpResponse:
    """The page of a match, with the form that was refused if there was one."""
    context = match_page(subject, request.user) | {"tried": tried}
    return render(request, "matching/match.html", context, status=tried.status if tried else 200)


@policy("match.view")
@require_safe
def match(request: UserRequest, pk: int) -> HttpResponse:
    """Do they fit, why, and what is missing?"""
    found = find(request, pk)
    for post in (found.need, found.achievement):
        readings.note(post, request.user)
    return show(request, found)


def suggestions(kind: type[Need] | type[Achievement]) -> Callable[..., HttpResponse]:
    """The view of all suggestions of one post, page by page; htmx gets the panel of the post's own page anew."""

    @policy("match.view")
    @require_safe
    def all_suggestions(request: UserRequest, public_id: str) -> HttpResponse:
        post = get_object_or_404(kind.objects.visible_to(request.user).select_related("owner"), public_id=public_id)
        if not concerned(request.user, post):
            return redirect(post)
        if wants_fragment(request):
            return render(request, "matching/suggestions.html", {"panel": panels.first_suggestions(request, post)})
        return render(request, "matching/all_suggestions.html", {"panel": panels.page_of_suggestions(request, post)})

    return all_suggestions


@policy("match.rematch")
@require_POST
def rematch(request: UserRequest) -> HttpResponse:
    """Have everything scored again, and watch it."""
    return redirect(steps.rematch(by=request.user))
