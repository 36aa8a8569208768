"""Long work is cut into steps; each is done once, whoever dies in between."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Organization, User
from jobs import models, services, tasks
from jobs.models import Job
from journal.models import Entry
from policy import PLATFORM
from tests import factories

KIND = "tests.letters"
crashes: list[str] = []


class Killed(BaseException):
    """What ends a process from outside; no handler of errors sees it."""


def write_letter(job: Job) -> bool:
    """One letter a step, kept as the description of an organization; the fifth is the last."""
    job.total = 5
    organization = Organization.objects.select_for_update().get(pk=job.subject_id or 0)
    organization.about_en += "abcde"[job.done]
    organization.save()
    job.done += 1
    if crashes:
        raise Killed if crashes.pop() == "killed" else ValueError("no ink")
    return job.done < 5


@pytest.fixture(autouse=True)
def _known_kind() -> Iterator[None]:
    crashes.clear()
    services.step(KIND, label="Letters")(write_letter)
    yield
    del services._steps[KIND]
    del models.labels[KIND]


@pytest.fixture
def job(enterprise: Organization, enterprise_manager: User) -> Job:
    return services.start(KIND, by=enterprise_manager, subject_id=enterprise.pk)


def letters(job: Job) -> str:
    return Organization.objects.get(pk=job.subject_id or 0).about_en


def test_a_job_does_its_steps_in_order_and_ends(job: Job, enterprise_manager: User) -> None:
    services.run(job.pk)

    job.refresh_from_db()
    assert letters(job) == "abcde"
    assert (job.done, job.total, job.percent, job.running, job.failure) == (5, 5, 100, False, "")
    assert list(Entry.objects.about(job).values_list("name", "actor_id")) == [
        ("jobs.job.started", enterprise_manager.pk),
        ("jobs.job.finished", enterprise_manager.pk),
    ]


@pytest.mark.parametrize("done", [0, 1, 4])
def test_a_worker_killed_within_a_step_costs_that_step_only(job: Job, done: int) -> None:
    for _ in range(done):
        services.advance(job.pk)
    crashes.append("killed")

    with pytest.raises(Killed):
        services.run(job.pk)
    after_the_kill = letters(job)
    services.run(job.pk)

    assert after_the_kill == "abcde"[:done]
    assert letters(job) == "abcde"


def test_a_job_that_has_ended_stays_ended(job: Job) -> None:
    services.run(job.pk)

    again = services.advance(job.pk)

    assert again is False
    assert letters(job) == "abcde"


def test_a_failed_step_leaves_its_reason_and_the_job_open(job: Job) -> None:
    crashes.append("failed")

    tasks.run.apply(args=(job.pk,))

    job.refresh_from_db()
    assert (job.failure, job.attempts, job.running, letters(job)) == ("ValueError: no ink", 1, True, "")


def test_progress_after_a_failure_forgets_it(job: Job) -> None:
    crashes.append("failed")
    tasks.run.apply(args=(job.pk,))

    services.advance(job.pk)

    job.refresh_from_db()
    assert (job.failure, job.attempts, job.done) == ("", 0, 1)


def test_five_failures_without_progress_end_the_job_with_the_reason(job: Job) -> None:
    for _ in range(services.ATTEMPTS):
        crashes.append("failed")
        tasks.run.apply(args=(job.pk,))

    job.refresh_from_db()
    assert (job.running, job.failure, job.done) == (False, "ValueError: no ink", 0)
    assert Entry.objects.about(job).last().data["error"] == "ValueError: no ink"  # type: ignore[union-attr]


def test_a_kind_that_nobody_knows_ends_with_a_reason(enterprise_manager: User) -> None:
    job = services.start("tests.unheard_of", by=enterprise_manager)

    for _ in range(services.ATTEMPTS):
        tasks.run.apply(args=(job.pk,))

    job.refresh_from_db()
    assert (job.running, job.failure) == (False, "KeyError: 'tests.unheard_of'")


def test_a_dropped_job_is_rung_for_once_and_then_given_time(job: Job) -> None:
    fresh = services.sweep()
    Job.objects.update(due_at=timezone.now() - timedelta(seconds=1))

    rung = [services.sweep(), services.sweep()]

    assert (fresh, rung) == (0, [1, 0])


def test_the_platform_owns_what_nobody_started(enterprise: Organization) -> None:
    job = services.start(KIND, by=PLATFORM, subject_id=enterprise.pk)

    services.run(job.pk)

    assert job.owner is None
    assert set(Entry.objects.about(job).values_list("actor_id", flat=True)) == {None}


@pytest.mark.usefixtures("transactional_db")
def test_eight_workers_on_one_job_do_each_step_once() -> None:
    organization = factories.OrganizationFactory.create()
    job = services.start(KIND, by=PLATFORM, subject_id=organization.pk)
    gate = threading.Barrier(8)
    trouble: list[Exception] = []

    def work() -> None:
        gate.wait()
        try:
            while Job.objects.open().filter(pk=job.pk).exists():
                services.run(job.pk)
        except ValueError as fault:
            trouble.append(fault)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert (letters(job), trouble) == ("abcde", [])


@pytest.mark.usefixtures("transactional_db")
def test_a_sweep_leaves_a_job_alone_that_a_worker_holds() -> None:
    organization = factories.OrganizationFactory.create()
    job = services.start(KIND, by=PLATFORM, subject_id=organization.pk)
    Job.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    rung: list[Any] = []

    def sweep() -> None:
        rung.append(services.sweep())
        connection.close()

    with transaction.atomic():
        Job.objects.select_for_update().get(pk=job.pk)
        other = threading.Thread(target=sweep)
        other.start()
        other.join()

    assert rung == [0]


@pytest.mark.parametrize(("done", "total", "percent"), [(0, None, 0), (3, None, 0), (0, 4, 0), (1, 3, 33), (5, 4, 100)])
def test_progress_is_told_in_whole_per_cent(done: int, total: int | None, percent: int) -> None:
    assert Job(done=done, total=total).percent == percent
