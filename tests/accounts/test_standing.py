"""What a person may do follows from memberships and offices, and from their dates."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Membership, Office, Organization, User
from policy import VISITOR, Scope, standing_of
from tests import factories

DAY = timedelta(days=1)


def fresh(user: User) -> User:
    """The user as the next request will read it."""
    return User.objects.get(pk=user.pk)


def test_a_manager_works_for_and_represents_a_contributor_only_works_for(
    enterprise: Organization, enterprise_manager: User, enterprise_contributor: User
) -> None:
    manager, contributor = enterprise_manager.standing, enterprise_contributor.standing

    assert manager.roles == contributor.roles == {"member", "enterprise"}
    assert manager.works_for == manager.represents == contributor.works_for == {enterprise.pk}
    assert contributor.represents == set()


@pytest.mark.parametrize(
    ("since", "until", "counts"),
    [(-DAY, None, True), (-DAY, DAY, True), (DAY, None, False), (-2 * DAY, -DAY, False)],
)
def test_a_membership_counts_from_its_first_day_until_its_last(
    enterprise: Organization, since: timedelta, until: timedelta | None, counts: bool
) -> None:
    user = factories.UserFactory.create()
    now = timezone.now()
    Membership.objects.create(
        user=user, organization=enterprise, role="manager", since=now + since, until=now + until if until else None
    )

    standing = user.standing

    assert standing.represents == ({enterprise.pk} if counts else frozenset())
    assert ("enterprise" in standing.roles) is counts


def test_an_office_that_has_ended_gives_nothing(administrator: User) -> None:
    before = administrator.standing.roles
    Office.objects.filter(user=administrator).update(until=timezone.now() - DAY)

    assert before == {"member", "administrator"}
    assert fresh(administrator).standing.roles == {"member"}


def test_a_closed_account_stands_as_a_visitor(administrator: User) -> None:
    administrator.is_active = False

    assert administrator.standing is VISITOR


def test_whoever_has_no_standing_is_a_visitor() -> None:
    assert [standing_of(stranger) for stranger in (None, object(), "administrator")] == [VISITOR] * 3


@pytest.mark.django_db
def test_a_supervisor_answers_for_the_region_and_chain_of_each_office() -> None:
    region, chain = factories.RegionFactory.create(code="210000"), factories.ChainFactory.create(code="cnc")

    standing = factories.supervisor(region=region, chain=chain).standing

    assert standing.roles == {"member", "supervisor"}
    assert standing.scopes == (Scope(region="210000", chain="cnc"),)
    assert standing.works_for == frozenset()


@pytest.mark.parametrize(
    ("code", "prefix"), [("210000", "21"), ("210200", "2102"), ("210211", "210211"), ("211000", "2110"), ("", "")]
)
def test_a_region_covers_what_its_code_begins(code: str, prefix: str) -> None:
    assert Scope(region=code).region_prefix == prefix


@pytest.mark.django_db
def test_a_standing_is_one_throughout_a_request_and_new_in_the_next(enterprise: Organization) -> None:
    user = factories.UserFactory.create()
    before = user.standing

    Membership.objects.create(user=user, organization=enterprise, role="manager")

    assert user.standing is before
    assert fresh(user).standing.represents == {enterprise.pk}


def test_a_person_is_a_member_of_an_organization_once_at_a_time(
    enterprise: Organization, enterprise_manager: User
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=enterprise_manager, organization=enterprise, role="contributor")

    assert Membership.objects.filter(user=enterprise_manager).count() == 1


def test_an_administrator_holds_the_office_for_no_organization(enterprise: Organization) -> None:
    user = factories.UserFactory.create()

    with pytest.raises(IntegrityError), transaction.atomic():
        Office.objects.create(user=user, kind="administrator", organization=enterprise)

    assert not Office.objects.filter(user=user).exists()


@pytest.mark.django_db
def test_an_e_mail_address_belongs_to_one_person_in_whatever_letters() -> None:
    User.objects.create_user("Li.Na@Liaoyuan.example", name="Li Na")

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("li.na@liaoyuan.EXAMPLE", name="Li Na")

    assert User.objects.get_by_natural_key("LI.NA@liaoyuan.example").name == "Li Na"
