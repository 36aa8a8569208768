"""Organizations: registered by anybody, verified by an administrator, publishing nothing before."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import Organization, User
from accounts.services import organizations as services
from information import services as posts
from journal.errors import BadInput, NotAllowed
from notifications.models import Notice
from tests import factories


@pytest.fixture
def body() -> dict[str, Any]:
    return {
        "kind": "enterprise",
        "name_zh": "新锐机床有限公司",
        "name_en": "",
        "uscc": factories.uscc(77),
        "region": factories.RegionFactory.create().pk,
        "about_zh": "",
        "about_en": "",
    }


def test_somebody_registers_an_organization_and_becomes_its_manager(english: Client, body: dict[str, Any]) -> None:
    person = factories.UserFactory.create()
    english.force_login(person)

    answer = english.post("/organizations/new/", body)

    made = Organization.objects.get(uscc=body["uscc"])
    assert answer["Location"] == made.get_absolute_url()
    assert made.status == "unverified"
    assert User.objects.get(pk=person.pk).standing.represents == {made.pk}
    assert "Not verified yet" in english.get(made.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"uscc": "91350100M000100Y44"}, "uscc"),
        ({"uscc": ""}, "uscc"),
        ({"name_zh": ""}, "name_zh"),
        ({"kind": "ministry"}, "kind"),
        ({"region": "0"}, "region"),
    ],
)
def test_a_faulty_registration_is_told_beside_the_field(
    english: Client, body: dict[str, Any], change: dict[str, str], field: str
) -> None:
    english.force_login(factories.UserFactory.create())

    answer = english.post("/organizations/new/", body | change)

    assert answer.status_code == 400
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not Organization.objects.exists()


def test_a_code_is_registered_once(english: Client, body: dict[str, Any], enterprise: Organization) -> None:
    english.force_login(factories.UserFactory.create())

    answer = english.post("/organizations/new/", body | {"uscc": enterprise.uscc})

    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("91350100M000100Y43", "The code is well formed."),
        ("91350100m000100y43", "The code is well formed."),
        ("91350100M000100Y44", "one character is mistyped"),
        ("9135", "has 18 characters"),
        ("<b>", "has 18 characters"),
        ("", ""),
    ],
)
def test_a_code_is_checked_as_it_is_typed(english: Client, typed: str, said: str) -> None:
    english.force_login(factories.UserFactory.create())

    page = english.get("/organizations/uscc/", {"uscc": typed}).content.decode()

    assert said in page
    assert bool(page.strip()) == bool(typed)


def test_an_administrator_verifies_what_was_submitted_and_the_manager_hears_of_it(
    administrator: User, deliver_news: Callable[[], int]
) -> None:
    organization = factories.OrganizationFactory.create(status="unverified")
    manager = factories.member(organization)

    services.submit(organization, by=manager, version=organization.version)
    services.verify(organization, by=administrator, version=organization.version)
    deliver_news()

    assert Organization.objects.get(pk=organization.pk).status == "verified"
    assert set(Notice.objects.values_list("recipient", "kind")) == {
        (administrator.pk, "organization.submitted"),
        (manager.pk, "organization.verified"),
    }


def test_nothing_of_an_unverified_organization_is_published(administrator: User) -> None:
    organization = factories.OrganizationFactory.create(status="unverified")
    need = factories.NeedFactory.create(owner=organization, status="submitted")

    with pytest.raises(NotAllowed) as refusal:
        posts.publish(need, by=administrator, version=need.version)

    assert str(refusal.value)
    organization.status = "verified"
    organization.save()
    posts.publish(type(need).objects.get(pk=need.pk), by=administrator, version=need.version)


def test_an_administrator_who_has_an_interest_does_not_judge(administrator: User) -> None:
    organization = factories.OrganizationFactory.create(status="submitted")
    factories.member(organization)
    administrator.memberships.create(organization=organization, role="contributor")

    with pytest.raises(NotAllowed):
        services.verify(organization, by=User.objects.get(pk=administrator.pk), version=organization.version)


def test_what_was_verified_stays_and_the_description_may_change(
    enterprise: Organization, enterprise_manager: User
) -> None:
    with pytest.raises(BadInput) as refusal:
        services.describe(enterprise, {"name_zh": "别的公司"}, by=enterprise_manager, version=enterprise.version)
    services.describe(enterprise, {"about_zh": "生产机床。"}, by=enterprise_manager, version=enterprise.version)

    stored = Organization.objects.get(pk=enterprise.pk)
    assert list(refusal.value.fields) == ["name_zh"]
    assert (stored.about_zh, stored.name_zh, stored.version) == (
        "生产机床。",
        enterprise.name_zh,
        enterprise.version + 1,
    )


def test_organizations_to_verify_stand_in_the_queue(english: Client, administrator: User) -> None:
    waiting = factories.OrganizationFactory.create(status="submitted")
    english.force_login(administrator)

    page = english.get("/review/").content.decode()

    assert "Organizations to verify" in page
    assert waiting.name_en in page


def test_one_that_is_not_verified_is_its_members_own_affair(english: Client, outsider: User) -> None:
    organization = factories.OrganizationFactory.create(status="unverified")
    member = factories.member(organization)

    seen = {}
    for person in (None, outsider, member):
        english.logout()
        if person:
            english.force_login(person)
        seen[person] = english.get(organization.get_absolute_url()).status_code

    assert seen == {None: 404, outsider: 404, member: 200}
