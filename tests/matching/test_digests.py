"""Digests: owners hear of new good matches on either side, together, and of nothing twice."""

import pytest
from django.test import Client

from accounts.models import Organization, User
from information.models import Achievement, Need
from journal.models import Entry
from matching import digests
from matching.models import Digest, Match
from tests.factories import MatchFactory


@pytest.fixture
def good(need: Need, achievement: Achievement) -> Match:
    return MatchFactory.create(need=need, achievement=achievement, score=0.8)


def told(digest: Digest) -> list[int]:
    return list(Entry.objects.about(digest).get().data["matches"])


def test_both_owners_are_told_of_a_new_good_match(
    good: Match, enterprise: Organization, university: Organization
) -> None:
    made = digests.make_all()

    assert made == 2
    assert {digest.organization: told(digest) for digest in Digest.objects.all()} == {
        enterprise: [good.pk],
        university: [good.pk],
    }


def test_nothing_is_told_twice(good: Match, need: Need, enterprise: Organization) -> None:
    digests.make_all()
    again = digests.make_all()
    second = MatchFactory.create(need=need, score=0.9)
    digests.make_all()

    assert again == 0
    latest = Digest.objects.filter(organization=enterprise).latest("pk")
    assert told(latest) == [second.pk]


@pytest.mark.parametrize(
    "fields", [{"score": 0.3}, {"status": "one_sided"}, {"status": "lapsed"}, {"status": "declined"}]
)
def test_weak_answered_and_lapsed_matches_are_no_news(need: Need, fields: dict[str, object]) -> None:
    MatchFactory.create(need=need, **({"score": 0.9} | fields))

    assert digests.make_all() == 0


def test_the_digest_is_on_its_page_and_on_the_desk_of_its_organization(
    english: Client, good: Match, enterprise: Organization, enterprise_manager: User, outsider: User
) -> None:
    digests.make_all()
    digest = Digest.objects.get(organization=enterprise)
    english.force_login(enterprise_manager)
    own = [english.get(url).content.decode() for url in (digest.get_absolute_url(), "/desk/")]
    english.force_login(outsider)

    assert all(good.get_absolute_url() in page and "New good matches" in page for page in own)
    assert english.get(digest.get_absolute_url()).status_code == 404


def test_a_digest_whose_matches_have_lapsed_says_so(
    english: Client, good: Match, enterprise: Organization, enterprise_manager: User
) -> None:
    digests.make_all()
    Match.objects.update(status="lapsed")
    english.force_login(enterprise_manager)

    page = english.get(Digest.objects.get(organization=enterprise).get_absolute_url()).content.decode()

    assert "These suggestions have lapsed meanwhile" in page


def test_making_it_for_an_organization_without_news_makes_nothing(enterprise: Organization) -> None:
    assert digests.make(enterprise.pk) is None
