"""The inbox, its sign in the frame, the settings, and leaving a kind of mail."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from information.models import Need
from journal.models import Entry
from journal.recording import record
from notifications.models import Notice, Preference
from notifications.queries import channels_of
from notifications.services import tell
from notifications.unsubscribing import token_for
from tests import factories


@pytest.fixture
def told(english: Client, entry: Entry, reader: User) -> Notice:
    """A notice in the inbox of whoever is logged in."""
    tell("post.published", entry, [reader.pk])
    english.force_login(reader)
    return Notice.objects.get()


def page_at(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_notice_stands_in_the_inbox_and_is_counted_in_the_frame(
    english: Client, told: Notice, need: Need, administrator: User
) -> None:
    page = page_at(english, "/inbox/")

    assert f"“{need.title_en}” was verified and is published now." in page
    assert administrator.name in page
    assert '<span class="tool__count">1</span>' in page_at(english, "/desk/")


def test_opening_leads_to_the_thing_and_counts_as_reading(english: Client, told: Notice, need: Need) -> None:
    answer = english.get(told.get_absolute_url())

    told.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (302, need.get_absolute_url())
    assert told.read_at is not None
    assert "tool__count" not in page_at(english, "/desk/")
    assert "Nothing new." in page_at(english, "/inbox/?unread=1")


def test_one_or_all_are_put_aside(english: Client, told: Notice, reader: User, administrator: User) -> None:
    other = factories.NeedFactory.create(owner=Need.objects.get().owner, status="published")
    tell("post.published", record(other, "published", by=administrator), [reader.pk])

    part = english.post(f"/inbox/{told.pk}/read/", headers={"hx-request": "true"}).content.decode()
    one = Notice.objects.unread().count()
    all_ = english.post("/inbox/read/")

    assert part.lstrip().startswith("<li")
    assert "Mark as read" not in part
    assert (one, all_["Location"], Notice.objects.unread().count()) == (1, "/inbox/", 0)


def test_another_persons_notice_is_not_found(english: Client, told: Notice, outsider: User) -> None:
    english.force_login(outsider)

    assert english.get(told.get_absolute_url()).status_code == 404
    assert english.post(f"/inbox/{told.pk}/read/").status_code == 404
    assert "Nothing yet." in page_at(english, "/inbox/")


def test_a_visitor_is_led_to_the_login(english: Client) -> None:
    assert english.get("/inbox/")["Location"] == "/login/?next=/inbox/"


def test_three_notices_cost_as_much_as_one(
    english: Client, told: Notice, reader: User, administrator: User, count_queries: Callable[[str], int]
) -> None:
    owner = Need.objects.get().owner
    count_queries("/inbox/")
    with_one = count_queries("/inbox/")
    for _ in range(2):
        post = factories.NeedFactory.create(owner=owner, status="published")
        tell("post.published", record(post, "published", by=factories.administrator()), [reader.pk])

    assert count_queries("/inbox/") == with_one


def test_the_settings_are_kept(english: Client, reader: User) -> None:
    english.force_login(reader)
    page = page_at(english, "/settings/notifications/")

    answer = english.post("/settings/notifications/", {"post.published": "weekly", "unknown": "x"})

    assert "A post of ours was published" in page
    assert "A post waits for my verification" not in page
    assert answer["Location"] == "/settings/notifications/"
    assert channels_of(reader)["post.published"] == "weekly"
    assert '<option value="weekly" selected>' in page_at(english, "/settings/notifications/")


def test_a_channel_that_does_not_exist_is_refused(english: Client, reader: User) -> None:
    english.force_login(reader)

    answer = english.post("/settings/notifications/", {"post.published": "<b>"})

    assert answer.status_code == 400
    assert not Preference.objects.exists()


def test_a_kind_of_mail_is_left_without_a_login(reader: User) -> None:
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    address = f"/unsubscribe/{token_for(reader.pk, ['post.published', 'gone'])}/"

    before = client.get(address).content.decode()
    unchanged = channels_of(reader)["post.published"]
    done = client.post(address, {"List-Unsubscribe": "One-Click"})

    assert "A post of ours was published" in before
    assert unchanged == "at_once"
    assert done.status_code == 200
    assert "You get no more mails of these kinds." in done.content.decode()
    assert channels_of(reader)["post.published"] == "off"


@pytest.mark.parametrize("token", ["x", "a:b:c", "WzEsW11d:1abc:xyz", "%00"])
@pytest.mark.django_db
def test_a_link_that_was_not_issued_here_stops_nothing(client: Client, token: str) -> None:
    assert client.get(f"/unsubscribe/{token}/").status_code in (400, 404)
    assert client.post(f"/unsubscribe/{token}/").status_code in (400, 404)
