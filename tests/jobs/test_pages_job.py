"""The page of a job: how far it is, for whoever started it and for administrators."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from jobs.models import Job
from matching.steps import REMATCH

FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def job(administrator: User) -> Job:
    """A rematch that has done 3 of 8 steps."""
    return Job.objects.create(kind=REMATCH, owner=administrator, total=8, done=3, due_at=timezone.now())


def test_it_shows_how_far_it_is_and_asks_again_while_it_runs(english: Client, job: Job, administrator: User) -> None:
    english.force_login(administrator)

    page = english.get(job.get_absolute_url()).content.decode()

    assert "Scoring all needs again" in page
    assert 'value="3" max="8"' in page
    assert f'hx-get="{job.get_absolute_url()}" hx-trigger="every 2s"' in page
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page


def test_htmx_gets_the_part_that_moves_until_it_has_ended(english: Client, job: Job, administrator: User) -> None:
    english.force_login(administrator)
    Job.objects.update(done=8, ended_at=timezone.now())

    fragment = english.get(job.get_absolute_url(), headers=FRAGMENT).content.decode()

    assert "<html" not in fragment
    assert 'value="8" max="8"' in fragment
    assert "hx-get" not in fragment
    assert "Finished <time" in fragment


def test_a_failure_is_told(english: Client, job: Job, administrator: User) -> None:
    english.force_login(administrator)
    Job.objects.update(failure="The index <could> not be read.", ended_at=timezone.now())

    page = english.get(job.get_absolute_url()).content.decode()

    assert "The index &lt;could&gt; not be read." in page
    assert "progress--failed" in page


def test_only_who_started_it_and_administrators_see_it(
    english: Client, job: Job, administrator: User, enterprise_manager: User, outsider: User
) -> None:
    Job.objects.update(owner=enterprise_manager)
    statuses = []
    for person in (enterprise_manager, administrator, outsider):
        english.force_login(person)
        statuses.append(english.get(job.get_absolute_url()).status_code)

    assert statuses == [200, 200, 404]


def test_visitors_are_sent_to_the_login(english: Client, job: Job) -> None:
    assert english.get(job.get_absolute_url())["Location"] == f"/login/?next={job.get_absolute_url()}"


def test_a_number_that_no_job_has_is_not_found(english: Client, administrator: User) -> None:
    english.force_login(administrator)

    assert english.get(f"/jobs/{'9' * 40}/").status_code == 404
