"""Tracking and feedback: what became of each approved match."""

from django.apps import AppConfig


class TrackingConfig(AppConfig):
    name = "tracking"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tracking import places, receivers  # noqa: F401  they register themselves
