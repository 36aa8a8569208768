"""Scoring everything again: the needs cut into blocks, each scored by whichever worker is free."""

from datetime import timedelta
from functools import partial

from celery import current_app, group
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from kombu.exceptions import OperationalError

from information.models import Need
from jobs.models import Job
from jobs.services import RUN
from journal.doorbell import log, ring
from matching import scoring
from matching.models import Scoring, Shard, ShardQuerySet

SCORE = "matching.tasks.score_shard"
SIZE = 64
"""Needs of a block: enough for the work they share, few enough for a worker that dies to cost seconds."""
HOLD = timedelta(seconds=60)
"""How long a worker that is silent keeps its block; it speaks after each need."""


def cut(job: Job) -> None:
    """Cut the open needs into the blocks of a job."""
    needs = list(Need.objects.open().order_by("pk").values_list("pk", flat=True))
    parts = [needs[start : start + SIZE] for start in range(0, len(needs), SIZE)]
    Shard.objects.bulk_create([Shard(job=job, first=part[0], last=part[-1], needs=len(part)) for part in parts])
    job.total = len(needs)


def offer(job: Job) -> None:
    """Offer the blocks that nobody holds to all workers, as one group of tasks."""
    free = list(Shard.objects.filter(job=job).free(timezone.now()).order_by("pk").values_list("pk", flat=True))
    if free:
        transaction.on_commit(partial(ring_for, free))


def ring_for(shard_ids: list[int]) -> None:
    """One ring a block; a broker that is down costs the time until the job is looked at again."""
    try:
        group([current_app.signature(SCORE, args=(shard_id,)) for shard_id in shard_ids]).apply_async()
    except (OperationalError, OSError) as fault:
        log.warning("the broker did not take %d blocks: %s; they will be offered again", len(shard_ids), fault)


def help_out(job_id: int) -> bool:
    """Score one free block of a job; False if there is none."""
    free = Shard.objects.filter(job=job_id).free(timezone.now()).order_by("pk").values_list("pk", flat=True)
    return any(score(shard_id) for shard_id in free[:20])


def score(shard_id: int) -> bool:
    """Score the needs of a block that have not been scored since the job began; False if another has the block.

    Repeatable: a need that was scored meanwhile is not scored again, and the block counts once.
    """
    if not hold(shard_id, among=Shard.objects.free(timezone.now())):
        return False
    shard = Shard.objects.select_related("job").get(pk=shard_id)
    needs = Need.objects.open().filter(pk__gte=shard.first, pk__lte=shard.last)
    done = Scoring.objects.filter(scored_at__gte=shard.job.created_at).values("need_id")
    waiting = list(needs.exclude(pk__in=done).order_by("pk").values_list("pk", flat=True))
    scoring.request(waiting, quietly=True)
    scoring.suggest_many(waiting, after_each=partial(hold, shard_id, among=Shard.objects.pending()))
    finish(shard)
    return True


def hold(shard_id: int, *, among: ShardQuerySet) -> bool:
    """Take a block, or keep it for a while longer: one statement, so of two workers one gets it."""
    until = timezone.now() + HOLD
    return bool(among.filter(pk=shard_id).update(held_until=until))


@transaction.atomic
def finish(shard: Shard) -> None:
    """Count a block, once; who finishes the last one rings for the job."""
    if not Shard.objects.pending().filter(pk=shard.pk).update(done_at=timezone.now(), held_until=None):
        return
    Job.objects.filter(pk=shard.job_id).update(done=F("done") + shard.needs)
    if not Shard.objects.pending().filter(job=shard.job_id).exists():
        transaction.on_commit(partial(ring, RUN, shard.job_id))


def drop_old() -> None:
    """Remove the blocks of jobs that have ended."""
    Shard.objects.filter(~Q(job__ended_at=None)).delete()
