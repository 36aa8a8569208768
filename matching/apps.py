"""Service docking: suggestions, their explanation, mutual interest and its approval."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "matching"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # They register themselves.
        from matching import news, notices, panels, places, receivers, steps, trials  # noqa: F401
        from matching.docking import news as room_news  # noqa: F401
        from matching.docking import places as room_places  # noqa: F401
        from matching.learning import rankers  # noqa: F401
