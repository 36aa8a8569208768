"""The journal's Celery tasks: the doorbell and its sweep."""

from typing import Any

from celery import Task, shared_task

from journal import delivery


class Delivery(Task):  # type: ignore[type-arg]
    """Keeps the receipt of a failed attempt owed, with what went wrong."""

    def on_failure(self, exc: BaseException, task_id: str, args: Any, kwargs: Any, einfo: Any) -> None:
        delivery.put_off(args[0], f"{type(exc).__name__}: {exc}")


@shared_task(base=Delivery, acks_late=True, ignore_result=True)
def deliver(receipt_id: int) -> None:
    delivery.deliver(receipt_id)


@shared_task(ignore_result=True)
def sweep() -> None:
    delivery.sweep()
