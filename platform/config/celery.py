"""The Celery application."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_init
from django.core.exceptions import ImproperlyConfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("tenon")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def refuse_gaps(**kwargs: Any) -> None:
    """A worker stops at start-up, like the web server, where a URL has no policy."""
    from policy.completeness import require_complete

    try:
        require_complete()
    except ImproperlyConfigured as fault:
        # Celery logs what a signal handler raises and carries on; only an exit stops the worker.
        raise SystemExit(str(fault)) from fault
