"""Who is let in: sessions with their CSRF check, passwords for programs, and what is public."""

from base64 import b64encode

import pytest
from django.contrib.auth.models import AnonymousUser
from rest_framework.test import APIClient

from accounts.models import Organization, User
from information.models import Need
from tests import factories
from tests.api.conftest import ClientOf

PASSWORD = "oil-air bearing 22 K"


def basic(email: str, password: str) -> APIClient:
    return APIClient(headers={"authorization": "Basic " + b64encode(f"{email}:{password}".encode()).decode()})


def test_a_session_needs_the_csrf_token_to_write(enterprise_manager: User, need_body: dict[str, object]) -> None:
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(enterprise_manager)

    refused = client.post("/api/v1/needs/", need_body)

    assert (refused.status_code, refused["Content-Type"]) == (403, "application/problem+json")
    assert refused.json()["detail"].startswith("CSRF Failed")
    assert Need.objects.count() == 0
    assert client.get("/api/v1/needs/").status_code == 200


def test_a_program_writes_with_address_and_password(enterprise_manager: User, need_body: dict[str, object]) -> None:
    enterprise_manager.set_password(PASSWORD)
    enterprise_manager.save()

    answer = basic(enterprise_manager.email, PASSWORD).post("/api/v1/needs/", need_body)

    assert (answer.status_code, answer.json()["status"]) == (201, "draft")


@pytest.mark.parametrize(("email", "password"), [("no@tenon.example", "x"), ("a\x00b", "x"), ("", ""), ("x", "a\x00b")])
@pytest.mark.django_db
def test_wrong_credentials_are_401(email: str, password: str) -> None:
    answer = basic(email, password).get("/api/v1/needs/")

    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")


@pytest.mark.django_db
def test_wrong_credentials_are_told_by_the_names_that_the_log_in_uses() -> None:
    answer = basic("no@tenon.example", "x").get("/api/v1/needs/", headers={"accept-language": "en"})

    assert answer.json()["detail"] == "Invalid e-mail address or password."


def test_me_says_who_asks_and_for_whom(
    client_of: ClientOf, enterprise_manager: User, enterprise: Organization, supervisor: User
) -> None:
    manager = client_of(enterprise_manager).get("/api/v1/me/").json()
    overseer = client_of(supervisor).get("/api/v1/me/").json()

    assert (manager["email"], manager["roles"]) == (enterprise_manager.email, ["enterprise", "member"])
    assert [(each["organization"]["uscc"], each["role"]) for each in manager["memberships"]] == [
        (enterprise.uscc, "manager")
    ]
    assert (manager["offices"], overseer["memberships"]) == ([], [])
    assert [(each["kind"], each["region"], each["chain"]) for each in overseer["offices"]] == [
        ("supervisor", None, None)
    ]


def test_an_inactive_user_is_nobody(client_of: ClientOf, enterprise_manager: User) -> None:
    client = client_of(enterprise_manager)
    enterprise_manager.is_active = False
    enterprise_manager.save()

    assert client.get("/api/v1/me/").status_code == 401


def test_classifications_and_organizations_are_public(
    client_of: ClientOf, visitor: AnonymousUser, university: Organization
) -> None:
    factories.ContractTypeFactory.create()
    source, target = factories.ChainNodeFactory.create_batch(2)
    source.feeds.add(target)
    client = client_of(visitor)

    chain = client.get("/api/v1/chains/").json()[0]

    assert chain["links"] == [{"source": source.code, "target": target.code}]
    assert {node["code"] for node in chain["nodes"]} == {source.code, target.code}
    assert [each["code"] for each in client.get("/api/v1/contract-types/").json()] == ["development"]
    assert [each["code"] for each in client.get("/api/v1/regions/").json()] == [university.region.code]
    assert (client.get("/api/v1/industries/").json(), client.get("/api/v1/stages/").json()) == ([], [])
    found = client.get("/api/v1/organizations/", {"q": university.name_en, "kind": "university"}).json()["results"]
    assert [each["uscc"] for each in found] == [university.uscc]
    assert client.get("/api/v1/organizations/", {"kind": "broker"}).json()["results"] == []
    assert client.get(f"/api/v1/organizations/{university.pk}/").json()["name_zh"] == university.name_zh
