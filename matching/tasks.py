"""Matching's Celery tasks."""

from celery import shared_task

from matching import rematching, scoring, steps
from matching.docking import sweeping


@shared_task(acks_late=True, ignore_result=True)
def suggest(need_id: int) -> None:
    scoring.suggest(need_id)


@shared_task(acks_late=True, ignore_result=True)
def score_shard(shard_id: int) -> None:
    rematching.score(shard_id)


@shared_task(ignore_result=True)
def tend_index() -> None:
    steps.tend_index()


@shared_task(ignore_result=True)
def sweep() -> None:
    scoring.sweep()


@shared_task(ignore_result=True)
def sweep_rooms() -> None:
    sweeping.sweep()
