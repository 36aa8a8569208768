"""Fixtures for contracts: pages, keys for signing, and contracts on their way and in execution."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from tests.contracts import signers
from tests.contracts.performing import client_side, in_force, project, provider_side
from tests.pages import count_queries, english
from tests.world import undone

__all__ = ["client_side", "count_queries", "english", "in_force", "project", "provider_side"]


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
