"""Matching's long job: scoring everything again."""

from django.utils.translation import gettext_lazy as _

from information.models import Need
from jobs import services as jobs
from jobs.models import Job
from matching import scoring
from policy import Actor

REMATCH = "matching.rematch"


def rematch(*, by: Actor) -> Job:
    """Start scoring every open need again; the job shows how far it is."""
    return jobs.start(REMATCH, by=by)


@jobs.step(REMATCH, label=_("Scoring all needs again"))
def score_next(job: Job) -> bool:
    """One need a step, in the order of their keys; needs that vanish meanwhile are passed over."""
    waiting = Need.objects.open().order_by("pk")
    if job.total is None:
        job.total = waiting.count()
    following = waiting.filter(pk__gt=job.cursor.get("after", 0)).values_list("pk", flat=True).first()
    if following is None:
        job.total = job.done
        return False
    scoring.request([following])
    scoring.suggest(following, force=True)
    job.cursor = {"after": following}
    job.done += 1
    job.total = max(job.total, job.done)
    return True
