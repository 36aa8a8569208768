"""Information release: needs, achievements, their verification, and import."""

from django.apps import AppConfig


class InformationConfig(AppConfig):
    name = "information"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # They register themselves.
        from information import (  # noqa: F401
            evidence,
            news,
            notices,
            organizations,
            places,
            receivers,
            related,
            showcase,
            steps,
        )
        from information.search import documents

        documents.follow()
