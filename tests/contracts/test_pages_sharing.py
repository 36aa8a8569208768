"""The sharing calculator and the decision guide: they calculate, and what they give is put forward by hand."""

import re

import pytest
from django.test import Client

from accounts.models import Organization, User
from contracts import services
from contracts.models import Contract, Proposal
from journal.errors import BadInput, GuardFailed
from tests.complete import complete
from tests.factories import ContractFactory, member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

GAME = "client=100000&provider=200000&together=600000"


def page(client: Client, contract: Contract, rest: str, *, status: int = 200) -> str:
    answer = client.get(f"/contracts/{contract.pk}/{rest}")
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize(
    ("query", "client_share"),
    [
        (f"method=shapley&{GAME}", "41.67"),
        (f"method=risk&{GAME}&risk_client=3&risk_provider=1", "66.67"),
        (f"method=nash&{GAME}&power_client=70", "51.67"),
        (
            f"method=factors&{GAME}&investment_weight=100&investment_client=1&investment_provider=3&risk_weight=0"
            "&risk_client=1&risk_provider=1&effort_weight=0&effort_client=1&effort_provider=1&innovation_weight=0"
            "&innovation_client=1&innovation_provider=1",
            "16.67",
        ),
    ],
)
def test_each_way_of_dividing_gives_shares_that_can_be_proposed(
    english: Client, negotiated: Contract, buyer: User, query: str, client_share: str
) -> None:
    english.force_login(buyer)

    shown = page(english, negotiated, f"sharing/?{query}")

    fields = dict(re.findall(r'name="(client_share|provider_share|version)" value="([^"]+)"', shown))
    assert fields["client_share"] == client_share
    sent = english.post(f"/contracts/{negotiated.pk}/sharing/put/", fields)
    assert sent.status_code == 302
    assert Proposal.objects.get().particulars["client_share"] == client_share


def test_royalties_are_drawn_in_three_scenarios(english: Client, negotiated: Contract, buyer: User) -> None:
    english.force_login(buyer)

    shown = page(
        english,
        negotiated,
        "sharing/?method=royalty&entry_fee=100000&sales=1000000%0A2000000&rate=5&step=-0.5&cap=200000",
    )

    assert shown.count("<polyline") == 3
    assert "Year 2" in shown
    assert shown.count("<b>200,000</b>") == 2
    assert "<b>170,000</b>" in shown


@pytest.mark.parametrize(
    "query",
    [
        "method=shapley&client=a&provider=1&together=2",
        "method=shapley&client=-1&provider=1&together=2",
        "method=shapley&client=1e400&provider=1&together=2",
        "method=shapley&client=NaN&provider=1&together=2",
        "method=shapley&client=0&provider=0&together=0",
        "method=nash&client=2&provider=2&together=3&power_client=50",
        f"method=factors&{GAME}",
        "method=royalty&entry_fee=0&sales=&rate=5&step=0",
        "method=royalty&entry_fee=0&sales=1%0Ax&rate=5&step=0",
        "method=royalty&entry_fee=0&sales=1&rate=5&step=0&cap=1&floor=2",
    ],
)
def test_what_cannot_be_calculated_is_said_beside_the_field_or_above_the_form(
    english: Client, negotiated: Contract, buyer: User, query: str
) -> None:
    english.force_login(buyer)

    assert "Something is missing or not as it should be" in page(english, negotiated, f"sharing/?{query}", status=400)


def test_a_side_that_would_do_better_alone_is_warned(english: Client, negotiated: Contract, buyer: User) -> None:
    english.force_login(buyer)

    shown = page(
        english, negotiated, "sharing/?method=risk&client=10&provider=300&together=400&risk_client=1&risk_provider=0"
    )

    assert "would get less than alone" in shown


def test_shares_go_into_a_draft_directly(drafted: Contract, buyer: User) -> None:
    services.put_shares(
        drafted, by=buyer, version=drafted.version, shares={"client_share": "55.5", "provider_share": "44.5"}
    )

    drafted.refresh_from_db()
    assert (drafted.particulars["client_share"], drafted.particulars["provider_share"]) == ("55.5", "44.5")


def test_half_a_division_is_refused(negotiated: Contract, buyer: User) -> None:
    with pytest.raises(BadInput):
        services.put_shares(negotiated, by=buyer, version=1, shares={"client_share": "60", "provider_share": ""})


def test_a_contract_without_a_clause_on_income_takes_no_shares(enterprise: Organization, buyer: User) -> None:
    contract = complete(ContractFactory.create(kind="service", status="negotiating", client=enterprise))

    with pytest.raises(GuardFailed, match="no clause"):
        services.put_shares(contract, by=buyer, version=1, shares={"client_share": "60", "provider_share": "40"})


def test_the_guide_asks_explains_and_puts_the_option_into_the_draft(
    english: Client, drafted: Contract, buyer: User
) -> None:
    english.force_login(buyer)
    first = page(english, drafted, "guide/")
    last = page(english, drafted, "guide/?creators=provider&secrecy=no&owner=later")

    sent = english.post(f"/contracts/{drafted.pk}/guide/choose/", {"version": drafted.version, "ip_option": "3"})

    drafted.refresh_from_db()
    assert "Who will create the results?" in first
    assert "call for the assignment" in last
    assert (sent.status_code, drafted.particulars["ip_option"]) == (302, "3")


def test_in_a_negotiation_the_guide_leads_to_a_proposal(english: Client, negotiated: Contract, buyer: User) -> None:
    english.force_login(buyer)

    shown = page(english, negotiated, "guide/?creators=both")

    assert re.search(rf"/contracts/{negotiated.pk}/clauses/ip/propose/\?library=\d+", shown)


def test_the_calculator_and_the_guide_are_for_the_parties(
    english: Client, negotiated: Contract, inspector: User, outsider: User, enterprise: Organization
) -> None:
    english.force_login(outsider)
    assert english.get(f"/contracts/{negotiated.pk}/sharing/").status_code == 404
    english.force_login(member(enterprise, "contributor"))
    assert english.get(f"/contracts/{negotiated.pk}/sharing/").status_code == 200
    assert english.get(f"/contracts/{negotiated.pk}/sharing/?method=dice").status_code == 404
