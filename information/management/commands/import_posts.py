"""The product's own import from the command line."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Organization, User
from information import importing
from information.models import Import
from jobs.models import Job
from jobs.watching import until_done
from journal.errors import DomainError


class Command(BaseCommand):
    help = "Import a CSV or JSON Lines file of needs or achievements for an organization, through a worker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--kind", required=True, choices=Import.Kind.values)
        parser.add_argument("--organization", required=True, metavar="USCC")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="a member of the organization")
        parser.add_argument("--format", choices=Import.Format.values, help="by default told by the file's name")
        parser.add_argument("--encoding", default="utf-8", choices=["utf-8", "gb18030"])
        parser.add_argument("--draft", action="store_true", help="leave the posts as drafts, do not submit them")
        parser.add_argument("--wait", action="store_true", help="show the progress, then every bad row")
        parser.add_argument(
            "--publish", metavar="EMAIL", help="the administrator who publishes all of it afterwards; implies --wait"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            source = self.accept(options)
            if options["wait"] or options["publish"]:
                self.wait_for(source.job)
                self.report(source)
            if options["publish"]:
                self.wait_for(importing.publish_all(source, by=self.person(options["publish"])))
        except DomainError as fault:
            raise CommandError(str(fault)) from fault

    def accept(self, options: dict[str, Any]) -> Import:
        """Hand the file in as the person would."""
        owner = Organization.objects.filter(uscc=options["organization"]).first()
        if owner is None:
            raise CommandError(f"No organization has the code {options['organization']}.")
        by = self.person(options["by"])
        try:
            with options["file"].open("rb") as file:
                source = importing.accept(
                    file,
                    kind=options["kind"],
                    format=options["format"],
                    encoding=options["encoding"],
                    owner=owner,
                    by=by,
                    submit=not options["draft"],
                )
        except OSError as fault:
            raise CommandError(f"{options['file']}: {fault.strerror}") from fault
        self.stdout.write(f"Import {source.pk} was started as job {source.job_id}.")
        return source

    def person(self, email: str) -> User:
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(f"Nobody has the e-mail address {email}.")
        return user

    def wait_for(self, job: Job | None) -> None:
        if job is not None:
            ended = until_done(job, self.stdout)
            self.stdout.write(", ".join(f"{count} {outcome}" for outcome, count in sorted(ended.result.items())))

    def report(self, source: Import) -> None:
        """Every bad row with its line, field and reason."""
        for row in source.rows.filter(outcome="failed").iterator():
            self.stderr.write(f"line {row.line}: {row.field + ': ' if row.field else ''}{row.reason}")
