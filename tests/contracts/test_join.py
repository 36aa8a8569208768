"""The government is asked early, joins once, and is never one of the two parties."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Membership, Office, Organization, User
from contracts import services
from contracts.models import Contract
from journal.errors import NotAllowed, StaleVersion
from journal.models import Entry
from matching.models import Match
from tests.factories import ChainFactory, ChainNodeFactory, MatchFactory, RegionFactory, supervisor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def approved(enterprise: Organization, university: Organization) -> Match:
    """An approved match in Shenyang, on one chain."""
    match = MatchFactory.create(status="approved", need__owner=enterprise, achievement__owner=university)
    match.need.chain_nodes.add(ChainNodeFactory.create(chain__code="cnc"))
    return match


def organization_of(user: User) -> Organization:
    organization = Office.objects.get(user=user).organization
    assert organization
    return organization


def test_the_supervisor_who_answers_most_closely_is_asked(approved: Match) -> None:
    cnc, liaoning = ChainFactory.create(code="cnc"), RegionFactory.create(code="210000")
    supervisor()
    supervisor(region=approved.need.owner.region)
    closest = supervisor(region=liaoning, chain=cnc)
    supervisor(chain=cnc)
    supervisor(region=liaoning, chain=ChainFactory.create(code="shipbuilding"))

    contract = services.open_draft(approved.pk)

    assert contract.government == organization_of(closest)
    assert contract.government_joined_at is None


def test_where_nobody_answers_nobody_is_asked(approved: Match) -> None:
    supervisor(region=RegionFactory.create(code="440000"))

    contract = services.open_draft(approved.pk)

    assert contract.government is None


def test_a_supervisor_joins_once_and_the_journal_says_so(approved: Match) -> None:
    person = supervisor()
    contract = services.open_draft(approved.pk)

    joined = services.join(contract, by=person, version=1)

    assert joined.government_joined_at is not None
    assert joined.version == 2
    assert [entry.name for entry in Entry.objects.about(contract)] == [
        "contracts.contract.opened",
        "contracts.contract.government_joined",
    ]
    with pytest.raises(NotAllowed):
        services.join(joined, by=person, version=2)


def test_where_nobody_was_asked_a_supervisor_in_charge_brings_the_own_organization(approved: Match) -> None:
    contract = services.open_draft(approved.pk)
    person = supervisor(region=approved.need.owner.region)

    services.join(contract, by=person, version=1)

    assert Contract.objects.get().government == organization_of(person)


def test_a_supervisor_who_belongs_to_a_party_cannot_join(approved: Match, enterprise: Organization) -> None:
    person = supervisor()
    Membership.objects.create(user=person, organization=enterprise, role="contributor")
    contract = services.open_draft(approved.pk)

    with pytest.raises(NotAllowed):
        services.join(contract, by=person, version=1)

    assert Contract.objects.get().government_joined_at is None


def test_an_organization_that_is_a_party_is_not_asked_and_cannot_join(enterprise: Organization) -> None:
    government = organization_of(supervisor())
    match = MatchFactory.create(status="approved", need__owner=enterprise, achievement__owner=government)
    person = User.objects.get(offices__organization=government)

    contract = services.open_draft(match.pk)

    assert contract.government is None
    with pytest.raises(NotAllowed, match="parties"):
        services.join(contract, by=person, version=1)


def test_a_stale_page_joins_nothing(approved: Match) -> None:
    person = supervisor()
    contract = services.open_draft(approved.pk)

    with pytest.raises(StaleVersion):
        services.join(contract, by=person, version=7)


def test_the_database_refuses_a_party_as_the_third_one(approved: Match) -> None:
    contract = services.open_draft(approved.pk)

    with pytest.raises(IntegrityError, match="contracts_government_is_a_third_party"), transaction.atomic():
        Contract.objects.update(government=contract.client)
