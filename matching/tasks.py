"""Matching's Celery tasks."""

from celery import shared_task

from matching import scoring
from matching.docking import sweeping


@shared_task(acks_late=True, ignore_result=True)
def suggest(need_id: int) -> None:
    scoring.suggest(need_id)


@shared_task(ignore_result=True)
def sweep() -> None:
    scoring.sweep()


@shared_task(ignore_result=True)
def sweep_rooms() -> None:
    sweeping.sweep()
