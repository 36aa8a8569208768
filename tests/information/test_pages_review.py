"""The administrator's queue, and what desks say about posts."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Organization, User
from information import review, services
from information.models import Need, Post
from tests.factories import AchievementFactory, NeedFactory, member
from web.desk import DeskSection, Section


def submitted(
    days_ago: int, factory: type[NeedFactory] | type[AchievementFactory] = NeedFactory, **fields: object
) -> Post:
    """A post that was submitted some days ago."""
    post: Post = factory.create(status="submitted", **fields)
    type(post)._default_manager.filter(pk=post.pk).update(edited_at=timezone.now() - timedelta(days=days_ago))
    return post


def test_the_queue_holds_both_kinds_and_the_longest_wait_comes_first(english: Client, administrator: User) -> None:
    young, old, middle = submitted(1), submitted(5), submitted(3, AchievementFactory)
    NeedFactory.create(status="published")
    NeedFactory.create(status="draft")
    english.force_login(administrator)

    answer = english.get("/review/")

    assert answer.context["posts"] == [old, middle, young]
    assert "5 days ago" in answer.content.decode()
    assert [tab["count"] for tab in answer.context["tabs"]] == [3, 2, 1]


def test_the_wait_is_counted_from_the_submission_not_from_the_draft(
    english: Client, enterprise: Organization, enterprise_manager: User, administrator: User
) -> None:
    need = NeedFactory.create(owner=enterprise)
    Need.objects.filter(pk=need.pk).update(edited_at=timezone.now() - timedelta(days=20))
    services.submit(need, by=enterprise_manager, version=1)
    english.force_login(administrator)

    page = english.get("/review/").content.decode()

    assert "just now" in page
    assert "20 days ago" not in page


def test_the_queue_can_be_narrowed_to_one_kind(english: Client, administrator: User) -> None:
    submitted(1)
    achievement = submitted(2, AchievementFactory)
    english.force_login(administrator)

    assert english.get("/review/", {"kind": "achievement"}).context["posts"] == [achievement]


@pytest.mark.parametrize("kind", ["import", "<b>", "-1"])
def test_a_kind_that_does_not_exist_is_a_bad_request(english: Client, administrator: User, kind: str) -> None:
    english.force_login(administrator)

    assert english.get("/review/", {"kind": kind}).status_code == 400


def test_posts_of_an_own_organization_are_left_to_colleagues(
    english: Client, enterprise: Organization, administrator: User
) -> None:
    administrator.memberships.create(organization=enterprise, role="contributor")
    submitted(3, owner=enterprise)
    english.force_login(administrator)

    answer = english.get("/review/")

    assert answer.context["posts"] == []
    assert "Nothing waits for verification" in answer.content.decode()


@pytest.mark.parametrize("person", ["enterprise_manager", "university_manager", "supervisor"])
def test_the_queue_is_the_administrators_alone(english: Client, request: pytest.FixtureRequest, person: str) -> None:
    english.force_login(request.getfixturevalue(person))

    assert english.get("/review/").status_code == 404


def test_a_visitor_is_asked_to_log_in_before_the_queue(english: Client) -> None:
    assert english.get("/review/").headers["Location"].startswith("/login/")


def test_floors_above_add_cards_to_the_queue(
    english: Client, administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = DeskSection("Mutual interest", empty="Nobody waits.")
    monkeypatch.setattr(review, "_sections", {})
    review.register(Section(20, lambda _request: None))
    review.register(Section(10, lambda _request: card))
    english.force_login(administrator)

    answer = english.get("/review/")

    assert answer.context["sections"] == [card]
    assert "Nobody waits." in answer.content.decode()


def test_the_queue_asks_the_same_number_of_queries_for_one_and_for_three(
    client: Client, administrator: User, count_queries: Callable[[str], int]
) -> None:
    client.force_login(administrator)
    submitted(1)
    submitted(1, AchievementFactory)
    with_one = count_queries("/review/")
    for _ in range(2):
        submitted(2)
        submitted(2, AchievementFactory)

    assert count_queries("/review/") == with_one


def test_a_desk_shows_what_was_returned_what_is_begun_and_what_is_published(
    english: Client, enterprise: Organization, enterprise_manager: User
) -> None:
    for status in Need.Status.values:
        NeedFactory.create(owner=enterprise, status=status, title_en=f"Own {status}")
    english.force_login(enterprise_manager)

    desk = english.get("/desk/").context["desk"]

    shown = {
        section.title: [post.title_en for post in section.context["posts"]]
        for group in desk.values()
        for section in group
        if section.template == "information/desk_posts.html"
    }
    assert shown == {
        "Returned to you": ["Own returned"],
        "Your drafts": ["Own draft"],
        "Published by you": ["Own published"],
    }


def test_the_administrators_desk_counts_what_waits(english: Client, administrator: User) -> None:
    submitted(1)
    submitted(2, AchievementFactory)
    english.force_login(administrator)

    waiting = english.get("/desk/").context["desk"]["waiting"]

    assert [(section.title, section.count) for section in waiting if section.icon == "clipboard-document-check"] == [
        ("Posts to verify", 2)
    ]


def test_a_desk_takes_the_same_number_of_queries_for_one_and_for_three(
    client: Client, enterprise: Organization, count_queries: Callable[[str], int]
) -> None:
    client.force_login(member(enterprise))
    statuses = ("draft", "returned", "published")
    for status in statuses:
        NeedFactory.create(owner=enterprise, status=status)
    with_one = count_queries("/desk/")
    for status in statuses * 2:
        NeedFactory.create(owner=enterprise, status=status)

    assert count_queries("/desk/") == with_one
