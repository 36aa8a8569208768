"""Whoever guesses passwords is slowed down, on the page and over the API."""

from base64 import b64encode

import pytest
from django.core.cache import cache
from django.test import Client
from rest_framework.test import APIClient

from accounts import throttle
from accounts.models import User
from tests.factories import UserFactory

PASSWORD = "oil-air bearing 22 K"


@pytest.fixture
def person(db: None) -> User:
    user = UserFactory.create()
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture(autouse=True)
def forgotten(db: None) -> None:
    """No failures of other tests at this place."""
    cache.delete("guess:place:127.0.0.1")


def log_in(client: Client, user: User, password: str) -> int:
    return client.post("/login/", {"username": user.email, "password": password}).status_code


def test_after_too_many_failures_even_the_right_password_waits(english: Client, person: User) -> None:
    failures = [log_in(english, person, "wrong") for _ in range(throttle.PER_ACCOUNT_AND_PLACE)]

    blocked = english.post("/login/", {"username": person.email.upper(), "password": PASSWORD})

    assert set(failures) == {200}
    assert blocked.status_code == 429
    assert "Too many attempts." in blocked.content.decode()


def test_the_right_password_ends_the_count(english: Client, person: User) -> None:
    for _ in range(2):
        for _ in range(throttle.PER_ACCOUNT_AND_PLACE - 1):
            log_in(english, person, "wrong")
        assert log_in(english, person, PASSWORD) == 302
        english.logout()


def test_somebody_elsewhere_is_not_locked_out(english: Client, person: User) -> None:
    for _ in range(throttle.PER_ACCOUNT_AND_PLACE):
        log_in(english, person, "wrong")

    elsewhere = Client(REMOTE_ADDR="192.0.2.7")

    assert log_in(elsewhere, person, PASSWORD) == 302


def test_a_place_that_tries_many_accounts_is_stopped(person: User) -> None:
    for number in range(throttle.PER_PLACE):
        throttle.Attempt(f"somebody{number}@example.org", "192.0.2.9").failed()

    assert throttle.Attempt(person.email, "192.0.2.9").blocked
    assert not throttle.Attempt(person.email, "192.0.2.10").blocked


def test_an_account_that_many_places_try_is_protected(person: User) -> None:
    for number in range(throttle.PER_ACCOUNT):
        throttle.Attempt(person.email, f"198.51.100.{number}").failed()

    assert throttle.Attempt(person.email, "192.0.2.11").blocked


def test_the_api_counts_the_same_failures(person: User) -> None:
    def ask(password: str) -> int:
        header = "Basic " + b64encode(f"{person.email}:{password}".encode()).decode()
        return int(APIClient(headers={"authorization": header}).get("/api/v1/me/").status_code)

    failures = [ask("wrong") for _ in range(throttle.PER_ACCOUNT_AND_PLACE)]

    assert set(failures) == {401}
    assert ask(PASSWORD) == 429
