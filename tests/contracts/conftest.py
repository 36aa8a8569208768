"""Fixtures for contracts and their pages."""

import pytest

from accounts.models import Organization, User
from contracts import services
from contracts.models import Contract
from tests.complete import complete, library
from tests.factories import LONG_AGO, MatchFactory, member, supervisor
from tests.pages import count_queries, english

__all__ = ["count_queries", "english"]


@pytest.fixture
def buyer(enterprise: Organization) -> User:
    """Speaks for the client."""
    return member(enterprise)


@pytest.fixture
def seller(university: Organization) -> User:
    """Speaks for the provider."""
    return member(university)


@pytest.fixture
def inspector(db: None) -> User:
    """Supervises every region and chain."""
    return supervisor()


@pytest.fixture
def drafted(enterprise: Organization, university: Organization, inspector: User) -> Contract:
    """A draft on which everything is said, of a commissioned development in instalments."""
    match = MatchFactory.create(status="approved", need__owner=enterprise, achievement__owner=university)
    return complete(services.open_draft(match.pk))


@pytest.fixture
def negotiated(drafted: Contract, buyer: User) -> Contract:
    """The same in negotiation: nobody has accepted anything yet."""
    library()
    return services.negotiate(drafted, by=buyer, version=drafted.version)


@pytest.fixture
def agreed(negotiated: Contract, buyer: User, seller: User, inspector: User) -> Contract:
    """Agreed by both sides, with the government taking part; ready to be frozen."""
    for person in (buyer, seller):
        services.accept_all(negotiated, by=person, seen={each.key: each.version for each in negotiated.clauses.all()})
    Contract.objects.filter(pk=negotiated.pk).update(government_joined_at=LONG_AGO)
    return services.agree(negotiated, by=buyer, version=negotiated.version)
