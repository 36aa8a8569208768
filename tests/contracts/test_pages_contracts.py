"""The list and the page of contracts: for the parties, administrators, and supervisors in charge."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Organization, User
from contracts.models import Contract
from contracts.services import open_draft
from tests.factories import ChainFactory, ChainNodeFactory, ContractFactory, MatchFactory, RegionFactory, supervisor


@pytest.fixture
def contract(enterprise: Organization, university: Organization) -> Contract:
    """The draft of an approved match of the enterprise and the university, priced as the need says."""
    match = MatchFactory.create(
        status="approved",
        need__owner=enterprise,
        need__budget_min=300_000,
        need__budget_max=800_000,
        achievement__owner=university,
    )
    return open_draft(match.pk)


def listed(client: Client) -> list[str]:
    """The addresses in the list of contracts, in its order."""
    answer = client.get("/contracts/")
    assert answer.status_code == 200
    return re.findall(r'<th scope="row"><a href="([^"]+)">', answer.content.decode())


def test_both_parties_and_administrators_find_it_in_their_list(
    english: Client,
    contract: Contract,
    enterprise_contributor: User,
    university_manager: User,
    administrator: User,
    outsider: User,
) -> None:
    lists = []
    for person in (enterprise_contributor, university_manager, administrator, outsider):
        english.force_login(person)
        lists.append(listed(english))

    assert lists == [[contract.get_absolute_url()]] * 3 + [[]]


def test_an_empty_list_says_how_it_fills(english: Client, outsider: User) -> None:
    english.force_login(outsider)

    assert "No contract yet. When an administrator approves" in english.get("/contracts/").content.decode()


def test_visitors_are_sent_to_the_login(english: Client, contract: Contract) -> None:
    answers = [english.get("/contracts/"), english.get(contract.get_absolute_url())]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (302, "/login/?next=/contracts/"),
        (302, f"/login/?next={contract.get_absolute_url()}"),
    ]


def test_a_stranger_is_told_that_there_is_nothing(english: Client, contract: Contract, outsider: User) -> None:
    english.force_login(outsider)

    answers = [english.get(contract.get_absolute_url()), english.post(f"{contract.get_absolute_url()}withdraw/")]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_supervisor_sees_those_of_the_own_region_and_chain_only(english: Client, contract: Contract) -> None:
    node = ChainNodeFactory.create(chain__code="cnc")
    contract.match.need.chain_nodes.add(node)
    region, elsewhere = contract.client.region, RegionFactory.create(code="440000")
    people = [
        supervisor(region, node.chain),
        supervisor(elsewhere, node.chain),
        supervisor(region, ChainFactory.create(code="shipbuilding")),
    ]

    seen = []
    for person in people:
        english.force_login(person)
        seen.append((len(listed(english)), english.get(contract.get_absolute_url()).status_code))

    assert seen == [(1, 200), (0, 404), (0, 404)]


def test_the_page_says_what_it_is_and_what_it_came_from(
    english: Client, contract: Contract, enterprise_manager: User
) -> None:
    english.force_login(enterprise_manager)

    page = english.get(contract.get_absolute_url()).content.decode()

    assert contract.number in page
    assert "This is a draft" in page
    assert "Commissioned development" in page
    assert "851-854" in page
    assert "CNY 300,000–800,000" in page
    assert f'href="{contract.match.get_absolute_url()}"' in page
    assert "opened the draft from the approved match" in page


def test_only_who_may_speak_for_a_party_is_offered_to_withdraw(
    english: Client,
    contract: Contract,
    enterprise_manager: User,
    university_manager: User,
    enterprise_contributor: User,
    administrator: User,
) -> None:
    offers = []
    for person in (enterprise_manager, university_manager, enterprise_contributor, administrator):
        english.force_login(person)
        offers.append('data-action="withdraw"' in english.get(contract.get_absolute_url()).content.decode())

    assert offers == [True, True, False, False]


def test_withdrawing_without_a_reason_comes_back_with_the_fault_beside_it(
    english: Client, contract: Contract, enterprise_manager: User
) -> None:
    english.force_login(enterprise_manager)

    answer = english.post(f"{contract.get_absolute_url()}withdraw/", {"version": 1, "note": "We stop here."})

    page = answer.content.decode()
    assert answer.status_code == 400
    assert page.count("Choose one of the reasons.") == 1
    assert ">We stop here.</textarea>" in page


def test_a_withdrawn_contract_tells_why_and_offers_nothing_more(
    english: Client, contract: Contract, university_manager: User
) -> None:
    english.force_login(university_manager)

    page = english.post(
        f"{contract.get_absolute_url()}withdraw/",
        {"version": 1, "reason": "terms", "note": "No licence fee."},
        follow=True,
    ).content.decode()

    assert "This contract was withdrawn" in page
    assert "No agreement on the terms" in page
    assert "No licence fee." in page
    assert 'data-action="withdraw"' not in page


@pytest.mark.parametrize("query", ["page=-1", "page=2", "cursor=junk", "size=0", "cursor=%00"])
def test_absurd_parameters_are_bad_input(english: Client, outsider: User, query: str) -> None:
    english.force_login(outsider)

    assert english.get(f"/contracts/?{query}").status_code == 400


def test_the_list_goes_on_page_by_page(english: Client, administrator: User) -> None:
    contracts = ContractFactory.create_batch(3)
    english.force_login(administrator)

    first = english.get("/contracts/?size=2").content.decode()
    onward = re.search(r'rel="next" href="([^"]+)"', first)
    assert onward
    second = english.get(f"/contracts/{onward[1].replace('&amp;', '&')}").content.decode()

    assert [each.number in first for each in contracts] == [False, True, True]
    assert [each.number in second for each in contracts] == [True, False, False]


def test_three_contracts_cost_as_much_as_one(
    english: Client, administrator: User, count_queries: Callable[[str], int]
) -> None:
    ContractFactory.create()
    english.force_login(administrator)
    count_queries("/contracts/")

    with_one = count_queries("/contracts/")
    ContractFactory.create_batch(2)

    assert count_queries("/contracts/") == with_one


def test_drafts_stand_on_the_desk_of_a_party(english: Client, contract: Contract, university_manager: User) -> None:
    english.force_login(university_manager)

    page = english.get("/desk/").content.decode()

    assert "Contracts being drafted" in page
    assert f'href="{contract.get_absolute_url()}"' in page
