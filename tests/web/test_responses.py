"""What a view answers after a form, and the version it reads from it."""

import pytest
from django.http import HttpRequest, QueryDict
from django.test import RequestFactory

from journal.errors import BadInput
from web.responses import expected_version, respond


def form(**fields: str) -> HttpRequest:
    return RequestFactory().post("/", fields)


def test_a_browser_without_htmx_is_sent_on() -> None:
    answer = respond(form(), "components/notice.html", {"text": "done"}, otherwise="/desk/")

    assert (answer.status_code, answer["Location"]) == (302, "/desk/")


def test_htmx_gets_the_fragment() -> None:
    request = RequestFactory().post("/", headers={"HX-Request": "true"})

    answer = respond(request, "components/avatar.html", {"name": "linjing"}, otherwise="/desk/")

    assert answer.status_code == 200
    assert answer.content.decode().strip() == '<span class="avatar" aria-hidden="true">L</span>'


def test_a_boosted_link_is_sent_on_like_any_other() -> None:
    request = RequestFactory().post("/", headers={"HX-Request": "true", "HX-Boosted": "true"})

    assert respond(request, "components/avatar.html", {}, otherwise="/desk/").status_code == 302


def test_the_version_is_read_from_the_form() -> None:
    assert expected_version(form(version="17")) == 17


@pytest.mark.parametrize("given", ["", "0", "-1", "1.5", "x", "٣", "99999999999", "0000000000017", " 1"])
def test_anything_else_is_bad_input(given: str) -> None:
    with pytest.raises(BadInput) as refused:
        expected_version(form(version=given))

    assert list(refused.value.fields) == ["version"]


def test_a_missing_version_is_bad_input() -> None:
    request = HttpRequest()
    request.POST = QueryDict("")

    with pytest.raises(BadInput):
        expected_version(request)
