"""Nobody is left on a blank page: after a login, and at an address that only takes forms."""

import pytest
from django.test import Client

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
