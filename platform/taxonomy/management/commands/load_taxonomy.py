"""Load the taxonomies of seeds/taxonomy; a second run changes nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from taxonomy.loading import BrokenTaxonomy, load


class Command(BaseCommand):
    help = "Load regions, industries, chains, innovation stages and contract types; idempotent."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "seeds" / "taxonomy")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load(options["folder"])
        except BrokenTaxonomy as fault:
            raise CommandError(str(fault)) from fault
        terms = ", ".join(f"{count} {name}" for name, count in loaded.terms.items())
        self.stdout.write(f"Taxonomies: {terms}; {loaded.changed} changed.")
