"""Attaching files: quarantine, check, release or refusal, removal; what is refused leaves nothing behind."""

import io
import os
import shlex
import stat
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from files import services, tidying
from files.models import Attachment
from files.scanning import ScannerFault
from files.services import attach
from information.models import Need
from jobs.models import Job
from jobs.services import run
from journal.errors import BadInput, DomainError, IllegalMove, NotAllowed, TooLarge
from journal.models import Entry
from tests import factories
from tests.files import samples


def upload(content: bytes | None = None, name: str = "report.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, samples.pdf() if content is None else content)


def checked(attachment: Attachment) -> Attachment:
    """The attachment after its job has run."""
    run(Job.objects.get(kind="files.inspect", subject_id=attachment.pk).pk)
    return Attachment.objects.get(pk=attachment.pk)


def names(vault: Path) -> list[str]:
    """What lies in the folder."""
    return sorted(path.name for path in vault.iterdir()) if vault.exists() else []


def test_a_file_waits_in_quarantine_until_its_job_has_looked_into_it(
    draft: Need, enterprise_manager: User, vault: Path
) -> None:
    (made,) = attach([upload()], to=draft, by=enterprise_manager)

    assert (made.status, made.name, made.media_type, made.owner) == (
        "quarantined",
        "report.pdf",
        "application/pdf",
        draft.owner,
    )
    assert checked(made).status == "released"
    assert [entry.name for entry in Entry.objects.about(made)] == ["files.attachment.released"]
    told = Entry.objects.about(draft).get()
    assert (told.name, told.data["files"]) == (
        "information.need.file_added",
        [{"name": "report.pdf", "sha256": made.sha256}],
    )


def test_the_content_lies_under_a_random_name_that_only_the_platform_can_read(
    draft: Need, enterprise_manager: User, vault: Path
) -> None:
    (made,) = attach([upload()], to=draft, by=enterprise_manager)

    (kept,) = vault.iterdir()
    assert kept.name == made.stored_as != made.public_id
    assert kept.read_bytes() == samples.pdf()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(vault.stat().st_mode) == 0o700


def test_a_refused_file_is_deleted_and_says_why(
    draft: Need, enterprise_manager: User, vault: Path, django_capture_on_commit_callbacks: object
) -> None:
    (made,) = attach([upload(samples.pdf(script="app.alert(1)"))], to=draft, by=enterprise_manager)

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        refused = checked(made)

    assert (refused.status, refused.fault) == ("refused", "active")
    assert names(vault) == []


def test_a_file_that_vanished_from_the_folder_is_refused(draft: Need, enterprise_manager: User, vault: Path) -> None:
    (made,) = attach([upload()], to=draft, by=enterprise_manager)
    (vault / made.stored_as).unlink()

    assert checked(made).fault == "broken"


def scanner(status: int) -> str:
    """A command that reads everything and ends with the status."""
    return shlex.join(
        [sys.executable, "-c", f"import sys; sys.stdin.buffer.read(); print('Eicar'); sys.exit({status})"]
    )


@pytest.mark.parametrize(("status", "state", "fault"), [(0, "released", ""), (1, "refused", "infected")])
def test_the_scanner_has_the_last_word(
    draft: Need, enterprise_manager: User, settings: Settings, status: int, state: str, fault: str
) -> None:
    settings.FILE_SCANNER = scanner(status)
    (made,) = attach([upload()], to=draft, by=enterprise_manager)

    found = checked(made)

    assert (found.status, found.fault) == (state, fault)


@pytest.mark.parametrize("command", [scanner(2), "/nowhere/scanner"])
def test_a_file_stays_in_quarantine_while_the_scanner_fails(
    draft: Need, enterprise_manager: User, settings: Settings, command: str
) -> None:
    settings.FILE_SCANNER = command
    (made,) = attach([upload()], to=draft, by=enterprise_manager)

    with pytest.raises(ScannerFault):
        services.look_into(made.pk)

    assert Attachment.objects.get(pk=made.pk).status == "quarantined"
    settings.FILE_SCANNER = ""
    assert checked(made).status == "released"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", BadInput),
        (samples.archive(), BadInput),
        (b"MZ\x00", BadInput),
        (b"x" * 2001, TooLarge),
    ],
)
def test_what_is_refused_at_once_leaves_nothing_behind(
    draft: Need,
    enterprise_manager: User,
    vault: Path,
    settings: Settings,
    content: bytes,
    fault: type[DomainError],
) -> None:
    settings.LARGEST_ATTACHMENT = 2000

    with pytest.raises(fault) as refusal:
        attach([upload(b"fine", "a.txt"), upload(content)], to=draft, by=enterprise_manager)

    assert list(refusal.value.fields) == ["file"]
    assert (Attachment.objects.count(), Job.objects.count(), names(vault)) == (0, 0, [])
    assert not Entry.objects.about(draft).exists()


def test_no_more_files_than_are_allowed(draft: Need, enterprise_manager: User, vault: Path, settings: Settings) -> None:
    settings.MOST_ATTACHMENTS = 2
    attach([upload()], to=draft, by=enterprise_manager)

    with pytest.raises(BadInput):
        attach([upload(), upload()], to=draft, by=enterprise_manager)

    assert (Attachment.objects.count(), len(names(vault))) == (1, 1)


def test_nobody_attaches_to_what_is_being_judged_or_belongs_to_others(
    draft: Need, enterprise_manager: User, outsider: User, vault: Path
) -> None:
    submitted = factories.NeedFactory.create(owner=draft.owner, status="submitted")

    for thing, person in ((submitted, enterprise_manager), (draft, outsider)):
        with pytest.raises(NotAllowed):
            attach([upload()], to=thing, by=person)

    assert names(vault) == []


def test_what_carries_no_files_says_so(university_manager: User) -> None:
    with pytest.raises(LookupError):
        attach([upload()], to=university_manager, by=university_manager)


def test_a_removed_file_is_deleted_and_leaves_its_name_in_the_history(
    draft: Need, enterprise_manager: User, vault: Path, django_capture_on_commit_callbacks: object
) -> None:
    (made,) = attach([upload()], to=draft, by=enterprise_manager)
    with pytest.raises(IllegalMove):
        services.remove(made, by=enterprise_manager, version=made.version)
    released = checked(made)

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        services.remove(released, by=enterprise_manager, version=released.version)

    assert (Attachment.objects.get().status, names(vault)) == ("removed", [])
    assert Entry.objects.about(draft).last().name == "information.need.file_removed"  # type: ignore[union-attr]


def test_contents_that_nobody_needs_are_cleared_away_after_a_day(
    draft: Need, enterprise_manager: User, vault: Path
) -> None:
    (made,) = attach([upload()], to=draft, by=enterprise_manager)
    old = (timezone.now() - timedelta(days=2)).timestamp()
    for name in ("forgotten", "young"):
        (vault / name).write_bytes(b"x")
    for name in ("forgotten", made.stored_as):
        os.utime(vault / name, (old, old))

    assert tidying.tidy() == 1
    assert names(vault) == sorted([made.stored_as, "young"])


def test_files_that_are_still_waiting_are_looked_into_again_on_command(
    draft: Need, enterprise_manager: User, settings: Settings
) -> None:
    settings.FILE_SCANNER = scanner(2)
    (made,) = attach([upload()], to=draft, by=enterprise_manager)
    attach([upload()], to=draft, by=enterprise_manager)
    Job.objects.filter(subject_id=made.pk).update(ended_at=timezone.now(), failure="the scanner failed")

    call_command("inspect_files", stdout=io.StringIO())

    # The other one's check is still under way.
    assert Job.objects.open().filter(subject_id=made.pk).count() == 1
    assert Job.objects.count() == 3
