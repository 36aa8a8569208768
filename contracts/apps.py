"""Contract management: from an approved match to a contract."""

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "contracts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # They register themselves.
        from contracts import news, notices, places, receivers, system_checks  # noqa: F401
        from contracts.execution import desk, files, words  # noqa: F401
