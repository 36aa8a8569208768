"""Contracts' Celery tasks."""

from celery import shared_task

from contracts.execution import reminders


@shared_task(ignore_result=True)
def sweep_projects() -> None:
    reminders.sweep()
