"""Oversight: the cases of a supervisor's region and chain, how long they have been where they are."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from tests.factories import CaseFactory, ChainFactory, ChainNodeFactory, ContractFactory, RegionFactory, supervisor
from tracking.models import Case


@pytest.fixture
def case(db: None) -> Case:
    """A case whose contract has been drafted for twenty days, on the chain cnc."""
    contract = ContractFactory.create()
    contract.match.need.chain_nodes.add(ChainNodeFactory.create(chain__code="cnc"))
    now = timezone.now()
    return CaseFactory.create(
        match=contract.match,
        contract=contract,
        approved_at=now - timedelta(days=21),
        drafted_at=now - timedelta(days=20, hours=1),
    )


def page_for(client: Client, person: User) -> str:
    """The page of oversight for a person."""
    client.force_login(person)
    answer = client.get("/oversight/")
    assert answer.status_code == 200
    return answer.content.decode()


def figures(page: str) -> list[int]:
    """Approved, drafting, withdrawn."""
    return [int(number) for number in re.findall(r"<dd>(\d+)</dd>", page)]


def test_a_supervisor_in_charge_sees_stage_parties_chain_and_clock(english: Client, case: Case) -> None:
    person = supervisor(case.match.need.owner.region, ChainFactory.create(code="cnc"))

    page = page_for(english, person)

    assert f'data-case="{case.pk}"' in page
    assert case.match.need.owner.name_en in page
    assert case.match.achievement.owner.name_en in page
    assert "Chain cnc" in page
    assert "Contract being drafted" in page
    assert "20 days" in page
    assert figures(page) == [1, 1, 0]


def test_supervisors_elsewhere_and_of_other_chains_see_nothing_and_count_nothing(english: Client, case: Case) -> None:
    elsewhere, other = RegionFactory.create(code="440000"), ChainFactory.create(code="shipbuilding")
    people = [supervisor(elsewhere, ChainFactory.create(code="cnc")), supervisor(case.match.need.owner.region, other)]

    pages = [page_for(english, person) for person in people]

    assert [f'data-case="{case.pk}"' in page for page in pages] == [False, False]
    assert [figures(page) for page in pages] == [[0, 0, 0], [0, 0, 0]]
    assert ["No approved match in your charge yet." in page for page in pages] == [True, True]


def test_an_administrator_sees_all(english: Client, case: Case, administrator: User) -> None:
    assert f'data-case="{case.pk}"' in page_for(english, administrator)


@pytest.mark.parametrize("reader", ["enterprise_manager", "university_manager", "outsider"])
def test_others_are_told_that_there_is_nothing(english: Client, reader: str, request: pytest.FixtureRequest) -> None:
    english.force_login(request.getfixturevalue(reader))

    assert english.get("/oversight/").status_code == 404


def test_visitors_are_sent_to_the_login(english: Client) -> None:
    assert english.get("/oversight/")["Location"] == "/login/?next=/oversight/"


def test_a_case_that_stands_still_is_marked_and_a_fresh_one_is_not(
    english: Client, case: Case, administrator: User
) -> None:
    marked = "oversight__slow" in page_for(english, administrator)
    Case.objects.update(drafted_at=timezone.now())

    assert (marked, "oversight__slow" in page_for(english, administrator)) == (True, False)


def test_the_clock_of_an_ended_case_stands_still(english: Client, case: Case, administrator: User) -> None:
    Case.objects.update(ended_at=timezone.now() - timedelta(days=3), ending="terms")

    page = page_for(english, administrator)

    assert "Contract withdrawn" in page
    assert "3 days ago" in page
    assert "oversight__slow" not in page
    assert figures(page) == [1, 0, 1]


@pytest.mark.parametrize("query", ["page=-1", "cursor=junk", "size=9999"])
def test_absurd_parameters_are_bad_input(english: Client, administrator: User, query: str) -> None:
    english.force_login(administrator)

    assert english.get(f"/oversight/?{query}").status_code == 400


def test_three_cases_cost_as_much_as_one(
    english: Client, case: Case, administrator: User, count_queries: Callable[[str], int]
) -> None:
    english.force_login(administrator)
    count_queries("/oversight/")

    with_one = count_queries("/oversight/")
    for other in CaseFactory.create_batch(2):
        other.match.need.chain_nodes.add(ChainNodeFactory.create())

    assert count_queries("/oversight/") == with_one


def test_the_desk_of_a_supervisor_holds_the_latest_cases(english: Client, case: Case, supervisor: User) -> None:
    english.force_login(supervisor)

    page = english.get("/desk/").content.decode()

    assert "Approved matches in your charge" in page
    assert f'href="{case.match.get_absolute_url()}"' in page
