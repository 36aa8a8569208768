"""The import from the command line."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from accounts.models import Organization, User
from information.models import Import
from jobs.models import Job
from tests import factories
from tests.information.import_files import json_lines, need_row, work_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def needs_file(tmp_path: Path) -> Path:
    factories.ContractTypeFactory.create()
    path = tmp_path / "needs.jsonl"
    path.write_bytes(json_lines(need_row("n-1"), "{broken"))
    return path


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The language of the sentences expected here."""
    with translation.override("en"):
        yield


def test_it_hands_the_file_in_as_the_person_would(
    needs_file: Path, enterprise: Organization, enterprise_manager: User
) -> None:
    out = StringIO()

    call_command(
        "import_posts", needs_file, kind="need", organization=enterprise.uscc, by=enterprise_manager.email, stdout=out
    )

    source = Import.objects.get()
    assert (source.owner, source.created_by, source.submit) == (enterprise, enterprise_manager, True)
    assert out.getvalue() == f"Import {source.pk} was started as job {source.job_id}.\n"


def test_it_reports_every_bad_row(
    needs_file: Path, enterprise: Organization, enterprise_manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def work_and_watch(job: Job, out: object) -> Job:
        work_off(Import.objects.get(job=job))
        return Job.objects.get(pk=job.pk)

    monkeypatch.setattr("jobs.watching.watch", work_and_watch)
    out, err = StringIO(), StringIO()

    call_command(
        "import_posts",
        needs_file,
        kind="need",
        organization=enterprise.uscc,
        by=enterprise_manager.email,
        wait=True,
        stdout=out,
        stderr=err,
    )

    assert out.getvalue().splitlines()[-1] == "1 created, 1 failed, 0 unchanged, 0 updated"
    assert err.getvalue() == "line 2: This line is not a JSON object.\n"


def test_wrong_words_are_named(needs_file: Path, enterprise: Organization, university_manager: User) -> None:
    def refusal(**changes: object) -> str:
        words = {"kind": "need", "organization": enterprise.uscc, "by": university_manager.email, **changes}
        with pytest.raises(CommandError) as caught:
            call_command("import_posts", words.pop("file", needs_file), **words)
        return str(caught.value)

    assert refusal(organization="91210100") == "No organization has the code 91210100."
    assert refusal(by="nobody@tenon.example") == "Nobody has the e-mail address nobody@tenon.example."
    assert refusal(file=Path("/no/such/file")) == "/no/such/file: No such file or directory"
    assert refusal() == "Only members of the organization it belongs to can do this."
    assert Import.objects.count() == 0
