"""The inbox over REST."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from information.models import Need
from journal.recording import record
from notifications.models import Notice
from notifications.services import tell
from tests import factories
from tests.api.conftest import ClientOf

PLACE = "/api/v1/notices/"


def tell_of(need: Need, person: User) -> Notice:
    tell("post.published", record(need, "published", by=factories.administrator()), [person.pk])
    return Notice.objects.filter(recipient=person).latest("pk")


def test_the_inbox_is_read_and_marked(client_of: ClientOf, need: Need, enterprise_manager: User) -> None:
    notice, client = tell_of(need, enterprise_manager), client_of(enterprise_manager)

    (listed,) = client.get(PLACE, {"unread": True}).json()["results"]
    read = client.post(f"{PLACE}{notice.pk}/read/")

    assert listed["text"] == f"“{need.title_en}” was verified and is published now."
    assert (listed["kind"], listed["url"], listed["read_at"]) == ("post.published", need.get_absolute_url(), None)
    assert read.json()["read_at"] is not None
    assert client.get(PLACE, {"unread": True}).json()["results"] == []
    assert client.get(f"{PLACE}{notice.pk}/").json()["id"] == notice.pk


def test_everything_is_marked_at_once(client_of: ClientOf, need: Need, enterprise_manager: User) -> None:
    tell_of(need, enterprise_manager)

    answer = client_of(enterprise_manager).post(f"{PLACE}read-all/")

    assert (answer.status_code, Notice.objects.unread().count()) == (204, 0)


def test_a_stranger_finds_nothing(client_of: ClientOf, need: Need, enterprise_manager: User, outsider: User) -> None:
    notice, client = tell_of(need, enterprise_manager), client_of(outsider)

    assert client.get(PLACE).json()["results"] == []
    assert client.get(f"{PLACE}{notice.pk}/").status_code == 404
    assert client.post(f"{PLACE}{notice.pk}/read/").status_code == 404


def test_channels_are_chosen(client_of: ClientOf, enterprise_manager: User) -> None:
    client = client_of(enterprise_manager)

    chosen = client.patch("/api/v1/notice-settings/", {"post.published": "weekly"})

    assert {each["kind"]: each["channel"] for each in chosen.json()}["post.published"] == "weekly"


@pytest.mark.parametrize(
    "body", [{"post.published": "hourly"}, {"post.published": None}, {"nothing": "off"}, {"post.published": ["off"]}]
)
def test_a_wrong_choice_is_refused(client_of: ClientOf, enterprise_manager: User, body: dict[str, object]) -> None:
    answer = client_of(enterprise_manager).patch("/api/v1/notice-settings/", body)

    assert (answer.status_code, list(answer.json()["errors"])) == (400, list(body))


def test_three_notices_cost_as_much_as_one(client_of: ClientOf, need: Need, enterprise_manager: User) -> None:
    client = client_of(enterprise_manager)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(PLACE).status_code == 200
        return len(found)

    tell_of(need, enterprise_manager)
    queries()
    with_one = queries()
    for _ in range(2):
        tell_of(factories.NeedFactory.create(owner=need.owner, status="published"), enterprise_manager)

    assert queries() == with_one
    assert Notice.objects.filter(created_at__gt=timezone.now() - timedelta(minutes=1)).count() == 3
