"""Notifications' Celery tasks: gather what is due, and send one letter."""

from celery import shared_task

from notifications import posting


@shared_task(ignore_result=True)
def gather() -> None:
    posting.gather()
    posting.sweep()


@shared_task(acks_late=True, ignore_result=True)
def send(letter_id: int) -> None:
    posting.send(letter_id)
