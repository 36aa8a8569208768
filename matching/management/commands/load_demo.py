"""Load the demonstration data; on this floor because its stories are told with matches."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.management.base import BaseCommand, CommandError

from information.demonstration import Demonstration
from information.importing.columns import RowError
from journal.errors import DomainError
from matching import stories


class Command(BaseCommand):
    help = "Load the demonstration's organizations, people and posts (all published); idempotent."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "seeds" / "demo")
        parser.add_argument("--password", default="tenon-demo", help="of every person who is created")
        parser.add_argument(
            "--stories", action="store_true", help="instead, after the first matching: let some sides speak"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        demonstration = Demonstration(options["folder"], password=options["password"])
        try:
            if options["stories"]:
                told = stories.tell(demonstration)
                self.stdout.write(f"Stories: {told} matches moved.")
                return
            demonstration.load()
        except (ObjectDoesNotExist, ValidationError, RowError, DomainError, OSError, ValueError) as fault:
            raise CommandError(f"{fault} (was load_taxonomy run, and rematch before --stories?)") from fault
        created = ", ".join(f"{count} {what}" for what, count in demonstration.created.items())
        self.stdout.write(f"Demonstration data: {created or 'nothing new'}.")
