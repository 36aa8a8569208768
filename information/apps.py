"""Information release: needs, achievements, their verification, and import."""

from django.apps import AppConfig


class InformationConfig(AppConfig):
    name = "information"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from information import steps  # noqa: F401  job steps register themselves
