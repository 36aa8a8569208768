"""Who the person acts for in this session, and the language that the person chose."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

ACTING_FOR = "acting_for"


class OwnSettings:
    """Lets the person's choices hold for the request: the organization acted for, and the language.

    A language chosen in this browser (its cookie) comes before the person's own, which comes before what the browser
    asks for.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated:
            user.acting_for = request.session.get(ACTING_FOR)
            if user.language and not request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME):
                translation.activate(user.language)
                request.LANGUAGE_CODE = translation.get_language() or user.language
        return self.get_response(request)
