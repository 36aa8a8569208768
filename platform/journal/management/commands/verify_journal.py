"""Verify the hash chains of the journal, and optionally compare their ends with an earlier copy kept elsewhere."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from journal.verification import faults, heads


class Command(BaseCommand):
    help = "Recompute every hash of the journal; exit 1 and name each stream whose chain is broken."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--write-heads", type=Path, help="write every stream's last number and hash to this file")
        parser.add_argument(
            "--compare-heads", type=Path, help="a file written earlier: every head in it must still exist"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        earlier = self.read(options["compare_heads"]) if options["compare_heads"] else {}
        found = 0
        for fault in faults(earlier):
            found += 1
            self.stderr.write(fault)
        if found:
            raise CommandError(f"{found} fault(s) in the journal.")
        if target := options["write_heads"]:
            target.write_text(json.dumps(heads(), indent=0))
            self.stdout.write(f"Heads written to {target}; keep the file away from this database.")
        self.stdout.write(self.style.SUCCESS("The journal is whole."))

    def read(self, path: Path) -> dict[str, tuple[int, str]]:
        try:
            return {stream: (head[0], head[1]) for stream, head in json.loads(path.read_text()).items()}
        except (OSError, ValueError, LookupError, AttributeError, TypeError) as fault:
            raise CommandError(f"{path} is not a file of heads: {fault}") from fault
