"""Nobody is left on a blank page: after a login, and at an address that only takes forms."""

import pytest
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db


def test_after_the_login_a_page_that_was_asked_for_is_opened(client: Client) -> None:
    answer = client.get("/desk/")

    assert answer.headers["Location"] == "/login/?next=/desk/"


def test_after_the_login_a_button_leads_back_to_the_page_on_which_it_stood(client: Client) -> None:
    answer = client.post("/matches/1/approve/", headers={"Referer": "http://testserver/matches/1/?x=1"})

    assert answer.headers["Location"] == "/login/?next=/matches/1/%3Fx%3D1"


@pytest.mark.parametrize("referer", ["", "https://elsewhere.example/matches/1/", "javascript:alert(1)"])
def test_a_page_of_somebody_else_is_not_where_the_login_leads(client: Client, referer: str) -> None:
    answer = client.post("/matches/1/approve/", headers={"Referer": referer})

    assert answer.headers["Location"] == "/login/?next=/"


def test_an_address_that_only_takes_forms_says_so_when_it_is_opened(client: Client) -> None:
    answer = client.get("/theme/", headers={"Accept-Language": "en"})

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "It belongs to a button." in answer.content.decode()


def test_a_part_of_a_page_sends_the_whole_page_to_the_login(client: Client) -> None:
    answer = client.get("/desk/", headers={"HX-Request": "true", "Referer": "http://testserver/jobs/1/"})

    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/login/?next=/jobs/1/")


def test_pages_of_somebody_logged_in_are_not_kept_by_the_browser(client: Client) -> None:
    client.force_login(factories.administrator())

    assert client.get("/desk/").headers["Cache-Control"] == "private, no-store"
