"""Fixtures for tests of notices."""

import pytest

from accounts.models import User
from information.models import Need
from journal.models import Entry
from journal.recording import record
from tests import factories
from tests.pages import count_queries, english

__all__ = ["count_queries", "english"]


@pytest.fixture
def entry(need: Need, administrator: User) -> Entry:
    """An administrator published the need."""
    return record(need, "published", by=administrator)


@pytest.fixture
def reader(need: Need) -> User:
    """A manager of the need's organization who reads English."""
    return factories.member(need.owner, language="en", name="Li Na", email="li.na@tenon.example")
