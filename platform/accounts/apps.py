"""People, the organizations they act for, and the offices they hold."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Words of the timeline, pages of the settings, and the description of tokens register themselves.
        from accounts import news, schemes  # noqa: F401
