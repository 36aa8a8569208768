"""Attachments for any subject of any floor."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "files"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # The job's step, the words of the timeline and the evidence of organizations register themselves.
        from files import news, organizations, steps  # noqa: F401
