"""Imports over REST: send a file, watch its job, read its rows, publish."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from accounts.models import Organization, User
from information.models import Import, Need
from jobs import services as jobs
from jobs.models import Job
from tests import factories
from tests.api.conftest import ClientOf

GOOD = '{"external_id": "N-1", "type": "development", "title_en": "Spindle", "problem_en": "It heats up."}\n'
BAD = '{"external_id": "N-2", "type": "development", "title_en": "Gear", "problem_en": "Noise.", "trl_current": -5}\n'


@pytest.fixture(autouse=True)
def contract_type(db: None) -> None:
    factories.ContractTypeFactory.create()


def upload(
    client: Any, owner: Organization, content: bytes | str, name: str = "needs.jsonl", fields: Any = None
) -> Any:
    raw = content.encode() if isinstance(content, str) else content
    body = {"file": SimpleUploadedFile(name, raw), "kind": "need", "owner": owner.pk} | (fields or {})
    return client.post("/api/v1/imports/", body, format="multipart")


def test_a_file_becomes_posts_that_an_administrator_publishes(
    client_of: ClientOf, enterprise_manager: User, enterprise: Organization, administrator: User
) -> None:
    client, judge = client_of(enterprise_manager), client_of(administrator)

    accepted = upload(client, enterprise, GOOD + BAD)
    jobs.run(accepted.json()["job"]["id"])
    address = f"/api/v1/imports/{accepted.json()['id']}/"
    done = client.get(address).json()
    failed = client.get(f"{address}rows/?outcome=failed").json()["results"]
    publishing = judge.post(f"{address}publish/")
    jobs.run(publishing.json()["id"])

    assert (accepted.status_code, publishing.status_code) == (202, 202)
    assert (done["job"]["running"], done["job"]["percent"], done["job"]["failure"]) == (False, 100, "")
    assert [(row["line"], row["outcome"], row["field"]) for row in failed] == [(2, "failed", "trl_current")]
    assert [(need.title_en, need.status) for need in Need.objects.all()] == [("Spindle", "published")]


def test_an_import_belongs_to_its_organization(
    client_of: ClientOf, enterprise_manager: User, enterprise: Organization, outsider: User
) -> None:
    sent = upload(client_of(enterprise_manager), enterprise, GOOD).json()
    stranger = client_of(outsider)

    answers = [stranger.get(f"/api/v1/imports/{sent['id']}/{rest}") for rest in ("", "rows/")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert stranger.get("/api/v1/imports/").json()["results"] == []
    assert stranger.post(f"/api/v1/imports/{sent['id']}/publish/").status_code == 404


def test_nobody_imports_for_another_organization(client_of: ClientOf, outsider: User, enterprise: Organization) -> None:
    refused = upload(client_of(outsider), enterprise, GOOD)

    assert (refused.status_code, Import.objects.count()) == (403, 0)


@pytest.mark.parametrize(
    ("content", "name", "fields"),
    [
        (b"", "needs.jsonl", {}),
        (b"\x00\x01", "needs.jsonl", {}),
        (b"\xff\xfe\xff", "needs.jsonl", {}),
        ("温升".encode("gb18030"), "needs.csv", {}),
        ("nonsense,columns\n1,2\n", "needs.csv", {}),
        ("[1]\n", "needs.jsonl", {}),
        (GOOD, "needs.exe", {}),
        (GOOD, "needs.jsonl", {"kind": "resource"}),
        (GOOD, "needs.jsonl", {"encoding": "utf-7"}),
        (GOOD, "needs.jsonl", {"owner": "x"}),
        (GOOD, "needs.jsonl", {"owner": 10**30}),
        (GOOD, "needs.jsonl", {"submit": "perhaps"}),
        (GOOD, "needs.jsonl", {"nonsense": "1"}),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_leaves_nothing(
    client_of: ClientOf,
    enterprise_manager: User,
    enterprise: Organization,
    content: bytes | str,
    name: str,
    fields: dict[str, Any],
) -> None:
    refused = upload(client_of(enterprise_manager), enterprise, content, name, fields)

    assert (refused.status_code, refused["Content-Type"]) == (400, "application/problem+json")
    assert (Import.objects.count(), Job.objects.count()) == (0, 0)


def test_a_file_over_the_limit_is_413(
    client_of: ClientOf, enterprise_manager: User, enterprise: Organization, settings: Settings
) -> None:
    client = client_of(enterprise_manager)
    settings.LARGEST_UPLOAD = 1000

    little_over = upload(client, enterprise, "x" * 1001)
    far_over = upload(client, enterprise, "x" * 100_000)

    assert [answer.status_code for answer in (little_over, far_over)] == [413, 413]
    assert {answer.json()["type"] for answer in (little_over, far_over)} == {"about:blank#too-large"}
    assert Import.objects.count() == 0


def test_an_import_without_a_file_or_in_another_form_is_refused(
    client_of: ClientOf, enterprise_manager: User, enterprise: Organization
) -> None:
    client = client_of(enterprise_manager)

    without = client.post("/api/v1/imports/", {"kind": "need", "owner": enterprise.pk}, format="multipart")
    text = client.post("/api/v1/imports/", {"kind": "need", "owner": enterprise.pk, "file": "x"}, format="multipart")
    other = client.post("/api/v1/imports/", {"kind": "need"}, format="json")

    assert [answer.status_code for answer in (without, text, other)] == [400, 400, 415]
    assert (list(without.json()["errors"]), list(text.json()["errors"])) == (["file"], ["file"])
