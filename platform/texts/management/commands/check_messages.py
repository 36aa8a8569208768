"""Check that both catalogues hold exactly the messages of the sources, all translated."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from texts.catalogues import faults


class Command(BaseCommand):
    help = "Exit 1 and name every message that is missing, left over, untranslated or broken."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(faults(settings.BASE_DIR))
        for fault in found:
            self.stderr.write(fault)
        if found:
            raise CommandError(f"{len(found)} fault(s) in the catalogues.")
        self.stdout.write("Both catalogues are complete.")
