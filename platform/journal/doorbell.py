"""The doorbell: a Celery message that asks a worker to look at a row.

The row is the truth, the message only saves time.
"""

import logging

from celery import current_app
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)

# Once more at once, for a pooled connection that died since it was last used; then it is the sweep's turn.
RETRY = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}


def ring(task: str, key: int) -> None:
    """Ask a worker to do the task for the row of this key; a broker that is down costs the time until the sweep."""
    try:
        current_app.send_task(task, args=[key], retry=True, retry_policy=RETRY)
    except (OperationalError, OSError) as fault:
        log.warning("the broker did not take %s(%s): %s; the sweep will ring again", task, key, fault)
