"""What is wired at start-up: the policy's rows, and a system check that every URL names one."""

from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured


class WiringConfig(AppConfig):
    name = "config"
    label = "config"

    def ready(self) -> None:
        # Rings go out from pages and commands too: without this they would look for a broker of Celery's own choice.
        from config import celery  # noqa: F401
        from config.policy import RULES
        from policy import install

        install(RULES)
        register(every_url_has_a_policy)


def every_url_has_a_policy(**kwargs: Any) -> list[CheckMessage]:
    """`manage.py check` names the URLs that nobody may use because no row speaks of them."""
    from policy.completeness import require_complete

    try:
        require_complete()
    except ImproperlyConfigured as fault:
        return [Error(str(fault), id="policy.E001")]
    return []
