"""Needs and achievements from draft to withdrawal over REST."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import Organization, User
from information.models import Achievement, Need
from journal.models import Entry
from tests import factories
from tests.api.conftest import ClientOf


def move(client: Any, need: dict[str, Any], action: str, **answers: Any) -> Any:
    return client.post(f"/api/v1/needs/{need['public_id']}/actions/{action}/", {"version": need["version"], **answers})


def test_a_need_goes_from_draft_to_withdrawn(
    client_of: ClientOf, enterprise_manager: User, administrator: User, need_body: dict[str, Any]
) -> None:
    manager, judge = client_of(enterprise_manager), client_of(administrator)

    draft = manager.post("/api/v1/needs/", need_body).json()
    submitted = move(manager, draft, "submit").json()
    returned = move(judge, submitted, "return", reason="no_figures", note="Give the test method.").json()
    edited = manager.patch(
        f"/api/v1/needs/{draft['public_id']}/", {"version": returned["version"], "title_en": "Cool spindle"}
    ).json()
    again = move(manager, edited, "submit").json()
    published = move(judge, again, "publish").json()
    withdrawn = move(manager, published, "withdraw", reason="solved").json()

    steps = (draft, submitted, returned, edited, again, published, withdrawn)
    assert [step["status"] for step in steps] == [
        "draft", "submitted", "returned", "returned", "submitted", "published", "withdrawn",
    ]  # fmt: skip
    assert [step["version"] for step in steps] == [1, 2, 3, 4, 5, 6, 7]
    assert withdrawn["title_en"] == "Cool spindle"
    need = Need.objects.get(public_id=draft["public_id"])
    assert list(Entry.objects.filter(stream=f"information.need:{need.pk}").values_list("name", flat=True)) == [
        f"information.need.{word}"
        for word in ("drafted", "submitted", "returned", "edited", "submitted", "published", "withdrawn")
    ]


def test_what_is_sent_comes_back(
    client_of: ClientOf, enterprise_manager: User, university_manager: User, need_body: Any, achievement_body: Any
) -> None:
    need = client_of(enterprise_manager).post("/api/v1/needs/", need_body).json()
    achievement = client_of(university_manager).post("/api/v1/achievements/", achievement_body).json()

    assert {name: need[name] for name in need_body} == need_body
    assert {name: achievement[name] for name in achievement_body} == achievement_body


def test_an_answer_lists_the_moves_that_the_asker_may_make(
    client_of: ClientOf, administrator: User, enterprise_manager: User, enterprise: Organization
) -> None:
    need = factories.NeedFactory.create(owner=enterprise, status="submitted")

    for_judge = client_of(administrator).get(f"/api/v1/needs/{need.public_id}/").json()
    for_owner = client_of(enterprise_manager).get(f"/api/v1/needs/{need.public_id}/").json()

    assert [action["action"] for action in for_judge["actions"]] == ["publish", "return", "reject"]
    assert for_judge["actions"][1] == {
        "action": "return",
        "label": "Return for changes",
        "to": "returned",
        "reasons": [
            {"value": "unclear", "label": "The text is unclear"},
            {"value": "no_figures", "label": "Figures, units or test methods are missing"},
            {"value": "rights", "label": "Ownership or confidentiality is unsettled"},
            {"value": "other", "label": "Something else"},
        ],
        "note": "required",
    }
    assert for_owner["actions"] == []


def test_a_stranger_gets_404_for_a_draft_whatever_he_tries(client_of: ClientOf, outsider: User) -> None:
    draft = factories.NeedFactory.create(status="draft")
    client, address = client_of(outsider), f"/api/v1/needs/{draft.public_id}/"

    answers = [
        client.get(address),
        client.patch(address, {"version": 1, "title_en": "Mine now"}),
        client.post(f"{address}actions/submit/", {"version": 1}),
        client.post(f"{address}actions/publish/", {"version": 1}),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert {answer["Content-Type"] for answer in answers} == {"application/problem+json"}
    draft.refresh_from_db()
    assert (draft.status, draft.version) == ("draft", 1)


def test_a_visitor_reads_public_posts_and_is_asked_to_log_in_for_the_rest(
    client_of: ClientOf, visitor: AnonymousUser, need: Need
) -> None:
    client = client_of(visitor)

    assert client.get(f"/api/v1/needs/{need.public_id}/").json()["title_en"] == need.title_en
    for refused in (client.post("/api/v1/needs/", {}), client.get("/api/v1/contracts/"), client.get("/api/v1/me/")):
        assert refused.status_code == 401
        assert refused["WWW-Authenticate"] == 'Bearer realm="Tenon"'
        assert refused.json()["type"] == "about:blank#not-authenticated"


def test_a_post_for_members_is_404_for_visitors(client_of: ClientOf, visitor: AnonymousUser, outsider: User) -> None:
    post = factories.NeedFactory.create(status="published", visibility="members")

    assert client_of(visitor).get(f"/api/v1/needs/{post.public_id}/").status_code == 404
    assert client_of(outsider).get(f"/api/v1/needs/{post.public_id}/").json()["status"] == "published"


def test_a_contributor_may_write_but_not_submit(
    client_of: ClientOf, enterprise_contributor: User, need_body: dict[str, Any]
) -> None:
    client = client_of(enterprise_contributor)
    draft = client.post("/api/v1/needs/", need_body).json()

    refused = move(client, draft, "submit")

    assert refused.status_code == 403
    assert refused.json()["type"] == "about:blank#not-allowed"
    assert "manager" in refused.json()["detail"]
    assert Need.objects.get().status == "draft"


def test_nobody_posts_for_an_organization_that_he_does_not_work_for(
    client_of: ClientOf, outsider: User, need_body: dict[str, Any]
) -> None:
    refused = client_of(outsider).post("/api/v1/needs/", need_body)

    assert refused.status_code == 403
    assert Need.objects.count() == 0


def test_a_stale_version_is_a_conflict_and_changes_nothing(
    client_of: ClientOf, enterprise_manager: User, enterprise: Organization
) -> None:
    draft = factories.NeedFactory.create(owner=enterprise, title_en="As it was", version=3)
    client, address = client_of(enterprise_manager), f"/api/v1/needs/{draft.public_id}/"

    answers = [
        client.patch(address, {"version": 2, "title_en": "Late"}),
        client.post(f"{address}actions/submit/", {"version": 2}),
    ]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert {answer.json()["type"] for answer in answers} == {"about:blank#stale-version"}
    draft.refresh_from_db()
    assert (draft.title_en, draft.status, draft.version) == ("As it was", "draft", 3)


def test_a_move_that_the_state_does_not_have_is_a_conflict(
    client_of: ClientOf, administrator: User, need: Need
) -> None:
    refused = client_of(administrator).post(f"/api/v1/needs/{need.public_id}/actions/publish/", {"version": 1})

    assert (refused.status_code, refused.json()["type"]) == (409, "about:blank#illegal-move")
    assert Entry.objects.count() == 0


def test_submitting_without_a_text_names_what_is_missing(
    client_of: ClientOf, enterprise_manager: User, enterprise: Organization
) -> None:
    draft = factories.NeedFactory.create(owner=enterprise, problem_zh="", problem_en="")

    refused = client_of(enterprise_manager).post(f"/api/v1/needs/{draft.public_id}/actions/submit/", {"version": 1})

    assert (refused.status_code, refused.json()["type"]) == (409, "about:blank#not-ready")
    assert list(refused.json()["errors"]) == ["problem_zh"]


@pytest.mark.parametrize("body", [{}, {"title_en": "x"}, {"version": None}, {"version": 0}, {"version": 10**30}])
def test_a_change_without_a_sensible_version_is_refused(
    client_of: ClientOf, enterprise_manager: User, enterprise: Organization, body: dict[str, Any]
) -> None:
    draft = factories.NeedFactory.create(owner=enterprise)

    refused = client_of(enterprise_manager).patch(f"/api/v1/needs/{draft.public_id}/", body)

    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["version"])


def test_a_published_post_cannot_be_edited(client_of: ClientOf, enterprise_manager: User, need: Need) -> None:
    refused = client_of(enterprise_manager).patch(f"/api/v1/needs/{need.public_id}/", {"version": 1, "title_en": "New"})

    assert refused.status_code == 403
    assert Need.objects.get().title_en == need.title_en


@pytest.mark.parametrize("name", ["status", "revision", "published_at", "public_id", "actions", "created_by", "odd"])
def test_a_field_that_nobody_sets_is_refused_not_ignored(
    client_of: ClientOf, enterprise_manager: User, need_body: dict[str, Any], name: str
) -> None:
    refused = client_of(enterprise_manager).post("/api/v1/needs/", {**need_body, name: "published"})

    assert (refused.status_code, list(refused.json()["errors"])) == (400, [name])
    assert Need.objects.count() == 0


def test_the_owner_of_a_post_is_set_once(
    client_of: ClientOf, enterprise_manager: User, enterprise: Organization
) -> None:
    draft = factories.NeedFactory.create(owner=enterprise)

    refused = client_of(enterprise_manager).patch(
        f"/api/v1/needs/{draft.public_id}/", {"version": 1, "owner": factories.OrganizationFactory.create().pk}
    )

    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["owner"])


def test_a_rule_between_fields_names_the_field(
    client_of: ClientOf, enterprise_manager: User, need_body: dict[str, Any]
) -> None:
    refused = client_of(enterprise_manager).post("/api/v1/needs/", need_body | {"budget_max": "5.00"})

    assert refused.status_code == 400
    assert refused.json()["errors"] == {"budget_max": ["The upper end of the budget lies below its lower end."]}


def test_the_same_external_id_twice_is_refused(
    client_of: ClientOf, university_manager: User, achievement_body: dict[str, Any]
) -> None:
    client = client_of(university_manager)
    client.post("/api/v1/achievements/", achievement_body)

    refused = client.post("/api/v1/achievements/", achievement_body)

    assert refused.status_code == 400
    assert Achievement.objects.count() == 1


def test_the_list_is_narrowed_by_words_owner_and_state(
    client_of: ClientOf, enterprise_manager: User, enterprise: Organization
) -> None:
    spindle = factories.NeedFactory.create(status="published", title_en="High-speed spindle", keywords_en=["cooling"])
    draft = factories.NeedFactory.create(owner=enterprise, title_en="Draft gear")
    client = client_of(enterprise_manager)

    def listed(**parameters: Any) -> set[str]:
        return {need["public_id"] for need in client.get("/api/v1/needs/", parameters).json()["results"]}

    assert listed() == {spindle.public_id, draft.public_id}
    assert listed(q="SPINDLE cooling") == {spindle.public_id}
    assert listed(q="spindle gear") == set()
    assert listed(q="100%") == set()
    assert listed(owner=spindle.owner_id) == {spindle.public_id}
    assert listed(status="draft") == {draft.public_id}
    assert listed(status="mine") == {draft.public_id}
