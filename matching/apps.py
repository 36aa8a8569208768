"""Service docking: suggestions, their explanation, mutual interest and its approval."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "matching"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from matching import news, panels, places, receivers, steps, trials  # noqa: F401  they register themselves
        from matching.learning import rankers  # noqa: F401  it registers its job
