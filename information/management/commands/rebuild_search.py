"""Build the catalogue's tables anew from the posts, in batches, while the platform runs."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from information.search import rebuilding


class Command(BaseCommand):
    help = "Build the catalogue anew: after an upgrade, after loading taxonomies, or when in doubt. Safe at any time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch", type=int, default=rebuilding.BATCH, help="posts in one transaction")

    def handle(self, *args: Any, **options: Any) -> None:
        for progress in rebuilding.rebuild(max(1, options["batch"])):
            self.stdout.write(f"{progress.noun}: {progress.done} of {progress.total}")
        self.stdout.write(self.style.SUCCESS("The catalogue is complete."))
