"""What a view answers after it has done its work, and what it reads from every form."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from journal.errors import BadInput

LARGEST_VERSION = 2**31 - 1


def wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page to put in place; a boosted link wants the page."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"


def respond(request: HttpRequest, template: str, context: Mapping[str, Any], *, otherwise: Any) -> HttpResponse:
    """Answer a form: htmx gets the template's fragment, everybody else is redirected to `otherwise`.

    `otherwise` is an object with get_absolute_url, the name of a URL, or an address.
    """
    if wants_fragment(request):
        return render(request, template, dict(context))
    return redirect(otherwise)


def expected_version(request: HttpRequest) -> int:
    """The version of the object that the person was looking at, from the form field `version`.

    Raises BadInput unless it is a positive whole number.
    """
    given = request.POST.get("version", "")
    if given.isascii() and given.isdigit() and len(given) <= 10 and 0 < int(given) <= LARGEST_VERSION:
        return int(given)
    raise BadInput(
        _("The form does not say which version of the page it was filled in on. Reload the page and try again."),
        fields={"version": [_("A whole number is expected.")]},
    )
