"""The first page of the console."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from matching.console.tabs import tabs
from matching.queries import state_of_scoring
from policy import policy
from web.requests import UserRequest


@policy("engine.view")
@require_safe
def engine(request: UserRequest) -> HttpResponse:
    """How far the engine is, and what it has learned."""
    return render(request, "matching/console/engine.html", {"scoring": state_of_scoring(), "tabs": tabs(request)})
