"""Load the clause library from its files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from contracts.library import BrokenLibrary, load


class Command(BaseCommand):
    help = "Load the clause library; idempotent, and what administrators wrote since stays in force."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "seeds" / "clauses")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load(options["folder"])
        except BrokenLibrary as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"Clause library: {loaded.clauses} clauses, {loaded.new} new.")
