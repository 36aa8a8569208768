"""Compile the message catalogues, without GNU gettext."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from texts.catalogues import compile_all


class Command(BaseCommand):
    help = "Compile locale/*/LC_MESSAGES/django.po where it is newer than its compiled form."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--force", action="store_true", help="also those that are up to date")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Catalogues compiled: {compile_all(settings.BASE_DIR, force=options['force'])}.")
