"""The jobs' Celery tasks: carry one on, and find those that were dropped."""

from typing import Any

from celery import Task, shared_task

from jobs import services


class Running(Task):  # type: ignore[type-arg]
    """Keeps what went wrong with the job, for its owner to read."""

    def on_failure(self, exc: BaseException, task_id: str, args: Any, kwargs: Any, einfo: Any) -> None:
        services.fail(args[0], f"{type(exc).__name__}: {exc}")


@shared_task(base=Running, acks_late=True, ignore_result=True)
def run(job_id: int) -> None:
    services.run(job_id)


@shared_task(ignore_result=True)
def sweep() -> None:
    services.sweep()
