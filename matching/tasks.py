"""Matching's Celery tasks."""

from celery import shared_task

from matching import lapsing, rematching, scoring, steps
from matching.docking import sweeping
from matching.learning import rankers
from policy import PLATFORM


@shared_task(acks_late=True, ignore_result=True)
def suggest(need_id: int) -> None:
    scoring.suggest(need_id)


@shared_task(acks_late=True, ignore_result=True)
def score_shard(shard_id: int) -> None:
    rematching.score(shard_id)


@shared_task(ignore_result=True)
def tend_index() -> None:
    steps.tend_index()
    scoring.retry_silent()


@shared_task(ignore_result=True)
def sweep() -> None:
    scoring.sweep()


@shared_task(ignore_result=True)
def learn() -> None:
    rankers.start(by=PLATFORM)


@shared_task(ignore_result=True)
def tick() -> None:
    lapsing.tick()


@shared_task(ignore_result=True)
def sweep_rooms() -> None:
    sweeping.sweep()
