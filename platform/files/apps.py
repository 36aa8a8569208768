"""Attachments for any subject of any floor."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "files"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # The job's step and the words of the timeline register themselves.
        from files import news, steps  # noqa: F401
