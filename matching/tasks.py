"""Matching's Celery tasks."""

from celery import shared_task

from matching import digests, lapsing, scoring
from matching.learning import rankers
from policy import PLATFORM


@shared_task(acks_late=True, ignore_result=True)
def suggest(need_id: int) -> None:
    scoring.suggest(need_id)


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
def digest() -> None:
    digests.make_all()
