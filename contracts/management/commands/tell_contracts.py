"""Let something happen to contracts of the demonstration, after its matches have been told."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.core.management.base import BaseCommand, CommandError

from contracts import stories
from information.demonstration import Demonstration
from journal.errors import DomainError


class Command(BaseCommand):
    help = "Bring pairs of the demonstration to contracts: in negotiation, frozen, partly signed, in force; idempotent."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "seeds" / "demo")
        parser.add_argument("--password", default="tenon-demo", help="of the people who sign")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            told = stories.tell(Demonstration(options["folder"], password=options["password"]))
        except (ObjectDoesNotExist, DomainError, OSError, ValueError) as fault:
            raise CommandError(f"{fault} (were load_clauses and load_demo --stories run?)") from fault
        self.stdout.write(f"Stories: {told} contracts moved.")
