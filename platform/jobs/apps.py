"""Work that takes longer than a page may: resumable, with an owner and a visible progress."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "jobs"
    default_auto_field = "django.db.models.BigAutoField"
