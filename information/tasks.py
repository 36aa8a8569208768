"""Information's Celery tasks."""

from celery import shared_task

from information.search import suggestions


@shared_task(ignore_result=True)
def note_words() -> None:
    suggestions.note_words()
