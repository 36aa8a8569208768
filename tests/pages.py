"""Fixtures for tests of pages; a folder's conftest.py imports those it uses."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


@pytest.fixture
def english(db: None, client: Client) -> Client:
    """A visitor who reads English; log somebody in to make it that person."""
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def count_queries(client: Client) -> Callable[[str], int]:
    """How many queries the page at an address takes, for whoever is logged in."""

    def count(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    return count
