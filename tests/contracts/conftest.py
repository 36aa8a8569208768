"""Fixtures for contracts: pages, a negotiation, keys for signing, contracts being signed and in execution."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from accounts.models import Organization, User
from contracts import services
from contracts.models import Contract
from tests.complete import complete, library
from tests.contracts import signers
from tests.contracts.performing import client_side, in_force, project, provider_side
from tests.factories import LONG_AGO, MatchFactory, member, supervisor
from tests.pages import count_queries, english
from tests.world import undone

__all__ = ["client_side", "count_queries", "english", "in_force", "project", "provider_side"]


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


@pytest.fixture(scope="session")
def folder_of_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keys are made once for the whole run: that is what takes time."""
    return tmp_path_factory.mktemp("signing") / "keys"


@pytest.fixture
def platform_keys(settings: Any, folder_of_keys: Path) -> Iterator[None]:
    """Signing as in the demonstration: with keys that the platform holds."""
    settings.SIGNING_FOLDER, settings.SIGNING_LEVEL = folder_of_keys, "platform"
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="module")
def prepared_cases(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, folder_of_keys: Path
) -> Iterator[dict[str, signers.Case]]:
    """Contracts that are frozen, being signed and in force: made once for a module, because signing takes a while."""
    keys = override_settings(SIGNING_FOLDER=folder_of_keys, SIGNING_LEVEL="platform")
    with django_db_blocker.unblock(), undone(), keys:
        yield {"ready": signers.case(), "started": signers.case().start(), "done": signers.signed_case()}


@pytest.fixture
def ready(prepared_cases: dict[str, signers.Case], platform_keys: None, db: None) -> signers.Case:
    """A contract that is frozen."""
    return prepared_cases["ready"].again()


@pytest.fixture
def started(prepared_cases: dict[str, signers.Case], platform_keys: None, db: None) -> signers.Case:
    """A contract that waits for the enterprise's signature."""
    return prepared_cases["started"].again()


@pytest.fixture
def done(prepared_cases: dict[str, signers.Case], platform_keys: None, db: None) -> signers.Case:
    """A contract that all three have signed."""
    return prepared_cases["done"].again()
