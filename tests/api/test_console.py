"""Glossary and rules over REST: the same use cases as the pages."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from jobs import services as jobs
from matching.models import GlossaryTerm, RankerVersion, Rule
from tests.api.conftest import ClientOf
from tests.factories import ChainFactory, GlossaryTermFactory, MatchFactory, RankerVersionFactory, RuleFactory

RULE = {"title": "Mature ones", "field": "trl", "operator": "at_least", "value": "7", "effect": "promote"}


def test_terms_are_read_and_written_by_administrators(client_of: ClientOf, administrator: User) -> None:
    ChainFactory.create(code="cnc")
    client = client_of(administrator)

    made = client.post("/api/v1/glossary/", {"zh": "主轴", "en": ["spindle"], "chain": "cnc"})
    address = f"/api/v1/glossary/{made.json()['id']}/"
    changed = client.patch(address, {"en": ["main spindle"], "version": 1})
    stale = client.patch(address, {"en": ["x"], "version": 1})
    unversioned = client.patch(address, {"en": ["x"]})
    listed = client.get("/api/v1/glossary/", {"q": "MAIN"}).json()["results"]
    removed = client.post(f"{address}remove/", {"version": 2})

    assert (made.status_code, changed.json()["en"], stale.status_code) == (201, ["main spindle"], 409)
    assert (unversioned.status_code, removed.status_code) == (400, 204)
    assert [(each["zh"], each["chain"]) for each in listed] == [("主轴", "cnc")]
    assert not GlossaryTerm.objects.exists()


def test_a_rule_is_written_tried_and_put_into_force(client_of: ClientOf, administrator: User) -> None:
    client = client_of(administrator)

    made = client.post("/api/v1/rules/", RULE).json()
    address = f"/api/v1/rules/{made['id']}/"
    job = client.post(f"{address}try/", {"version": 1}).json()
    jobs.run(job["id"])
    tried = client.get(address).json()
    enacted = client.post(f"{address}actions/enact/", {"version": tried["version"]}).json()

    assert (made["status"], made["chain"], tried["status"]) == ("draft", None, "trialled")
    assert tried["trial"]["needs"] == 0
    assert {each["action"] for each in tried["actions"]} >= {"enact", "retire"}
    assert enacted["status"] == "in_force"


def test_bad_rules_are_told_by_field(client_of: ClientOf, administrator: User) -> None:
    client = client_of(administrator)

    answers: list[dict[str, Any]] = [{"value": "x"}, {"operator": "same"}, {"chain": "nowhere"}, {"status": "in_force"}]
    refused = [client.post("/api/v1/rules/", RULE | wrong) for wrong in answers]

    assert [answer.status_code for answer in refused] == [400] * 4
    assert not Rule.objects.exists()


def test_others_find_nothing(client_of: ClientOf, enterprise_manager: User) -> None:
    rule, term = RuleFactory.create(), GlossaryTermFactory.create()
    client = client_of(enterprise_manager)

    found = [
        client.get(f"/api/v1/{path}").status_code
        for path in ("rules/", "glossary/", f"rules/{rule.pk}/", f"glossary/{term.pk}/")
    ]

    assert set(found) <= {403, 404}
    assert client.post("/api/v1/rules/", RULE).status_code in {403, 404}


def test_three_rules_cost_as_much_as_one(client_of: ClientOf, administrator: User) -> None:
    client = client_of(administrator)
    counts = []
    for number in (1, 2):
        RuleFactory.create_batch(number)
        client.get("/api/v1/rules/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/api/v1/rules/")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_rankers_are_read_and_rolled_back(client_of: ClientOf, administrator: User) -> None:
    former = RankerVersionFactory.create(status="retired")
    RankerVersionFactory.create(status="promoted")
    client = client_of(administrator)

    listed = client.get("/api/v1/rankers/").json()["results"]
    restored = client.post(f"/api/v1/rankers/{former.pk}/actions/restore/", {"version": 1}).json()

    assert {each["status"] for each in listed} == {"retired", "promoted"}
    assert "dump" not in listed[0]
    assert listed[0]["comparison"]["candidate"] == 0.8
    assert restored["status"] == "promoted"
    assert RankerVersion.objects.serving().get() == former


def test_learning_and_exposure_are_the_administrators(
    client_of: ClientOf, administrator: User, enterprise_manager: User
) -> None:
    MatchFactory.create()
    client, other = client_of(administrator), client_of(enterprise_manager)

    job = client.post("/api/v1/learn/")
    shown = client.get("/api/v1/exposure/").json()
    refused = [other.post("/api/v1/learn/").status_code, other.get("/api/v1/exposure/").status_code]

    assert (job.status_code, job.json()["kind"]) == (202, "matching.learn")
    assert [(each["achievements"], each["first"]) for each in shown["kind"]] == [(1, 1.0)]
    assert set(refused) <= {403, 404}
