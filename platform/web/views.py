"""Home, desk, and the switches and signs of life of the frame."""

from http import HTTPStatus
from typing import Any

import redis
from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language as django_set_language

from journal.errors import BadInput
from policy import policy
from policy.middleware import page_before
from web import desk as desks
from web import home as home_page
from web.preferences import THEMES
from web.requests import UserRequest
from web.style_samples import samples

A_YEAR = 365 * 24 * 3600


@policy("web.home")
@require_safe
def home(request: UserRequest) -> HttpResponse:
    """What is this, is it alive, is there something for me?"""
    context = {
        "figures": home_page.figures.built_for(request),
        "sections": home_page.sections.built_for(request),
    }
    return render(request, "web/home.html", context)


@policy("web.desk")
@require_safe
def desk(request: UserRequest) -> HttpResponse:
    """What waits for me, what is new, what did I start?"""
    return render(request, "web/desk.html", {"desk": desks.everybody.cards_for(request)})


@policy("web.set_language")
@require_POST
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Show the pages in the other language from now on: the cookie keeps it, and the person's account for mails."""
    if request.POST.get("language") not in dict(settings.LANGUAGES):
        raise BadInput(_("The platform does not speak this language. Choose Chinese or English."))
    user: Any = request.user
    if user.is_authenticated:
        user.language = request.POST["language"]
        user.save(update_fields=["language"])
    return django_set_language(request)


@policy("web.set_theme")
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the system has it, from now on; the cookie keeps it."""
    theme = request.POST.get("theme", "")
    if theme not in THEMES:
        raise BadInput(_("Choose light, dark or the system's setting."))
    response = redirect(way_back(request))
    response.set_cookie("theme", theme, max_age=A_YEAR, samesite="Lax", secure=bool(settings.SESSION_COOKIE_SECURE))
    return response


def way_back(request: HttpRequest) -> str:
    """The page that a switch was pressed on, as long as it is one of ours."""
    address = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if ours else page_before(request)


@policy("web.health")
@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Whether database and broker answer: 200 if both do, 503 otherwise."""
    del request
    parts = {"database": database_answers(), "broker": broker_answers()}
    well = all(parts.values())
    return JsonResponse(
        {"status": "ok" if well else "failing", **{name: "ok" if up else "failing" for name, up in parts.items()}},
        status=HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE,
    )


def database_answers() -> bool:
    """One round trip to the database."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except DatabaseError:
        return False


def broker_answers() -> bool:
    """One round trip to the broker, within two seconds."""
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2) as client:
            return bool(client.ping())
    except (redis.RedisError, OSError):
        return False


@policy("web.style")
@require_safe
def style_page(request: HttpRequest) -> HttpResponse:
    """The living style page: every component in each state, light and dark side by side; in debug mode only."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "web/style.html", samples())
