"""Have a worker build the matching index anew."""

from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand

from jobs.watching import until_done
from matching import steps


class Command(BaseCommand):
    help = "Build the index of all open posts anew, as a job of a worker; the one that serves serves until then."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--wait", action="store_true", help="show the progress until the job has ended")

    def handle(self, *args: Any, **options: Any) -> None:
        begun = monotonic()
        job = steps.build_index()
        if not options["wait"]:
            self.stdout.write(f"Job {job.pk} was started.")
            return
        job = until_done(job, self.stdout)
        self.stdout.write(f"Built the index of {job.done - 1} posts in {monotonic() - begun:.1f} s.")
