"""The page of an organization: public, with what it has published as far as the reader may see it."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Organization, User
from tests.factories import AchievementFactory, NeedFactory


def page_of(client: Client, organization: Organization) -> str:
    """The organization's page for whoever is logged in."""
    answer = client.get(organization.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def test_everybody_reads_who_it_is(english: Client, enterprise: Organization) -> None:
    enterprise.about_en = "Makes lathes."
    enterprise.save()

    page = page_of(english, enterprise)

    assert enterprise.name_en in page
    assert "Enterprise" in page
    assert enterprise.region.label_en in page
    assert enterprise.uscc in page
    assert "Makes lathes." in page


def test_a_visitor_sees_public_posts_and_a_member_those_for_members_too(
    english: Client, enterprise: Organization, outsider: User
) -> None:
    public = NeedFactory.create(owner=enterprise, status="published")
    for_members = NeedFactory.create(owner=enterprise, status="published", visibility="members")
    draft = NeedFactory.create(owner=enterprise, status="draft")
    elsewhere = AchievementFactory.create(status="published")

    for_visitor = page_of(english, enterprise)
    english.force_login(outsider)
    for_member = page_of(english, enterprise)

    posts = (public, for_members, draft, elsewhere)
    assert [post.title_en in for_visitor for post in posts] == [True, False, False, False]
    assert [post.title_en in for_member for post in posts] == [True, True, False, False]


def test_one_that_has_published_nothing_says_so(english: Client, enterprise: Organization) -> None:
    assert "It has published nothing that is open to you yet." in page_of(english, enterprise)


@pytest.mark.parametrize("address", ["/organizations/0/", "/organizations/99999999/", "/organizations/x/"])
@pytest.mark.usefixtures("enterprise")
def test_one_that_does_not_exist_is_not_found(english: Client, address: str) -> None:
    assert english.get(address).status_code == 404


def test_an_absurd_number_is_not_found(english: Client) -> None:
    assert english.get(f"/organizations/{'9' * 40}/").status_code == 404


def test_three_posts_cost_as_much_as_one(
    english: Client, enterprise: Organization, count_queries: Callable[[str], int]
) -> None:
    NeedFactory.create(owner=enterprise, status="published")
    count_queries(enterprise.get_absolute_url())

    with_one = count_queries(enterprise.get_absolute_url())
    NeedFactory.create_batch(2, owner=enterprise, status="published")

    assert count_queries(enterprise.get_absolute_url()) == with_one
