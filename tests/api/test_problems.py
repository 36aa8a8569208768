"""Every refusal has the same shape (RFC 9457)."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404
from rest_framework import exceptions

from journal.errors import GuardFailed, TooLarge
from rest.problems import problem


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        (GuardFailed("No title."), 409, "not-ready"),
        (TooLarge("Too much."), 413, "too-large"),
        (RequestDataTooBig(), 413, "too-large"),
        (SuspiciousOperation(), 400, "bad-input"),
        (exceptions.ParseError(), 400, "bad-input"),
        (exceptions.NotAuthenticated(), 401, "not-authenticated"),
        (PermissionDenied(), 403, "not-allowed"),
        (Http404(), 404, "not-found"),
        (exceptions.MethodNotAllowed("PUT"), 405, "method-not-allowed"),
        (exceptions.NotAcceptable(), 406, "not-acceptable"),
        (exceptions.UnsupportedMediaType("text/plain"), 415, "unsupported-media-type"),
        (exceptions.Throttled(wait=30), 429, "too-many"),
    ],
)
def test_a_refusal_names_its_kind_and_says_what_to_do(fault: Exception, status: int, code: str) -> None:
    answer = problem(fault, {})

    assert answer is not None
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert answer.data["type"] == f"about:blank#{code}"
    assert answer.data["status"] == status
    assert answer.data["title"]
    assert answer.data["detail"]


def test_who_asks_too_often_hears_when_to_come_back() -> None:
    answer = problem(exceptions.Throttled(wait=30), {})

    assert answer is not None
    assert answer.headers["Retry-After"] == "30"


@pytest.mark.parametrize(
    ("detail", "errors"),
    [
        ("Wrong.", {"": ["Wrong."]}),
        ({"title": ["Too long."]}, {"title": ["Too long."]}),
        ({"words": {1: ["No markup."]}}, {"words.1": ["No markup."]}),
        ({"rows": [{}, {"unit": ["Missing."]}]}, {"rows.1.unit": ["Missing."]}),
        ({"non_field_errors": ["An object is expected."]}, {"": ["An object is expected."]}),
    ],
)
def test_faults_are_named_by_the_path_to_their_field(detail: Any, errors: dict[str, list[str]]) -> None:
    answer = problem(exceptions.ValidationError(detail), {})

    assert answer is not None
    assert answer.data["errors"] == errors


def test_a_fault_of_ours_is_left_to_the_server() -> None:
    assert problem(ZeroDivisionError(), {}) is None
