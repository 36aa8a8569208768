"""Starting jobs and carrying them on, one committed step after the other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar

from django.db import connection, transaction
from django.utils import timezone
from django.utils.functional import Promise

from jobs.models import Job, labels
from journal.doorbell import ring
from journal.recording import record
from policy import PLATFORM, Actor

RUN = "jobs.tasks.run"
Result = TypeVar("Result")
Step = Callable[[Job], bool | None]
"""Does one bounded piece of work, moves `done` and `cursor` on the given job; True while more remains, None while what
remains is in the hands of others, who ring for the job when they are done."""
Help = Callable[[int], bool]
"""Does a piece of what others are to do, outside of the job's lock; False if there is none to take."""

PATIENCE = timedelta(seconds=15)
"""How long an open job that nobody holds waits before the sweep rings for it."""
ATTEMPTS = 5

KEEP_AWAKE = 5.0
"""Seconds after which a transaction that waits for a long computation says that it is still there."""

_steps: dict[str, Step] = {}
_help: dict[str, Help] = {}


def step(kind: str, *, label: str | Promise, help_out: Help | None = None) -> Callable[[Step], Step]:
    """Register the function that carries on jobs of this kind, and what people call such a job.

    `help_out` is for work that is shared out: whoever runs the job lends a hand while it waits for the others.
    """
    labels[kind] = label
    if help_out is not None:
        _help[kind] = help_out

    def register(function: Step) -> Step:
        _steps[kind] = function
        return function

    return register


@transaction.atomic
def start(kind: str, *, by: Actor, subject_id: int | None = None, cursor: dict[str, Any] | None = None) -> Job:
    """Create a job and ring for a worker after commit. The caller has asked the policy."""
    job = Job.objects.create(
        kind=kind, owner_id=by.pk, subject_id=subject_id, cursor=cursor or {}, due_at=timezone.now() + PATIENCE
    )
    record(job, "started", by=by, data={"kind": kind, "subject": subject_id})
    transaction.on_commit(partial(ring, RUN, job.pk))
    return job


def run(job_id: int) -> None:
    """Carry the job on until it ends or waits for others; returns at once if another worker holds it."""
    while (more := advance(job_id)) is not False:
        if more is None and not lend_a_hand(job_id):
            return


def lend_a_hand(job_id: int) -> bool:
    """Do a piece of what the job waits for; False if there is none to take."""
    kind = Job.objects.open().filter(pk=job_id).values_list("kind", flat=True).first()
    return kind is not None and kind in _help and _help[kind](job_id)


def awake(work: Callable[[], Result]) -> Result:
    """Do a long computation that leaves the database alone, within a transaction that must not count as idle."""
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(work)
        while not wait([done], timeout=KEEP_AWAKE).done:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        return done.result()


@transaction.atomic
def advance(job_id: int) -> bool | None:
    """Do one step, committed together with the progress it made; False when there is nothing more to do."""
    job = Job.objects.open().select_for_update(skip_locked=True, of=("self",)).filter(pk=job_id).first()
    if job is None:
        return False
    more = _steps[job.kind](job)
    job.due_at, job.attempts, job.failure = timezone.now() + PATIENCE, 0, ""
    if more is False:
        job.ended_at = timezone.now()
        record(job, "finished", by=job_owner(job), data={"kind": job.kind, "done": job.done, "result": job.result})
    job.save()
    return more


def job_owner(job: Job) -> Actor:
    """On whose behalf the job works: its owner, or the platform where nobody started it."""
    return job.owner or PLATFORM


@transaction.atomic
def fail(job_id: int, error: str) -> None:
    """Note a failed attempt; after five without progress the job ends with the reason."""
    job = Job.objects.open().select_for_update().filter(pk=job_id).first()
    if job is None:
        return
    job.attempts += 1
    job.due_at = timezone.now() + timedelta(seconds=2**job.attempts)
    job.failure = error.replace("\0", "")[:500]
    if job.attempts >= ATTEMPTS:
        job.ended_at = timezone.now()
        record(job, "failed", by=job_owner(job), data={"kind": job.kind, "error": job.failure})
    job.save()


def sweep(limit: int = 100) -> int:
    """Ring for open jobs that nobody has carried on for a while; gives their number."""
    now = timezone.now()
    with transaction.atomic():
        idle = list(
            Job.objects.open()
            .filter(due_at__lte=now)
            .select_for_update(skip_locked=True)
            .order_by("due_at")
            .values_list("pk", flat=True)[:limit]
        )
        Job.objects.filter(pk__in=idle).update(due_at=now + PATIENCE)
    for job_id in idle:
        ring(RUN, job_id)
    return len(idle)
