"""`manage.py inspect_files`: look again into files that are still in quarantine."""

from typing import Any

from django.core.management.base import BaseCommand

from files.models import Attachment
from files.services import INSPECT
from jobs import services as jobs
from jobs.models import Job
from policy import PLATFORM


class Command(BaseCommand):
    help = "Start a check for every file in quarantine that has none under way, for example after the scanner failed."

    def handle(self, *args: Any, **options: Any) -> None:
        under_way = Job.objects.open().filter(kind=INSPECT).values("subject_id")
        waiting = Attachment.objects.filter(status=Attachment.Status.QUARANTINED).exclude(pk__in=under_way)
        started = [jobs.start(INSPECT, by=PLATFORM, subject_id=pk) for pk in waiting.values_list("pk", flat=True)]
        self.stdout.write(f"{len(started)} checks started.")
