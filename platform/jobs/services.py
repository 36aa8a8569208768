"""Starting jobs and carrying them on, one committed step after the other."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise

from jobs.models import Job, labels
from journal.doorbell import ring
from journal.recording import record
from policy import PLATFORM, Actor

RUN = "jobs.tasks.run"
Step = Callable[[Job], bool]
"""Does one bounded piece of work, moves `done` and `cursor` on the given job; True while more remains."""

PATIENCE = timedelta(seconds=15)
"""How long an open job that nobody holds waits before the sweep rings for it."""
ATTEMPTS = 5

_steps: dict[str, Step] = {}


def step(kind: str, *, label: str | Promise) -> Callable[[Step], Step]:
    """Register the function that carries on jobs of this kind, and what people call such a job."""
    labels[kind] = label

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
    """Carry the job on until it ends; returns at once if another worker holds it."""
    while advance(job_id):
        pass


@transaction.atomic
def advance(job_id: int) -> bool:
    """Do one step, committed together with the progress it made; False when there is nothing more to do."""
    job = Job.objects.open().select_for_update(skip_locked=True, of=("self",)).filter(pk=job_id).first()
    if job is None:
        return False
    more = _steps[job.kind](job)
    job.due_at, job.attempts, job.failure = timezone.now() + PATIENCE, 0, ""
    if not more:
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
