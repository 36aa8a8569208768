"""Logging in and out."""

import pytest
from django.test import Client

from tests.factories import UserFactory


@pytest.fixture
def person(db: None) -> object:
    """Somebody with a password."""
    user = UserFactory.create(email="li.na@example.org", name="Li Na")
    user.set_password("correct horse")
    user.save()
    return user


def attempt(client: Client, email: str, password: str, onward: str = "") -> tuple[int, str]:
    """Log in: the status, and where it leads or what the page says."""
    answer = client.post("/login/", {"username": email, "password": password, "next": onward})
    return answer.status_code, answer.get("Location") or answer.content.decode()


@pytest.mark.usefixtures("person")
@pytest.mark.parametrize("email", ["li.na@example.org", "LI.NA@Example.org"])
def test_the_right_password_leads_to_the_desk(english: Client, email: str) -> None:
    assert attempt(english, email, "correct horse") == (302, "/desk/")
    assert "Li Na’s desk" in english.get("/desk/").content.decode()


@pytest.mark.usefixtures("person")
def test_it_leads_on_to_where_the_person_wanted_to_go(english: Client) -> None:
    assert attempt(english, "li.na@example.org", "correct horse", "/contracts/") == (302, "/contracts/")


@pytest.mark.usefixtures("person")
def test_it_never_leads_to_another_site(english: Client) -> None:
    assert attempt(english, "li.na@example.org", "correct horse", "https://example.com/") == (302, "/desk/")


@pytest.mark.usefixtures("person")
@pytest.mark.parametrize("email", ["li.na@example.org", "nobody@example.org"])
def test_a_wrong_password_and_an_unknown_address_are_told_the_same(english: Client, email: str) -> None:
    status, page = attempt(english, email, "wrong")

    assert status == 200
    assert "This e-mail address and password do not match." in page
    assert f'value="{email}"' in page
    assert "wrong" not in page


@pytest.mark.usefixtures("person")
def test_an_empty_form_is_told_field_by_field(english: Client) -> None:
    _status, page = attempt(english, "", "")

    assert page.count('class="field__error"') == 2


@pytest.mark.usefixtures("person")
@pytest.mark.parametrize("email", ["a\x00b@example.org", "x" * 5000 + "@example.org", "<script>@example.org"])
def test_absurd_addresses_are_refused_calmly(english: Client, email: str) -> None:
    status, page = attempt(english, email, "x")

    assert status in (200, 400)
    assert "<script>@" not in page


def test_closed_accounts_stay_out(english: Client, person: object) -> None:
    person.is_active = False  # type: ignore[attr-defined]
    person.save()  # type: ignore[attr-defined]

    assert attempt(english, "li.na@example.org", "correct horse")[0] == 200


@pytest.mark.usefixtures("person")
def test_logging_out_needs_the_button(english: Client) -> None:
    attempt(english, "li.na@example.org", "correct horse")

    by_link = english.get("/logout/").status_code
    by_button = english.post("/logout/")

    assert (by_link, by_button.status_code, by_button["Location"]) == (405, 302, "/")
    assert english.get("/desk/")["Location"] == "/login/?next=/desk/"
