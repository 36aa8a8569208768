"""Write docs/lifecycles.md from the declared lifecycles and the policy table, or check that it is current."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from journal.diagrams import document


class Command(BaseCommand):
    help = "Write docs/lifecycles.md; with --check only say whether it is current (exit 1 if not)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing")
        parser.add_argument("--file", type=Path, default=settings.BASE_DIR / "docs" / "lifecycles.md")

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["file"]
        current, wanted = target.read_text(encoding="utf-8") if target.exists() else "", document()
        if options["check"]:
            if current != wanted:
                raise CommandError(
                    f"{target.name} does not say what the lifecycles and the policy say now."
                    " Run `python manage.py write_lifecycles` and commit what it writes."
                )
            self.stdout.write(f"{target.name} is current.")
            return
        target.write_text(wanted, encoding="utf-8")
        self.stdout.write(f"Wrote {target.name}.")
