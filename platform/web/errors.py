"""Every refusal becomes one answer here: a page, a notice for htmx, or problem details for what speaks JSON."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.cache import patch_cache_control
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from journal.errors import BadInput, DomainError
from journal.problems import MEDIA_TYPE, body_too_large, problem_body
from web.responses import wants_fragment

API_PREFIX = "/api/"
MESSAGES = "#messages"
"""The element of web/base.html that takes notices."""


def refusal(
    request: HttpRequest,
    *,
    status: int,
    code: str,
    title: str | Promise,
    message: str | Promise,
    fields: Mapping[str, list[str]] | None = None,
) -> HttpResponse:
    """The answer to a request that is refused, in the form that the asker understands.

    `title` says what happened, `message` what to do next; `fields` names single faults.
    """
    context = {"status": status, "code": code, "title": title, "message": message, "fields": dict(fields or {})}
    if request.path.startswith(API_PREFIX):
        return problem(problem_body(status, code, title, message, fields))
    if wants_fragment(request):
        response = render(request, "web/error_notice.html", context, status=status)
        response["HX-Retarget"] = MESSAGES
        response["HX-Reswap"] = "innerHTML show:window:top"
        return response
    return render(request, "web/page_error.html", context, status=status)


def problem(body: Mapping[str, Any]) -> HttpResponse:
    """Problem details as a response."""
    return JsonResponse(body, status=body["status"], content_type=MEDIA_TYPE)


def refuse(request: HttpRequest, fault: DomainError) -> HttpResponse:
    """The answer to a domain error."""
    return refusal(
        request, status=fault.status, code=fault.code, title=fault.title, message=fault.message, fields=fault.fields
    )


class DomainErrors:
    """Middleware: what the domain refuses in a view is answered here and nowhere else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request.user, "is_authenticated", False) and not response.has_header("Cache-Control"):
            # On a shared computer the way back must not show what the person before was allowed to see.
            patch_cache_control(response, private=True, no_store=True)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            return wrong_method(request, response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refuse(request, exception) if isinstance(exception, DomainError) else None


def wrong_method(request: HttpRequest, response: HttpResponseNotAllowed) -> HttpResponse:
    """In place of Django's empty answer: an address that only takes forms was opened, or the other way round."""
    answer = refusal(
        request,
        status=HTTPStatus.METHOD_NOT_ALLOWED,
        code="method-not-allowed",
        title=_("This address cannot be opened so"),
        message=_("It belongs to a button. Go back to the page on which the button stands and press it there."),
    )
    answer["Allow"] = response["Allow"]
    return answer


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400; a body over the limit comes here as well, and is a 413."""
    if isinstance(exception, RequestDataTooBig):
        return refuse(request, body_too_large())
    return refuse(
        request, BadInput(_("Something in the address or the form is not as it should be. Go back and retry."))
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403."""
    return refusal(
        request,
        status=HTTPStatus.FORBIDDEN,
        code="not-allowed",
        title=_("You may not do this"),
        message=_("Your role does not include this step. Ask a manager of your organization or an administrator."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form came without its secret: cookies are off, or the page is older than the login."""
    del reason
    return refusal(
        request,
        status=HTTPStatus.FORBIDDEN,
        code="stale-form",
        title=_("This form has expired"),
        message=_(
            "You logged in or out since the page was opened, or cookies are blocked. Reload it and send it again."
        ),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404: also the answer for what the asker may not know of."""
    return refusal(
        request,
        status=HTTPStatus.NOT_FOUND,
        code="not-found",
        title=_("There is nothing here for you"),
        message=_("The address may be mistyped, the page withdrawn, or open only to others. Search, or log in first."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500: a page that needs neither database nor session, since either may be what broke."""
    if request.path.startswith(API_PREFIX):
        return problem(problem_body(500, "fault", _("Something broke on our side"), _("Try again in a minute.")))
    return HttpResponse(get_template("web/page_broken.html").render({}), status=HTTPStatus.INTERNAL_SERVER_ERROR)
