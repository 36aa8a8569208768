"""Have a worker score every open need again."""

from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand

from jobs.watching import until_done
from matching import steps
from policy import PLATFORM


class Command(BaseCommand):
    help = "Score every open need against every open achievement again, as a job of a worker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--wait", action="store_true", help="show the progress until the job has ended")

    def handle(self, *args: Any, **options: Any) -> None:
        begun = monotonic()
        job = steps.rematch(by=PLATFORM)
        if not options["wait"]:
            self.stdout.write(f"Job {job.pk} was started.")
            return
        job = until_done(job, self.stdout)
        self.stdout.write(f"Scored {job.done} needs in {monotonic() - begun:.1f} s.")
