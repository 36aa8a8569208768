"""Doorbells of contracts."""

from celery import shared_task

from contracts import services
from contracts.execution import reminders


@shared_task
def expire_overdue() -> None:
    services.expire_overdue()


@shared_task
def sweep_projects() -> None:
    reminders.sweep()
