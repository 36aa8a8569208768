"""Signing and verifying over REST, with the same refusals as on the pages."""

from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from accounts.models import User
from contracts.signing import cms
from contracts.signing.certificates import issue
from contracts.signing.surroundings import key_folder
from tests.contracts.signers import PASSWORD, Case, own_certificate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("platform_keys", "in_english")]


def as_person(person: User) -> APIClient:
    client = APIClient(headers={"accept-language": "en"})
    client.force_authenticate(person)
    return client


def place(case: Case, tail: str = "") -> str:
    return f"/api/v1/signings/{case.signing.pk}/{tail}"


def body(case: Case, role: str = "client", **changes: Any) -> dict[str, Any]:
    name = case.people[role].name
    return {
        "version": case.fresh().version,
        "password": PASSWORD,
        "typed_name": name,
        "confirmed": True,
        **changes,
    }


def test_a_party_reads_whose_turn_it_is(started: Case) -> None:
    answer = as_person(started.people["provider"]).get(place(started)).json()

    assert (answer["turn"], answer["contract_version"]) == ("client", started.fresh().version)
    assert [each["role"] for each in answer["signatures"]] == [""]


def test_a_stranger_finds_nothing(started: Case, outsider: User) -> None:
    client = as_person(outsider)

    assert client.get(place(started)).status_code == 404
    assert client.post(place(started, "sign/"), body(started)).status_code == 404
    assert client.get("/api/v1/signings/").json()["results"] == []


def test_signing_over_rest_hands_the_turn_on(started: Case) -> None:
    certificate = b64encode(own_certificate(started.contract.client)).decode()

    answer = as_person(started.people["client"]).post(
        place(started, "sign/"), body(started, certificate=certificate, certificate_password="p12")
    )

    assert (answer.status_code, answer.json()["turn"]) == (200, "provider")
    assert started.signatures[-1].level == "certificate"


@pytest.mark.parametrize(
    ("changes", "status", "field"),
    [
        ({"password": "x"}, 400, "password"),
        ({"confirmed": False}, 400, "confirmed"),
        ({"typed_name": ""}, 400, "typed_name"),
        ({"certificate": "not base64!"}, 400, "certificate"),
        ({"certificate": "AAAA"}, 400, "certificate"),
        ({"version": 10**12}, 400, "version"),
        ({"more": 1}, 400, "more"),
    ],
)
def test_faults_are_named_by_field(started: Case, changes: dict[str, Any], status: int, field: str) -> None:
    answer = as_person(started.people["client"]).post(place(started, "sign/"), body(started, **changes))

    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert field in answer.json()["errors"]
    assert len(started.signatures) == 1


def test_not_yet_your_turn_is_403_and_stale_is_409(started: Case) -> None:
    early = as_person(started.people["provider"]).post(place(started, "sign/"), body(started, "provider"))
    stale = as_person(started.people["client"]).post(place(started, "sign/"), body(started, version=1))

    assert (early.status_code, stale.status_code) == (403, 409)


def test_a_signature_made_elsewhere_in_two_steps(started: Case) -> None:
    client, party = as_person(started.people["client"]), started.contract.client
    now = datetime.now(UTC)
    prepared = client.post(place(started, "prepare/"), body(started)).json()
    root = key_folder().authority(now)
    mine = issue(root, organization="x", person="x", uscc=party.uscc, at=now - timedelta(days=1))
    signature = b64encode(cms.sign(b64decode(prepared["digest"]), mine, at=now)).decode()

    answer = client.post(place(started, "submit/"), {"version": started.fresh().version, "signature": signature})

    assert (answer.status_code, answer.json()["turn"]) == (200, "provider")


def test_anybody_verifies_a_hash(done: Case) -> None:
    answer = APIClient().post("/api/v1/verify/", {"sha256": done.files[-1].sha256.upper()}).json()

    assert (answer["state"], answer["contract"], answer["due"]) == ("in_force", done.contract.number, [])
    assert [each["role"] for each in answer["signatures"]] == ["", "client", "provider", "government"]


def test_an_unknown_hash_is_unknown() -> None:
    answer = APIClient().post("/api/v1/verify/", {"sha256": "0" * 64}).json()

    assert (answer["state"], answer["signatures"]) == ("unknown", [])


@pytest.mark.parametrize("query", [{}, {"sha256": "x"}, {"sha256": "0" * 64, "more": "1"}])
def test_what_is_no_hash_is_bad_input(query: dict[str, str]) -> None:
    assert APIClient().post("/api/v1/verify/", query).status_code == 400
    cache.clear()


def test_the_list_costs_the_same_for_one_and_for_two(started: Case, done: Case, administrator: User) -> None:
    client = as_person(administrator)
    client.get("/api/v1/signings/")
    counts = []
    for size in (1, 2):
        with CaptureQueriesContext(connection) as queries:
            assert len(client.get("/api/v1/signings/", {"page_size": size}).json()["results"]) == size
        counts.append(len(queries))

    assert counts[0] == counts[1]
