"""Publishing an import: one decision, one job, one rematch."""

from collections.abc import Callable, Iterator

import pytest
from django.utils import translation

from accounts.models import Organization, User
from information import importing, services
from information.models import Import, Need
from jobs import services as jobs
from jobs.models import Job
from journal.errors import IllegalMove, NotAllowed
from journal.models import Entry
from matching.models import Scoring
from tests import factories
from tests.information.import_files import file, import_needs, json_lines, need_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def imported(enterprise: Organization, enterprise_manager: User) -> Import:
    factories.ContractTypeFactory.create()
    return import_needs(json_lines(*[need_row(f"n-{number}") for number in range(120)]), enterprise, enterprise_manager)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The language of the sentences expected here."""
    with translation.override("en"):
        yield


def finish(job: Job) -> Job:
    while jobs.advance(job.pk):
        pass
    job.refresh_from_db()
    return job


def test_all_submitted_posts_are_published_and_everything_is_matched_once(
    imported: Import, administrator: User, deliver_news: Callable[[], int]
) -> None:
    job = finish(importing.publish_all(imported, by=administrator))
    deliver_news()

    assert (job.total, job.done, job.result) == (120, 120, {"published": 120, "refused": 0})
    assert Need.objects.filter(status="published", published_at__isnull=False).count() == 120
    assert Entry.objects.filter(name="information.import.published", actor=administrator).count() == 1
    assert Job.objects.filter(kind="matching.rematch").count() == 1
    assert Scoring.objects.count() == 0


def test_posts_that_somebody_has_judged_meanwhile_are_left_alone(imported: Import, administrator: User) -> None:
    need = Need.objects.get(external_id="n-7")
    services.reject(need, by=administrator, version=need.version, reason="off_topic")

    job = finish(importing.publish_all(imported, by=administrator))

    assert job.result == {"published": 119, "refused": 0}
    need.refresh_from_db()
    assert need.status == "rejected"


def test_an_administrator_of_the_same_organization_may_not(imported: Import, enterprise: Organization) -> None:
    insider = factories.administrator()
    insider.memberships.create(organization=enterprise, role="contributor")

    with pytest.raises(NotAllowed):
        importing.publish_all(imported, by=insider)


def test_the_manager_may_not(imported: Import, enterprise_manager: User) -> None:
    with pytest.raises(NotAllowed):
        importing.publish_all(imported, by=enterprise_manager)


def test_asking_twice_gives_the_running_job_and_asking_afterwards_is_refused(
    imported: Import, administrator: User
) -> None:
    job = importing.publish_all(imported, by=administrator)

    again = importing.publish_all(imported, by=administrator)
    finish(job)

    assert again == job
    with pytest.raises(IllegalMove, match="No post of this import waits"):
        importing.publish_all(imported, by=administrator)


def test_an_import_that_still_runs_is_not_published(
    enterprise: Organization, enterprise_manager: User, administrator: User
) -> None:
    source = importing.accept(file(json_lines(need_row("a"))), kind="need", owner=enterprise, by=enterprise_manager)

    with pytest.raises(IllegalMove, match="still running"):
        importing.publish_all(source, by=administrator)


def test_an_office_that_ends_meanwhile_ends_the_publishing(imported: Import, administrator: User) -> None:
    job = importing.publish_all(imported, by=administrator)
    administrator.offices.all().delete()

    job = finish(job)

    assert job.result == {"published": 0, "refused": 120}
    assert Need.objects.filter(status="submitted").count() == 120
