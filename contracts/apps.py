"""Contract management: from an approved match to a contract."""

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "contracts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Words of the timeline, what the desk shows, receivers, checks and kinds that carry files register themselves.
        from contracts import news, places, receivers, system_checks  # noqa: F401
        from contracts.execution import files, words  # noqa: F401
