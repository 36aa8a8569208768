"""The gate before every page: no view runs for an actor whose roles the table never mentions for it."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from policy.decisions import decide
from policy.marks import action_of
from policy.standing import VISITOR, standing_of

SAFE = frozenset({"GET", "HEAD"})


def to_login(request: HttpRequest) -> HttpResponse:
    """Send the person to the login page; htmx moves the whole page there instead of filling a part of it."""
    redirect = redirect_to_login(return_address(request), settings.LOGIN_URL)
    if request.headers.get("HX-Request") != "true":
        return redirect
    return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": redirect.headers["Location"]})


def return_address(request: HttpRequest) -> str:
    """Where to go after the login: this page, or the one where the button stood: a form cannot be sent again."""
    partial = request.headers.get("HX-Request") == "true"
    return request.get_full_path() if request.method in SAFE and not partial else page_before(request)


def page_before(request: HttpRequest, default: str = "/") -> str:
    """The page of ours on which the link or button was pressed, as far as the browser says."""
    address = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return urlsplit(address)._replace(scheme="", netloc="").geturl() if ours else default


class PolicyMiddleware:
    """Sends visitors to the login page, and answers 404 to a role that may not know of the page.

    What depends on the object is decided behind it: by `visible_to` and by the lifecycle's moves. REST views pass:
    they authenticate later, and `policy.rest.ByPolicy` is their gate.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if hasattr(view, "cls") and hasattr(view.cls, "policies"):
            return None
        action = action_of(view)
        if action and decide(request.user, action):
            return None
        if action and standing_of(request.user) is VISITOR:
            return to_login(request)
        raise Http404
