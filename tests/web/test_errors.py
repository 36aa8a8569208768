"""Every refusal is one clear answer, in the form that the asker understands."""

import json
from collections.abc import Iterator

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from journal.errors import BadInput, DomainError, GuardFailed, IllegalMove, NotAllowed, StaleVersion, TooLarge
from web import errors
from web.errors import DomainErrors
from web.middleware import PlainParameters


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def answer_to(fault: Exception, **headers: str) -> HttpResponse | None:
    request = RequestFactory().post("/matches/1/", headers=headers)
    return DomainErrors(lambda _: HttpResponse()).process_exception(request, fault)


@pytest.mark.parametrize(
    ("kind", "status"),
    [(IllegalMove, 409), (StaleVersion, 409), (GuardFailed, 409), (NotAllowed, 403), (BadInput, 400), (TooLarge, 413)],
)
def test_a_domain_error_becomes_a_page_with_its_status(kind: type[DomainError], status: int) -> None:
    answer = answer_to(kind("Reload <the page>."))

    assert answer is not None
    assert answer.status_code == status
    assert f"<h1>{kind.title}</h1>" in answer.content.decode()
    assert "Reload &lt;the page&gt;." in answer.content.decode()


def test_htmx_gets_a_notice_for_the_messages() -> None:
    answer = answer_to(GuardFailed("Not yet.", fields={"title_zh": ["Give it a title."]}), **{"HX-Request": "true"})

    assert answer is not None
    assert (answer.status_code, answer["HX-Retarget"]) == (409, "#messages")
    assert "<li>Give it a title.</li>" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_other_exceptions_are_left_to_django() -> None:
    assert answer_to(ValueError("a fault of ours")) is None


def test_a_body_over_the_limit_is_too_large() -> None:
    request = RequestFactory().post("/")

    assert errors.bad_request(request, RequestDataTooBig("body")).status_code == 413
    assert errors.bad_request(request, SuspiciousOperation("body")).status_code == 400


def test_the_api_is_answered_with_problem_details() -> None:
    answer = errors.not_found(RequestFactory().get("/api/v1/nothing"), ValueError())

    assert answer["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content) == {
        "type": "about:blank#not-found",
        "title": "There is nothing here for you",
        "status": 404,
        "detail": "The address may be mistyped, the page withdrawn, or open only to others. Search, or log in first.",
    }


def test_a_fault_of_ours_has_a_page_that_needs_nothing() -> None:
    answer = errors.server_error(RequestFactory().get("/"))

    assert answer.status_code == 500
    assert "<h1>Something broke on our side</h1>" in answer.content.decode()


@pytest.mark.parametrize(
    ("request_", "name"),
    [
        (RequestFactory().get("/needs/", {"q": "a\x00b"}), "q"),
        (RequestFactory().post("/posts/", {"title": "a\x00b"}), "title"),
        (RequestFactory().get("/needs/", {"q\x00": "a"}), "q"),
        (RequestFactory().get("/needs/%00/"), "path"),
        (RequestFactory().get("/api/v1/needs/", {"q": "\x00"}), "q"),
    ],
)
def test_nul_bytes_are_refused_before_any_view(request_: HttpRequest, name: str) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        raise AssertionError("the view must not be reached")

    answer = PlainParameters(view)(request_)

    assert answer.status_code == 400
    assert name in answer.content.decode()
    assert "NUL characters are not allowed." in answer.content.decode()


def test_plain_parameters_pass() -> None:
    request = RequestFactory().post("/posts/?next=/", {"title": "平常的文字\n第二行"})

    assert PlainParameters(lambda _: HttpResponse("seen"))(request).content == b"seen"


@pytest.mark.django_db
def test_a_form_without_its_secret_is_told_to_reload() -> None:
    client = Client(enforce_csrf_checks=True, headers={"Accept-Language": "en"})

    answer = client.post("/theme/", {"theme": "dark"})

    assert answer.status_code == 403
    assert "<h1>This form has expired</h1>" in answer.content.decode()
