"""Contract management: from an approved match to a contract."""

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "contracts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from contracts import news, places, receivers, system_checks  # noqa: F401  they register themselves
