"""Matching's long jobs: scoring everything again, and building the index anew."""

from django.utils.translation import gettext_lazy as _

from jobs import services as jobs
from jobs.models import Job
from matching import building, rematching
from matching.models import Shard
from policy import PLATFORM, Actor

REMATCH = "matching.rematch"
BUILD = "matching.build_index"


def rematch(*, by: Actor) -> Job:
    """Start scoring every open need again; the job shows how far it is."""
    return jobs.start(REMATCH, by=by)


@jobs.step(REMATCH, label=_("Scoring all needs again"), help_out=rematching.help_out)
def share_out(job: Job) -> bool | None:
    """Cut the needs into blocks and offer them to all workers, until none is left."""
    if job.total is None:
        rematching.drop_old()
        rematching.cut(job)
    if not Shard.objects.pending().filter(job=job).exists():
        job.total = job.done
        return False
    rematching.offer(job)
    return None


def build_index(*, by: Actor = PLATFORM) -> Job:
    """Start building the index anew; the one that serves serves until the new one stands."""
    return Job.objects.open().filter(kind=BUILD).first() or jobs.start(BUILD, by=by)


@jobs.step(BUILD, label=_("Building the matching index"))
def read_next(job: Job) -> bool:
    """Some posts a step are read; the last step makes the snapshot of them."""
    return building.carry_on(job)


def tend_index() -> Job | None:
    """Build the index anew where it has fallen behind; None where there is nothing to do."""
    return build_index() if building.is_due() else None
