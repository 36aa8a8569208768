"""Mandates of brokers and interests of those who judge."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Interest, Mandate, Membership, Organization, User
from accounts.services import ties
from information import services as posts
from information.models import Need
from journal.errors import BadInput, NotAllowed
from tests import factories


@pytest.fixture
def broker(db: None) -> Organization:
    return factories.OrganizationFactory.create(kind="broker")


@pytest.fixture
def agent(broker: Organization) -> User:
    return factories.member(broker)


def fresh(user: User) -> User:
    """The user as the next request will read it."""
    return User.objects.get(pk=user.pk)


def test_a_broker_writes_and_submits_for_who_gave_the_mandate_until_it_is_revoked(
    enterprise: Organization, enterprise_manager: User, broker: Organization, agent: User
) -> None:
    factories.ContractTypeFactory.create()
    mandate = ties.grant(enterprise, broker, ["posts"], through=None, by=enterprise_manager)

    draft = posts.draft(Need, factories.need_fields(), owner=enterprise, by=fresh(agent))
    posts.submit(draft, by=fresh(agent), version=draft.version)
    ties.revoke(mandate, by=enterprise_manager)

    with pytest.raises(NotAllowed):
        posts.draft(Need, factories.need_fields(), owner=enterprise, by=fresh(agent))
    assert Need.objects.get(pk=draft.pk).status == "submitted"
    assert not Need.objects.visible_to(fresh(agent)).filter(pk=draft.pk).exists()


def test_a_mandate_for_one_matter_is_none_for_another(
    enterprise: Organization, enterprise_manager: User, broker: Organization, agent: User
) -> None:
    factories.ContractTypeFactory.create()
    ties.grant(enterprise, broker, ["matches"], through=None, by=enterprise_manager)

    with pytest.raises(NotAllowed):
        posts.draft(Need, factories.need_fields(), owner=enterprise, by=fresh(agent))


def test_a_mandate_ends_with_its_last_day(
    enterprise: Organization, enterprise_manager: User, broker: Organization, agent: User
) -> None:
    today = timezone.localdate()
    mandate = ties.grant(enterprise, broker, ["posts"], through=today, by=enterprise_manager)
    during = fresh(agent).standing.mandated
    now = timezone.now()
    Mandate.objects.filter(pk=mandate.pk).update(since=now - timedelta(days=2), until=now - timedelta(minutes=1))

    assert during == {("posts", enterprise.pk)}
    assert fresh(agent).standing.mandated == frozenset()


def test_a_faulty_mandate_is_refused_by_field(
    enterprise: Organization, enterprise_manager: User, university: Organization
) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)

    with pytest.raises(BadInput) as refusal:
        ties.grant(enterprise, university, [], through=yesterday, by=enterprise_manager)

    assert set(refusal.value.fields) == {"broker", "matters", "through"}
    assert not Mandate.objects.exists()


def test_only_a_manager_grants(enterprise: Organization, enterprise_contributor: User, broker: Organization) -> None:
    with pytest.raises(NotAllowed):
        ties.grant(enterprise, broker, ["posts"], through=None, by=enterprise_contributor)


def test_a_mandate_is_given_and_revoked_on_the_page(
    english: Client, enterprise: Organization, enterprise_manager: User, broker: Organization
) -> None:
    english.force_login(enterprise_manager)
    address = f"/organizations/{enterprise.pk}/mandates/"

    faulty = english.post(address, {"broker": enterprise.pk})
    given = english.post(address, {"broker": broker.pk, "matters": ["posts", "matches"]})
    page = english.get(f"/organizations/{enterprise.pk}/members/").content.decode()
    english.post(f"/mandates/{Mandate.objects.get().pk}/revoke/")

    assert (faulty.status_code, given.status_code) == (400, 302)
    assert broker.name_en in page
    assert not Mandate.objects.current().exists()


def test_nobody_judges_where_he_declared_an_interest(administrator: User, need: Need, enterprise: Organization) -> None:
    submitted = factories.NeedFactory.create(owner=enterprise, status="submitted")
    interest = ties.declare_interest(enterprise, by=administrator)

    with pytest.raises(NotAllowed):
        posts.publish(submitted, by=fresh(administrator), version=submitted.version)
    ties.end_interest(interest, by=administrator)
    posts.publish(submitted, by=fresh(administrator), version=submitted.version)


@pytest.mark.parametrize(("ago", "counts"), [(timedelta(days=30), True), (timedelta(days=800), False)])
def test_a_membership_counts_two_years_beyond_its_end(
    administrator: User, enterprise: Organization, ago: timedelta, counts: bool
) -> None:
    end = timezone.now() - ago
    Membership.objects.create(
        user=administrator, organization=enterprise, role="manager", since=end - timedelta(days=9), until=end
    )

    standing = fresh(administrator).standing

    assert (enterprise.pk in standing.interests, enterprise.pk in standing.works_for) == (counts, False)


def test_a_floor_above_notes_an_interest_until_a_day(administrator: User, enterprise: Organization) -> None:
    ties.note_interest(administrator.pk, enterprise.pk, kind="contract", until=timezone.now() + timedelta(days=1))

    assert fresh(administrator).standing.interests == {enterprise.pk}


def test_interests_are_declared_on_the_page(english: Client, administrator: User, enterprise: Organization) -> None:
    english.force_login(administrator)

    unknown = english.post("/settings/interests/", {"uscc": factories.uscc(999_999)})
    known = english.post("/settings/interests/", {"uscc": enterprise.uscc.lower()})
    page = english.get("/settings/interests/").content.decode()
    english.post(f"/settings/interests/{Interest.objects.get().pk}/end/")

    assert (unknown.status_code, known.status_code) == (400, 302)
    assert enterprise.name_en in page
    assert not Interest.objects.current().exists()


def test_an_interest_from_a_contract_cannot_be_ended_by_its_person(
    administrator: User, enterprise: Organization
) -> None:
    interest = ties.note_interest(administrator.pk, enterprise.pk, kind="contract")

    with pytest.raises(NotAllowed):
        ties.end_interest(interest, by=administrator)
