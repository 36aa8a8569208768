"""Watching a job from a terminal until it ends."""

from threading import Event
from time import monotonic

from django.core.management.base import CommandError, OutputWrapper
from django.db import transaction

from jobs.models import Job

LOOK_EVERY = 0.3
WIDTH = 32


class NobodyWorks(CommandError):
    """No worker has taken the job up; the message says what to do."""


def watch(job: Job, out: OutputWrapper, *, patience: float = 120.0) -> Job:
    """Show the job's progress until it ends, and give it as it then is: one line on a terminal, else one each 10 %.

    Raises NobodyWorks if no worker takes it up within `patience` seconds. Needs to be outside of a transaction.
    """
    begun, pulse, shown = monotonic(), Event(), -1
    taken = False
    while True:
        job.refresh_from_db()
        shown = show(job, out, shown)
        if not job.running:
            return job
        taken = taken or is_taken(job)
        if not taken and monotonic() - begun > patience:
            raise NobodyWorks(
                f"No worker has taken the job up within {patience:.0f} s. Start one with"
                " `celery -A config.celery worker` (with the same REDIS_URL) and run this command again."
            )
        pulse.wait(LOOK_EVERY)


def until_done(job: Job, out: OutputWrapper) -> Job:
    """Watch the job to its end and give it as it then is; raises CommandError if it failed or nobody works."""
    ended = watch(job, out)
    if ended.failure:
        raise CommandError(f"The job failed after {ended.done} steps: {ended.failure}")
    return ended


def is_taken(job: Job) -> bool:
    """Whether a worker has made progress with the job, or holds it at this moment."""
    if job.total is not None or job.attempts:
        return True
    with transaction.atomic():
        return not Job.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=job.pk).exists()


def show(job: Job, out: OutputWrapper, shown: int) -> int:
    """Draw the progress if it has moved since `shown` per cent; gives the per cent now shown."""
    ended = not job.running
    percent = 100 if ended and not job.failure else job.percent
    terminal = out.isatty()
    moved = percent != shown if terminal else percent // 10 != shown // 10
    if not moved and not ended:
        return shown
    bar = "█" * (WIDTH * percent // 100)
    line = f"  {bar:·<{WIDTH}} {percent:3} %  {job.done}/{'?' if job.total is None else job.total}"
    out.write(f"\r{line}" if terminal else line, ending="" if terminal and not ended else "\n")
    out.flush()
    return percent
