"""Matches over REST: from a suggestion to a contract that a party gives up."""

from collections.abc import Callable
from typing import Any

from accounts.models import User
from contracts.models import Contract
from information.models import Achievement, Need
from jobs.models import Job
from matching.models import Match
from tests import factories
from tests.api.conftest import ClientOf


def move(client: Any, match: Match, action: str, **answers: Any) -> Any:
    match.refresh_from_db()
    return client.post(f"/api/v1/matches/{match.pk}/actions/{action}/", {"version": match.version, **answers})


def test_two_interested_sides_and_an_administrator_open_a_contract(
    client_of: ClientOf,
    enterprise_manager: User,
    university_manager: User,
    administrator: User,
    match: Match,
    deliver_news: Callable[[], int],
) -> None:
    client = client_of(enterprise_manager)

    one_sided = move(client, match, "express_interest").json()
    mutual = move(client_of(university_manager), match, "express_interest").json()
    approved = move(client_of(administrator), match, "approve").json()
    deliver_news()
    contract = client.get("/api/v1/contracts/").json()["results"][0]
    case = client.get("/api/v1/cases/").json()["results"][0]
    withdrawn = client.post(
        f"/api/v1/contracts/{contract['id']}/actions/withdraw/", {"version": contract["version"], "reason": "terms"}
    ).json()

    assert [answer["status"] for answer in (one_sided, mutual, approved)] == ["one_sided", "mutual", "approved"]
    assert (contract["match"], contract["status"]) == (match.pk, "drafting")
    assert [action["action"] for action in contract["actions"]] == ["negotiate", "withdraw"]
    assert (case["match"], case["stage"]) == (match.pk, "drafting")
    assert withdrawn["status"] == "withdrawn"
    assert Contract.objects.get().status == "withdrawn"


def test_a_match_says_what_it_is_made_of(client_of: ClientOf, university_manager: User, match: Match) -> None:
    match.sub_scores, match.matched_terms = {"text": 0.5}, ["spindle"]
    match.requirements = [{"target": 0, "verdict": "met", "benefit": 0, "gap": None}]
    match.reasons = [{"code": "shared_terms", "params": {"count": 2}}]
    match.save()

    answer = client_of(university_manager).get(f"/api/v1/matches/{match.pk}/").json()

    assert answer["need"]["public_id"] == match.need.public_id
    assert (answer["score"], answer["sub_scores"], answer["matched_terms"]) == (0.75, {"text": 0.5}, ["spindle"])
    assert (answer["requirements"], answer["reasons"]) == (match.requirements, match.reasons)
    assert [action["action"] for action in answer["actions"]] == ["express_interest", "decline"]


def test_matches_are_listed_best_first_and_by_post(
    client_of: ClientOf, enterprise_manager: User, need: Need, achievement: Achievement
) -> None:
    first, second, third = (factories.MatchFactory.create(need=need, score=score).pk for score in (0.9, 0.8, 0.8))
    own = factories.MatchFactory.create(
        need=factories.NeedFactory.create(owner=need.owner, status="published"), achievement=achievement, score=0.85
    )
    client = client_of(enterprise_manager)

    def listed(**parameters: Any) -> list[int]:
        return [match["id"] for match in client.get("/api/v1/matches/", parameters).json()["results"]]

    assert listed() == [first, own.pk, second, third]
    assert listed(need=need.public_id) == [first, second, third]
    assert listed(achievement=achievement.public_id) == [own.pk]
    assert listed(status="mutual") == []


def test_nobody_else_knows_of_a_match(client_of: ClientOf, outsider: User, supervisor: User, match: Match) -> None:
    for stranger in (outsider, supervisor):
        client = client_of(stranger)
        assert client.get(f"/api/v1/matches/{match.pk}/").status_code == 404
        assert client.get("/api/v1/matches/").json()["results"] == []
    assert move(client_of(outsider), match, "decline", reason="field").status_code == 404
    match.refresh_from_db()
    assert match.status == "suggested"


def test_a_side_cannot_speak_twice(client_of: ClientOf, enterprise_manager: User, match: Match) -> None:
    client = client_of(enterprise_manager)
    move(client, match, "express_interest")

    refused = move(client, match, "express_interest")

    assert (refused.status_code, refused.json()["type"]) == (403, "about:blank#not-allowed")
    match.refresh_from_db()
    assert match.status == "one_sided"


def test_only_an_administrator_has_everything_scored_again(
    client_of: ClientOf, administrator: User, enterprise_manager: User
) -> None:
    refused = client_of(enterprise_manager).post("/api/v1/rematch/")
    accepted = client_of(administrator).post("/api/v1/rematch/")

    assert refused.status_code == 404
    assert accepted.status_code == 202
    assert Job.objects.get().pk == accepted.json()["id"]
    assert (accepted.json()["kind"], accepted.json()["running"]) == ("matching.rematch", True)


def test_a_job_is_seen_by_its_owner_and_by_administrators(
    client_of: ClientOf, administrator: User, outsider: User
) -> None:
    owner = factories.administrator()
    started = client_of(owner).post("/api/v1/rematch/").json()
    address = f"/api/v1/jobs/{started['id']}/"

    assert client_of(owner).get(address).json() == started
    assert client_of(administrator).get(address).json() == started
    assert client_of(outsider).get(address).status_code == 404
