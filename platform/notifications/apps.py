"""Inbox, mail and digests."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # What is told of organizations registers itself, and the page of the settings.
        from accounts.settings_menu import Place, register
        from notifications import of_accounts, personal  # noqa: F401

        register(Place(20, "notifications:settings", _("Mail"), "notice.settings"))
