"""The suggestions on the page of a post: ranked, for those whom they concern, and honest while there are none."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from information.models import Achievement, Need
from matching.models import Match, Scoring
from tests.factories import MatchFactory

FRAGMENT = {"HX-Request": "true"}


def ranked(page: str) -> list[int]:
    """The matches on a page, in its order."""
    return [int(pk) for pk in re.findall(r'class="suggestion [^"]*" data-match="(\d+)"', page)]


def ranks(page: str) -> list[int]:
    """The ranks on a page."""
    return [int(rank) for rank in re.findall(r'suggestion__rank">(\d+)<', page)]


def test_the_need_s_organization_sees_the_best_first(english: Client, need: Need, enterprise_manager: User) -> None:
    matches = [MatchFactory.create(need=need, score=score) for score in (0.5, 0.9, 0.2)]
    lapsed = MatchFactory.create(need=need, score=0.95, status="lapsed")
    english.force_login(enterprise_manager)

    page = english.get(need.get_absolute_url()).content.decode()

    assert ranked(page) == [matches[1].pk, matches[0].pk, matches[2].pk]
    assert lapsed.pk not in ranked(page)
    assert [word for word in ("strong", "good", "possible") if f'score__word">{word}<' in page] == [
        "strong",
        "good",
        "possible",
    ]


def test_the_achievement_s_organization_sees_needs(
    english: Client, achievement: Achievement, university_manager: User
) -> None:
    match = MatchFactory.create(achievement=achievement)
    english.force_login(university_manager)

    page = english.get(achievement.get_absolute_url()).content.decode()

    assert ranked(page) == [match.pk]
    assert match.need.title_en in page


@pytest.mark.parametrize("reader", ["visitor", "outsider", "university_manager", "supervisor"])
def test_suggestions_are_nobody_else_s_business(
    english: Client, match: Match, reader: str, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(reader)
    if person.is_authenticated:
        english.force_login(person)

    page = english.get(match.need.get_absolute_url()).content.decode()

    assert match.need.title_en in page
    assert 'id="suggestions"' not in page


def test_an_administrator_sees_them_too(english: Client, match: Match, administrator: User) -> None:
    english.force_login(administrator)

    assert ranked(english.get(match.need.get_absolute_url()).content.decode()) == [match.pk]


def test_a_need_without_counterpart_is_told_what_helps(english: Client, need: Need, enterprise_manager: User) -> None:
    english.force_login(enterprise_manager)

    page = english.get(need.get_absolute_url()).content.decode()

    assert "No counterpart found yet. Figures with units, keywords and a place" in page


def test_while_it_is_being_scored_the_panel_says_so_and_fetches_itself(
    english: Client, need: Need, enterprise_manager: User
) -> None:
    Scoring.objects.create(need=need, requested_at=timezone.now())
    english.force_login(enterprise_manager)
    address = f"/needs/{need.public_id}/suggestions/"

    waiting = english.get(need.get_absolute_url()).content.decode()
    Scoring.objects.update(scored_at=timezone.now())
    MatchFactory.create(need=need)
    fragment = english.get(address, headers=FRAGMENT).content.decode()

    assert f'hx-get="{address}" hx-trigger="every 3s"' in waiting
    assert "It is being scored right now." in waiting
    assert "hx-get" not in fragment
    assert fragment.lstrip().startswith('<section class="suggestions"')
    assert len(ranked(fragment)) == 1


def test_more_than_twenty_go_on_to_pages_of_their_own_with_ranks_counted_through(
    english: Client, achievement: Achievement, university_manager: User
) -> None:
    for place in range(23):
        MatchFactory.create(achievement=achievement, score=0.9 - place / 100)
    english.force_login(university_manager)
    address = f"/achievements/{achievement.public_id}/suggestions/"

    panel = english.get(achievement.get_absolute_url()).content.decode()
    first = english.get(address)
    onward = re.search(r'rel="next" href="([^"]+)"', first.content.decode())
    assert onward
    second = english.get(f"{address}{onward[1]}").content.decode()

    assert ranks(panel) == ranks(first.content.decode()) == list(range(1, 21))
    assert f'href="{address}"' in panel
    assert ranks(second) == [21, 22, 23]


@pytest.mark.parametrize("query", ["page=-1", "cursor=junk", "size=0", "size=100000", "page=a%00b"])
def test_absurd_parameters_are_bad_input(english: Client, need: Need, enterprise_manager: User, query: str) -> None:
    english.force_login(enterprise_manager)

    assert english.get(f"/needs/{need.public_id}/suggestions/?{query}").status_code == 400


def test_the_page_of_all_suggestions_sends_readers_without_business_to_the_post(
    english: Client, match: Match, outsider: User
) -> None:
    english.force_login(outsider)

    answer = english.get(f"/needs/{match.need.public_id}/suggestions/")

    assert (answer.status_code, answer["Location"]) == (302, match.need.get_absolute_url())


def test_suggestions_of_what_a_reader_may_not_know_are_not_found(english: Client, outsider: User) -> None:
    english.force_login(outsider)

    assert english.get("/needs/nosuchpost/suggestions/").status_code == 404


def test_three_suggestions_cost_as_much_as_one(
    english: Client, need: Need, enterprise_manager: User, count_queries: Callable[[str], int]
) -> None:
    MatchFactory.create(need=need)
    english.force_login(enterprise_manager)
    count_queries(need.get_absolute_url())

    with_one = count_queries(need.get_absolute_url())
    MatchFactory.create_batch(2, need=need)

    assert count_queries(need.get_absolute_url()) == with_one
