"""The files' Celery task: clear away what nobody needs."""

from celery import shared_task

from files import tidying


@shared_task(ignore_result=True)
def tidy() -> None:
    tidying.tidy()
