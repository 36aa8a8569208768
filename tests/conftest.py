"""Fixtures for every test: the test database, people in their roles, and objects in the middle of their life."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.utils import translation
from pytest_django import DjangoDbBlocker

from accounts.models import Organization, User
from information.models import Achievement, Need
from journal import delivery
from journal.models import Receipt
from matching.models import Match
from tests import factories
from tests import world as worlds


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Let transactional tests empty journal and versions between them; UPDATE and DELETE stay refused."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER journal_entry_no_truncate")
        cursor.execute("ALTER TABLE contracts_contractversion DISABLE TRIGGER contracts_version_no_truncate")
        cursor.execute("ALTER TABLE contracts_contractfile DISABLE TRIGGER contracts_file_no_truncate")
        cursor.execute("ALTER TABLE contracts_signature DISABLE TRIGGER contracts_signature_no_truncate")


@pytest.fixture(autouse=True)
def platform_language() -> None:
    """Begin in the platform's own language: a request leaves its reader's behind in the thread."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def in_english(platform_language: None) -> Iterator[None]:
    """For tests that expect sentences in the language of the sources."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session", autouse=True)
def static_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Collect the static files once, so that pages are drawn with the storage of production."""
    with override_settings(STATIC_ROOT=tmp_path_factory.mktemp("static")):
        call_command("collectstatic", interactive=False, verbosity=0)
        yield


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[worlds.World]:
    """Everybody and everything, once for a module whose tests are marked `django_db` and undo what they do."""
    with django_db_blocker.unblock(), worlds.undone():
        yield worlds.build()


@pytest.fixture
def enterprise(db: None) -> Organization:
    return factories.OrganizationFactory.create(kind="enterprise")


@pytest.fixture
def university(db: None) -> Organization:
    return factories.OrganizationFactory.create(kind="university")


@pytest.fixture
def enterprise_manager(enterprise: Organization) -> User:
    return factories.member(enterprise, "manager")


@pytest.fixture
def enterprise_contributor(enterprise: Organization) -> User:
    return factories.member(enterprise, "contributor")


@pytest.fixture
def university_manager(university: Organization) -> User:
    return factories.member(university, "manager")


@pytest.fixture
def administrator(db: None) -> User:
    return factories.administrator()


@pytest.fixture
def supervisor(db: None) -> User:
    """A supervisor of every region and chain."""
    return factories.supervisor()


@pytest.fixture
def outsider(db: None) -> User:
    """A manager of an organization that has no part in the other fixtures."""
    return factories.member(factories.OrganizationFactory.create())


@pytest.fixture
def visitor() -> AnonymousUser:
    return AnonymousUser()


@pytest.fixture
def need(enterprise: Organization) -> Need:
    """A published need of the enterprise."""
    return factories.NeedFactory.create(owner=enterprise, status="published")


@pytest.fixture
def achievement(university: Organization) -> Achievement:
    """A published achievement of the university."""
    return factories.AchievementFactory.create(owner=university, status="published")


@pytest.fixture
def match(need: Need, achievement: Achievement) -> Match:
    """The engine's suggestion of the achievement for the need; nobody has spoken yet."""
    return factories.MatchFactory.create(need=need, achievement=achievement)


@pytest.fixture
def mutual_match(need: Need, achievement: Achievement) -> Match:
    """Both sides are interested; an administrator's decision is due."""
    return factories.MatchFactory.create(need=need, achievement=achievement, status="mutual")


@pytest.fixture
def deliver_news() -> Callable[[], int]:
    """Do what the workers would: deliver what is owed, and what that causes, until nothing is; gives the number."""

    def deliver() -> int:
        delivered = 0
        while owed := list(Receipt.objects.owed().order_by("pk").values_list("pk", flat=True)):
            delivered += sum(delivery.deliver(receipt) for receipt in owed)
        return delivered

    return deliver
