"""Watching a job from a terminal."""

from collections.abc import Iterator
from io import StringIO
from threading import Thread

import pytest
from django.core.management.base import OutputWrapper
from django.db import connection

from jobs import services
from jobs.models import Job
from jobs.watching import NobodyWorks, watch
from policy import PLATFORM

KIND = "test.count"


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def job(transactional_db: None) -> Iterator[Job]:
    """A job of twenty steps."""

    def count(job: Job) -> bool:
        job.total, job.done = 20, job.done + 1
        return job.done < 20

    services._steps[KIND] = count
    yield services.start(KIND, by=PLATFORM)
    del services._steps[KIND]


def work(job: Job) -> None:
    services.run(job.pk)
    connection.close()


def test_it_shows_how_a_worker_gets_on_until_the_job_has_ended(job: Job) -> None:
    out = StringIO()
    worker = Thread(target=work, args=[job])

    worker.start()
    ended = watch(job, OutputWrapper(out))
    worker.join()

    assert (ended.done, ended.running) == (20, False)
    assert out.getvalue().splitlines()[-1].endswith("100 %  20/20")


def test_a_terminal_sees_one_line(job: Job) -> None:
    services.run(job.pk)
    out = Terminal()

    watch(job, OutputWrapper(out))

    assert out.getvalue().startswith("\r")
    assert out.getvalue().count("\n") == 1


def test_it_says_so_when_nobody_works(job: Job) -> None:
    with pytest.raises(NobodyWorks, match="No worker has taken the job up"):
        watch(job, OutputWrapper(StringIO()), patience=0.1)
