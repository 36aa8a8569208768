"""Pages of matching: a match, and the start of a rematch."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from journal.errors import DomainError
from matching import steps
from matching.models import Match
from matching.queries import match_page, with_sides
from policy import policy
from web.requests import UserRequest


def find(request: UserRequest, pk: int) -> Match:
    """The match, if this reader may know of it."""
    return get_object_or_404(with_sides(Match.objects.visible_to(request.user)), pk=pk)


def show(request: UserRequest, subject: Match, *, fault: DomainError | None = None) -> HttpResponse:
    """The page of a match, with what was wrong about the last form if there was one."""
    context = match_page(subject, request.user) | {"fault": fault}
    return render(request, "matching/match.html", context, status=fault.status if fault else 200)


@policy("match.view")
@require_safe
def match(request: UserRequest, pk: int) -> HttpResponse:
    """Do they fit, why, and what is missing?"""
    return show(request, find(request, pk))


@policy("match.rematch")
@require_POST
def rematch(request: UserRequest) -> HttpResponse:
    """Have everything scored again, and watch it."""
    return redirect(steps.rematch(by=request.user))
