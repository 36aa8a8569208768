"""Fixtures for the pages of information release."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _plain_static_files(settings: Settings, tmp_path: Path) -> None:
    """Name static files as they stand in the sources; nothing was collected for the tests."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


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
