"""Every refusal as problem details (RFC 9457): one shape, whatever went wrong."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.settings import api_settings

from journal.errors import BadInput, DomainError, TooLarge
from journal.problems import MEDIA_TYPE, body_too_large, problem_body

KINDS: Mapping[int, tuple[str, str | Promise]] = {
    400: (BadInput.code, BadInput.title),
    401: ("not-authenticated", gettext_lazy("Log in first")),
    403: ("not-allowed", gettext_lazy("You may not do this")),
    404: ("not-found", gettext_lazy("There is nothing here for you")),
    405: ("method-not-allowed", gettext_lazy("Not possible here")),
    406: ("not-acceptable", gettext_lazy("Unsupported response format")),
    413: (TooLarge.code, TooLarge.title),
    415: ("unsupported-media-type", gettext_lazy("Unsupported request format")),
    429: ("too-many", gettext_lazy("Too many requests")),
    500: ("fault", gettext_lazy("Something broke on our side")),
}


class ProblemSerializer(serializers.Serializer[dict[str, Any]]):
    """How every refusal is answered: problem details (RFC 9457), with the faults by field."""

    type = serializers.CharField(help_text="What kind of problem; “about:blank#” and a word that stays the same.")
    title = serializers.CharField(help_text="The kind in words, in the reader's language.")
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="What happened and what to do next, in the reader's language.")
    errors = serializers.DictField(  # type: ignore[assignment]  # the field's name, not the framework's attribute
        child=serializers.ListField(child=serializers.CharField()),
        required=False,
        help_text="Messages by field; a dot leads into lists and records, the empty name stands for the whole.",
    )


def problem(fault: Exception, context: Mapping[str, Any]) -> Response | None:
    """The framework's exception handler; what it does not know is a fault of ours, answered by handler500."""
    if isinstance(fault, DomainError):
        return refuse(fault)
    if isinstance(fault, exceptions.ValidationError):
        return refuse(BadInput(_("Some fields need another look."), fields=dict(flat(fault.detail))))
    if isinstance(fault, exceptions.APIException):
        code, title = KINDS.get(fault.status_code, KINDS[500])
        return answer(fault.status_code, code, title, str(fault.detail), headers=dict(headers(fault)))
    if isinstance(fault, RequestDataTooBig):
        return refuse(body_too_large())
    if isinstance(fault, SuspiciousOperation):
        return refuse(BadInput(_("Something in the request is not as it should be.")))
    if isinstance(fault, Http404 | PermissionDenied):
        known = exceptions.NotFound() if isinstance(fault, Http404) else exceptions.PermissionDenied()
        return problem(known, context)
    return None


def refuse(fault: DomainError) -> Response:
    """The answer to a domain error."""
    return answer(fault.status, fault.code, fault.title, fault.message, fault.fields)


def answer(
    status: int,
    code: str,
    title: str | Promise,
    detail: str,
    fields: Mapping[str, list[str]] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """Problem details as a response."""
    body = problem_body(status, code, title, detail, fields)
    return Response(body, status=status, headers=headers, content_type=MEDIA_TYPE)


def headers(fault: exceptions.APIException) -> Iterator[tuple[str, str]]:
    """What the status obliges us to say beside the body: how to log in, when to come back."""
    if scheme := getattr(fault, "auth_header", None):
        yield "WWW-Authenticate", scheme
    if (wait := getattr(fault, "wait", None)) is not None:
        yield "Retry-After", str(int(wait))


def flat(detail: Any, path: str = "") -> Iterator[tuple[str, list[str]]]:
    """The framework's nested messages as (dotted path, messages)."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            step = "" if name == api_settings.NON_FIELD_ERRORS_KEY else str(name)
            yield from flat(inner, ".".join(filter(None, (path, step))))
    elif isinstance(detail, list) and any(isinstance(inner, dict | list) for inner in detail):
        for place, inner in enumerate(detail):
            if inner:
                yield from flat(inner, f"{path}.{place}" if path else str(place))
    else:
        yield path, [str(message) for message in (detail if isinstance(detail, list) else [detail])]
