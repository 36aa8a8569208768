"""A negotiation over REST: the same use cases, refusals and visibility as the pages."""

from typing import Any

import pytest

from accounts.models import User
from contracts import services
from contracts.models import Contract, LibraryClause
from tests.api.conftest import ClientOf
from tests.complete import complete
from tests.factories import LONG_AGO, MatchFactory, member, supervisor

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db: None) -> dict[str, User]:
    """Who speaks for the client, for the provider and for the government of the contract."""
    overseer = supervisor()
    contract = services.open_draft(MatchFactory.create(status="approved").pk)
    complete(contract)
    return {
        "client": member(contract.client),
        "provider": member(contract.provider),
        "government": overseer,
        "stranger": member(MatchFactory.create().need.owner),
    }


@pytest.fixture
def contract(people: dict[str, User]) -> Contract:
    return Contract.objects.get()


def address(contract: Contract, rest: str = "") -> str:
    return f"/api/v1/contracts/{contract.pk}/{rest}"


def test_a_contract_from_draft_to_frozen_version(
    client_of: ClientOf, contract: Contract, people: dict[str, User]
) -> None:
    client, provider, government = (client_of(people[role]) for role in ("client", "provider", "government"))
    filled = client.post(address(contract, "describe/"), {"version": 1, "particulars": {"secrecy_years": 8}}).json()
    joined = government.post(address(contract, "join/"), {"version": filled["version"]}).json()
    begun = provider.post(address(contract, "actions/negotiate/"), {"version": joined["version"]}).json()
    clause = client.get(address(contract, "clauses/")).json()[-1]
    texts = {"body_zh": clause["body_zh"] + "\n一式三份。", "body_en": clause["body_en"] + "\nIn triplicate."}
    proposed = client.post(address(contract, "clauses/effect/propose/"), {"version": clause["version"], **texts}).json()
    accepted = provider.post(address(contract, "clauses/effect/accept/"), {"version": proposed["version"]}).json()
    for side in (client, provider):
        seen = {each["key"]: each["version"] for each in side.get(address(contract, "clauses/")).json()}
        assert side.post(address(contract, "accept-all/"), {"seen": seen}).status_code == 200
    findings = client.get(address(contract, "check/")).json()
    agreed = client.post(address(contract, "actions/agree/"), {"version": begun["version"]}).json()

    frozen = provider.post(address(contract, "actions/freeze/"), {"version": agreed["version"]}).json()

    assert filled["particulars"]["secrecy_years"] == 8
    assert proposed["proposal"]["side"] == "client"
    assert proposed["waiting_for"] == ["provider"]
    assert (accepted["revision"], accepted["waiting_for"], accepted["proposal"]) == (2, [], None)
    assert [each for each in findings if each["severity"] == "blocking"] == []
    assert (frozen["status"], frozen["frozen_version"]["number"]) == ("frozen", 1)
    listed = client.get(address(contract, "versions/")).json()
    document = government.get(address(contract, "versions/1/")).json()["document"]
    assert listed == [frozen["frozen_version"]]
    assert document["schema"] == "tenon.contract/1"
    assert document["clauses"][-1]["body"]["en"].endswith("In triplicate.")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("describe/", {"version": 1}),
        ("join/", {"version": 1}),
        ("accept-all/", {"seen": {}}),
        ("clauses/effect/propose/", {"version": 1, "body_zh": "a", "body_en": "b"}),
        ("clauses/effect/accept/", {"version": 1}),
        ("clauses/effect/decline/", {"version": 1}),
        ("clauses/effect/comment/", {"text": "a"}),
    ],
)
def test_a_stranger_gets_404_for_everything(
    client_of: ClientOf, contract: Contract, people: dict[str, User], path: str, body: dict[str, Any]
) -> None:
    assert client_of(people["stranger"]).post(address(contract, path), body).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"version": 1, "particulars": {"price": 12.5}}, "price"),
        ({"version": 1, "particulars": {"goal": "text"}}, "goal"),
        ({"version": 1, "particulars": {"instalments": [{"amount": "-1"}]}}, "instalments"),
        ({"version": 1, "particulars": {"instalments": [{"x": "1"}]}}, "instalments"),
        ({"version": 1, "particulars": {"rights": "x"}}, "rights"),
        ({"version": 1, "particulars": {"start_date": "1850-01-01"}}, "start_date"),
        ({"version": 1, "particulars": {"nonsense": 1}}, "nonsense"),
        ({"version": 1, "particulars": []}, "particulars"),
        ({"version": 1, "kind": "barter"}, "kind"),
        ({"version": 1, "title_en": "x" * 300}, "title_en"),
        ({"version": 1, "status": "frozen"}, "status"),
        ({}, "version"),
    ],
)
def test_a_bad_draft_is_refused_by_field(
    client_of: ClientOf, contract: Contract, people: dict[str, User], body: dict[str, Any], field: str
) -> None:
    answer = client_of(people["client"]).post(address(contract, "describe/"), body)

    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert Contract.objects.get().version == 1


def test_who_is_slower_gets_409_with_the_text_as_it_is(
    client_of: ClientOf, contract: Contract, people: dict[str, User]
) -> None:
    Contract.objects.update(government_joined_at=LONG_AGO)
    services.negotiate(contract, by=people["client"], version=1)
    services.accept_clause(contract, "effect", by=people["provider"], version=1)

    answer = client_of(people["client"]).post(
        address(contract, "clauses/effect/propose/"), {"version": 1, "body_zh": "甲", "body_en": "A"}
    )

    assert (answer.status_code, answer.json()["type"]) == (409, "about:blank#stale-version")
    assert answer.json()["errors"]["body_en"] == [contract.clauses.get(key="effect").body_en]


def test_proposals_are_between_the_parties(client_of: ClientOf, contract: Contract, people: dict[str, User]) -> None:
    services.negotiate(contract, by=people["client"], version=1)
    services.propose(contract, "effect", by=people["client"], version=1, body_zh="甲", body_en="A")

    seen = {
        role: client_of(people[role]).get(address(contract, "clauses/")).json()[-1]
        for role in people
        if role != "stranger"
    }

    assert [bool(seen[role]["proposal"]) for role in ("client", "provider", "government")] == [True, True, False]


def test_the_library_is_read_by_members_and_revised_by_administrators(
    client_of: ClientOf, contract: Contract, people: dict[str, User], administrator: User
) -> None:
    held = LibraryClause.objects.get(key="effect")
    body = {"body_zh": held.body_zh + "\n甲", "body_en": held.body_en + "\nA"}

    refused = client_of(people["client"]).post(f"/api/v1/clause-library/{held.pk}/revise/", body)
    made = client_of(administrator).post(f"/api/v1/clause-library/{held.pk}/revise/", body)
    stale = client_of(administrator).post(f"/api/v1/clause-library/{held.pk}/revise/", body)

    listed = client_of(people["client"]).get("/api/v1/clause-library/?page_size=100").json()["results"]
    assert (refused.status_code, made.json()["version"], stale.status_code) == (404, 2, 409)
    assert [each["version"] for each in listed if each["key"] == "effect"] == [2]
    assert len(listed) == LibraryClause.objects.count() - 1
