"""Doorbells of contracts."""

from celery import shared_task

from contracts import services


@shared_task
def expire_overdue() -> None:
    services.expire_overdue()
