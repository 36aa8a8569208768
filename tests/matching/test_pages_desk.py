"""What matching puts on desks and into the review queue, and the button that has everything scored again."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from jobs.models import Job
from matching.models import Match
from matching.steps import REMATCH
from tests.factories import MatchFactory

WAITS = "Mutual interest to decide on"
YOUR_TURN = "The other side is interested: your answer, please"


def section(page: str, title: str) -> list[int]:
    """The matches in one card of a page."""
    found = re.search(rf'<section class="panel">(?:(?!</section>).)*{re.escape(title)}.*?</section>', page, re.DOTALL)
    return [int(pk) for pk in re.findall(r'data-match="(\d+)"', found[0])] if found else []


def page_at(client: Client, address: str) -> str:
    """The page at an address."""
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_mutual_interest_waits_on_the_administrator_s_desk_and_queue(
    english: Client, mutual_match: Match, administrator: User
) -> None:
    english.force_login(administrator)

    assert section(page_at(english, "/desk/"), WAITS) == [mutual_match.pk]
    assert section(page_at(english, "/review/"), WAITS) == [mutual_match.pk]
    assert "mutual since" in page_at(english, "/review/")


def test_the_queue_is_empty_and_says_when_it_fills(english: Client, administrator: User) -> None:
    english.force_login(administrator)

    assert "No match waits for a decision. When both sides are interested" in page_at(english, "/review/")


def test_the_side_that_owes_an_answer_is_asked_for_it_and_the_other_is_not(
    english: Client, match: Match, enterprise_manager: User, university_manager: User
) -> None:
    one_sided = MatchFactory.create(need=match.need, status="one_sided", achievement__owner=match.achievement.owner)
    turns = []
    for person in (enterprise_manager, university_manager):
        english.force_login(person)
        turns.append(section(page_at(english, "/desk/"), YOUR_TURN))

    assert turns == [[], [one_sided.pk]]


def test_new_suggestions_stand_on_both_desks_and_on_no_other(
    english: Client, match: Match, enterprise_manager: User, university_manager: User, outsider: User
) -> None:
    seen = []
    for person in (enterprise_manager, university_manager, outsider):
        english.force_login(person)
        seen.append(section(page_at(english, "/desk/"), "Best suggestions"))

    assert seen == [[match.pk], [match.pk], []]


def test_a_supervisor_has_no_queue(english: Client, mutual_match: Match, supervisor: User) -> None:
    english.force_login(supervisor)

    assert WAITS not in page_at(english, "/desk/")


def test_an_administrator_has_everything_scored_again_and_watches_it(
    english: Client, match: Match, administrator: User
) -> None:
    english.force_login(administrator)
    button = 'action="/matches/rematch/" method="post" data-action="rematch"'
    before = page_at(english, "/review/")

    answer = english.post("/matches/rematch/")

    job = Job.objects.get(kind=REMATCH)
    assert button in before
    assert (answer.status_code, answer["Location"]) == (302, job.get_absolute_url())
    assert button not in page_at(english, "/review/")
    assert f'href="{job.get_absolute_url()}"' in page_at(english, "/review/")


@pytest.mark.parametrize("reader", ["enterprise_manager", "university_manager", "supervisor"])
def test_nobody_else_has_everything_scored_again(english: Client, reader: str, request: pytest.FixtureRequest) -> None:
    english.force_login(request.getfixturevalue(reader))

    assert english.post("/matches/rematch/").status_code == 404
    assert not Job.objects.filter(kind=REMATCH).exists()


def test_looking_at_the_address_starts_nothing(english: Client, administrator: User) -> None:
    english.force_login(administrator)

    assert english.get("/matches/rematch/").status_code == 405
    assert not Job.objects.exists()


@pytest.mark.parametrize("address", ["/desk/", "/review/"])
def test_three_that_wait_cost_as_much_as_one(
    english: Client, administrator: User, address: str, count_queries: Callable[[str], int]
) -> None:
    MatchFactory.create(status="mutual")
    english.force_login(administrator)
    count_queries(address)

    with_one = count_queries(address)
    MatchFactory.create_batch(2, status="mutual")

    assert count_queries(address) == with_one
