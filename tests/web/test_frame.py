"""The frame: language, theme, home, desk, signs of life."""

import json

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from web import desk, home
from web.requests import UserRequest
from web.views import health

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "tag"), [("en", "en"), ("zh-hans", "zh-Hans")])
def test_the_home_page_speaks_the_reader_s_language(client: Client, language: str, tag: str) -> None:
    client.cookies["django_language"] = language

    page = client.get("/").content.decode()

    assert f'<html lang="{tag}" data-theme="system" data-rail="wide">' in page
    assert '<main id="main"' in page


def test_the_language_switch_leads_back_in_the_other_language(client: Client) -> None:
    answer = client.post("/language/", {"language": "en", "next": "/?q=1"})

    assert (answer.status_code, answer["Location"]) == (302, "/?q=1")
    assert client.cookies["django_language"].value == "en"


def test_a_language_that_is_not_spoken_is_bad_input(client: Client) -> None:
    assert client.post("/language/", {"language": "tlh"}).status_code == 400


def test_the_theme_is_kept_in_a_cookie_and_drawn_by_the_server(client: Client) -> None:
    answer = client.post("/theme/", {"theme": "dark", "next": "/"})

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert 'data-theme="dark"' in client.get("/").content.decode()


def test_a_theme_that_does_not_exist_changes_nothing(client: Client) -> None:
    client.cookies["theme"] = '"><script>'

    assert client.post("/theme/", {"theme": "pink"}).status_code == 400
    assert 'data-theme="system"' in client.get("/").content.decode()


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)", ""])
def test_a_switch_never_leads_to_another_site(client: Client, elsewhere: str) -> None:
    assert client.post("/theme/", {"theme": "dark", "next": elsewhere})["Location"] == "/"


def test_the_style_page_is_there_in_debug_mode_only(client: Client, settings: Settings) -> None:
    outside = client.get("/style/").status_code
    settings.DEBUG = True
    inside = client.get("/style/").status_code

    assert (outside, inside) == (404, 200)


def test_health_tells_that_database_and_broker_answer(client: Client) -> None:
    answer = client.get("/health/")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "broker": "ok"}


def test_health_fails_when_the_broker_does_not_answer(settings: Settings) -> None:
    settings.REDIS_URL = "unix:///nowhere/at/all.sock"

    answer = health(RequestFactory().get("/health/"))

    assert answer.status_code == 503
    assert json.loads(answer.content) == {"status": "failing", "database": "ok", "broker": "failing"}


def request_for_nobody() -> UserRequest:
    return RequestFactory().get("/")  # type: ignore[return-value]


def test_contributions_come_in_their_order_and_only_once() -> None:
    figures: home.Contributions[home.Figure] = home.Contributions()

    def needs(request: UserRequest) -> home.Figure:
        return home.Figure("needs", 3)

    def none(request: UserRequest) -> None:
        return None

    figures.add(20, needs)
    figures.add(5, lambda _: home.Figure("first", 1))
    figures.add(1, none)
    figures.add(2, needs)

    assert [figure.label for figure in figures.built_for(request_for_nobody())] == ["needs", "first"]


def test_the_desk_groups_what_its_sections_build_in_their_order() -> None:
    shared = desk.Desk()

    def late(request: UserRequest) -> desk.DeskSection:
        return desk.DeskSection("late", group="started", empty="nothing")

    def absent(request: UserRequest) -> None:
        return None

    shared.register(desk.Section(2, late))
    shared.register(desk.Section(3, absent))
    shared.register(desk.Section(1, lambda _: desk.DeskSection("early", group="started")))
    shared.register(desk.Section(2, late))
    cards = shared.cards_for(request_for_nobody())

    assert {group: [card.title for card in built] for group, built in cards.items()} == {
        "waiting": [],
        "news": [],
        "started": ["early", "late"],
    }
