"""Bring the message catalogues in line with the sources."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from texts.catalogues import faults, update


class Command(BaseCommand):
    help = "Gather every message of the sources into both catalogues; what is new waits there for its translation."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        update(settings.BASE_DIR)
        for fault in faults(settings.BASE_DIR):
            self.stdout.write(fault)
