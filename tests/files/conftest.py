"""Fixtures for tests of files: a folder of their own, and uploads."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from pytest_django import Settings

from accounts.models import User
from information.models import Need
from tests import factories
from tests.pages import count_queries, english

__all__ = ["count_queries", "english"]


@pytest.fixture(autouse=True)
def vault(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """Where the contents lie."""
    place = tmp_path / "files"
    options = {**settings.STORAGES["files"]["OPTIONS"], "location": place}
    settings.STORAGES = {**settings.STORAGES, "files": {**settings.STORAGES["files"], "OPTIONS": options}}
    yield place
    vars(storages).get("_storages", {}).pop("files", None)


@pytest.fixture
def draft(enterprise_manager: User, enterprise: Any) -> Need:
    return factories.NeedFactory.create(owner=enterprise, created_by=enterprise_manager)
