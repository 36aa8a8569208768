"""Whatever arrives as a body, an address or a move, the answer is a clear problem and nothing is kept."""

import json
from typing import Any

import pytest

from accounts.models import Organization, User
from information.models import Need
from journal.models import Entry
from tests import factories
from tests.api.conftest import ClientOf

MARKUP = "<img src=x onerror=alert(1)>"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b"{\xff\xfe}",
        '{"title_en": "x"}'.encode("utf-16"),
        b'{"trl_current": NaN}',
        b'{"budget_min": -Infinity}',
        b'{"trl_current": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        b'{"targets": ' + b"[" * 50 + b"]" * 50 + b"}",
    ],
    ids=range(12),
)
def test_a_body_that_is_no_json_object_is_refused(client_of: ClientOf, enterprise_manager: User, body: bytes) -> None:
    answer = client_of(enterprise_manager).post("/api/v1/needs/", body, content_type="application/json")

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["type"] == "about:blank#bad-input"
    assert Need.objects.count() == 0


def test_a_body_over_the_limit_is_413(client_of: ClientOf, enterprise_manager: User, need_body: dict[str, Any]) -> None:
    body = json.dumps(need_body | {"problem_en": "x" * 1024 * 1024})

    answer = client_of(enterprise_manager).post("/api/v1/needs/", body, content_type="application/json")

    assert (answer.status_code, answer.json()["type"]) == (413, "about:blank#too-large")
    assert Need.objects.count() == 0


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_another_content_type_is_415(client_of: ClientOf, enterprise_manager: User, kind: str) -> None:
    answer = client_of(enterprise_manager).post("/api/v1/needs/", b"a=1", content_type=kind)

    assert (answer.status_code, answer.json()["type"]) == (415, "about:blank#unsupported-media-type")


def test_other_methods_are_405_and_other_forms_of_answer_406(
    client_of: ClientOf, enterprise_manager: User, need: Need
) -> None:
    client, address = client_of(enterprise_manager), f"/api/v1/needs/{need.public_id}/"

    methods = [client.put(address, {}), client.delete(address), client.options(address), client.put("/api/v1/needs/")]
    forms = client.get(address, headers={"accept": "text/html"})

    assert [answer.status_code for answer in methods] == [405] * 4
    assert {answer.json()["type"] for answer in methods} == {"about:blank#method-not-allowed"}
    assert (forms.status_code, forms.json()["type"]) == (406, "about:blank#not-acceptable")


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/needs/?page=-1",
        "/api/v1/needs/?page=2",
        "/api/v1/needs/?page_size=abc",
        "/api/v1/needs/?page_size=0",
        "/api/v1/needs/?page_size=-1",
        "/api/v1/needs/?page_size=101",
        "/api/v1/needs/?page_size=99999999999999999999",
        "/api/v1/needs/?cursor=garbage",
        "/api/v1/needs/?cursor=cD0tMQ==",
        "/api/v1/needs/?cursor=",
        "/api/v1/needs/?nonsense=1",
        "/api/v1/needs/?status=nonsense",
        "/api/v1/needs/?owner=abc",
        "/api/v1/needs/?owner=99999999999999999999999",
        "/api/v1/needs/?q=" + "x" * 101,
        "/api/v1/needs/?q=%00",
        "/api/v1/matches/?need=%00",
        "/api/v1/regions/?page=-1",
        "/api/v1/me/?page=-1",
    ],
)
def test_an_address_that_means_nothing_is_400(client_of: ClientOf, enterprise_manager: User, address: str) -> None:
    answer = client_of(enterprise_manager).get(address)

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert len(answer.json()["errors"]) == 1


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/needs/nonsense!/",
        "/api/v1/needs/zzzzzzzzzz/",
        "/api/v1/needs/%00/",
        "/api/v1/matches/0/",
        "/api/v1/matches/-1/",
        "/api/v1/matches/99999999999999999999999/",
        "/api/v1/jobs/abc/",
        "/api/v1/nothing/",
    ],
)
def test_an_address_without_anything_behind_it_is_404(
    client_of: ClientOf, enterprise_manager: User, address: str
) -> None:
    answer = client_of(enterprise_manager).get(address)

    assert answer.status_code in ({400} if "%00" in address else {404})
    assert answer["Content-Type"] == "application/problem+json"


def test_a_cursor_of_another_list_is_400(
    client_of: ClientOf, enterprise_manager: User, enterprise: Organization
) -> None:
    factories.NeedFactory.create_batch(2, owner=enterprise)
    client = client_of(enterprise_manager)
    cursor = client.get("/api/v1/needs/?page_size=1").json()["next"].split("cursor=")[1].split("&")[0]

    answer = client.get(f"/api/v1/matches/?cursor={cursor}")

    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["cursor"])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("version", "x"),
        ("version", None),
        ("version", 1.5),
        ("version", 10**40),
        ("reason", "nonsense"),
        ("reason", ["unclear"]),
        ("note", ""),
        ("note", MARKUP),
        ("note", "a\x00b"),
        ("note", "x" * 2001),
        ("nonsense", 1),
    ],
)
def test_a_move_takes_nothing_but_its_answers(client_of: ClientOf, administrator: User, field: str, value: Any) -> None:
    post = factories.NeedFactory.create(status="submitted")
    answers = {"version": 1, "reason": "unclear", "note": "Say more.", field: value}

    refused = client_of(administrator).post(f"/api/v1/needs/{post.public_id}/actions/return/", answers)

    assert (refused.status_code, list(refused.json()["errors"])) == (400, [field])
    post.refresh_from_db()
    assert (post.status, post.version, Entry.objects.count()) == ("submitted", 1, 0)
