"""Files on pages: the list and form on a post, the download, and what strangers get."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from files.models import Attachment
from files.services import attach, look_into
from information.models import Need
from tests import factories
from tests.files import samples


def released(draft: Need, by: User, content: bytes | None = None, name: str = "report.pdf") -> Attachment:
    """A checked file on the post."""
    (made,) = attach([SimpleUploadedFile(name, content or samples.pdf())], to=draft, by=by)
    look_into(made.pk)
    return Attachment.objects.get(pk=made.pk)


def opened(client: Client, attachment: Attachment) -> int:
    """The status with which the file's address answers."""
    answer = client.get(f"/files/{attachment.public_id}/")
    answer.getvalue()
    return answer.status_code


def send(client: Client, post: Need, *files: SimpleUploadedFile) -> tuple[int, str]:
    """Send files to a post: the status, and where it leads or what the page says."""
    answer = client.post(f"/files/of/need/{post.public_id}/add/", {"file": list(files)})
    return answer.status_code, answer.get("Location") or answer.content.decode()


def test_a_file_is_attached_with_a_plain_form_and_stands_on_the_posts_page(
    english: Client, draft: Need, enterprise_manager: User
) -> None:
    english.force_login(enterprise_manager)
    page = english.get(draft.get_absolute_url()).content.decode()

    sent = send(english, draft, SimpleUploadedFile("检测报告.pdf", samples.pdf()))
    shown = english.get(draft.get_absolute_url()).content.decode()

    assert f'action="/files/of/need/{draft.public_id}/add/"' in page
    assert sent == (302, f"{draft.get_absolute_url()}#files")
    assert "检测报告.pdf" in shown
    assert "Being checked" in shown
    assert "It can be opened as soon as it has been checked." in shown


def test_what_is_refused_is_told_beside_the_field(english: Client, draft: Need, enterprise_manager: User) -> None:
    english.force_login(enterprise_manager)

    status, page = send(english, draft, SimpleUploadedFile("<b>.zip", samples.archive()))
    nothing, empty_page = send(english, draft)

    assert (status, nothing) == (400, 400)
    assert 'id="id_file_error"' in page
    assert "is of a type that is not accepted. Accepted are: PDF" in page
    assert "<b>.zip" not in page
    assert "Choose a file first." in empty_page
    assert not Attachment.objects.exists()


def test_what_is_too_large_is_413(english: Client, draft: Need, enterprise_manager: User, settings: Settings) -> None:
    settings.LARGEST_ATTACHMENT = 100
    english.force_login(enterprise_manager)

    status, page = send(english, draft, SimpleUploadedFile("a.txt", b"x" * 101))

    assert status == 413
    assert 'id="id_file_error"' in page


def test_a_checked_file_is_a_download_and_nothing_else(english: Client, draft: Need, enterprise_manager: User) -> None:
    attachment = released(draft, enterprise_manager, "温升<script>".encode(), "说明.txt")
    english.force_login(enterprise_manager)

    answer = english.get(f"/files/{attachment.public_id}/")

    assert answer.getvalue() == "温升<script>".encode()
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%E8%AF%B4%E6%98%8E.txt"
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox;")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Length"] == str(attachment.size)


def test_strangers_find_nothing(
    english: Client, draft: Need, enterprise_manager: User, outsider: User, administrator: User
) -> None:
    attachment = released(draft, enterprise_manager)
    places = [f"/files/{attachment.public_id}/", f"/files/of/need/{draft.public_id}/"]

    seen = {}
    for person in (None, outsider, administrator):
        english.logout()
        if person:
            english.force_login(person)
        seen[person] = [english.get(place).status_code for place in places]

    # An administrator does not see the evidence of a draft before it is submitted.
    assert seen == {None: [302, 302], outsider: [404, 404], administrator: [404, 404]}


def test_the_administrator_reads_the_evidence_of_a_submitted_post_but_attaches_none(
    english: Client, draft: Need, enterprise_manager: User, administrator: User
) -> None:
    attachment = released(draft, enterprise_manager)
    Need.objects.filter(pk=draft.pk).update(status="submitted")
    english.force_login(administrator)

    page = english.get(draft.get_absolute_url()).content.decode()
    queue = english.get("/review/").content.decode()

    assert f"/files/{attachment.public_id}/" in page
    assert "/add/" not in page
    assert "1 file" in queue
    assert opened(english, attachment) == 200
    assert send(english, draft, SimpleUploadedFile("a.txt", b"x"))[0] == 403


def test_the_public_sees_no_evidence(english: Client, need: Need, enterprise_manager: User) -> None:
    attachment = factories.AttachmentFactory.create(thing=need, status="released")

    page = english.get(need.get_absolute_url()).content.decode()

    assert attachment.name not in page
    assert "Evidence" not in page


@pytest.mark.parametrize("status", ["quarantined", "refused", "removed"])
def test_only_a_released_file_can_be_opened(
    english: Client, draft: Need, enterprise_manager: User, status: str
) -> None:
    attachment = factories.AttachmentFactory.create(thing=draft, status=status)
    english.force_login(enterprise_manager)

    assert english.get(f"/files/{attachment.public_id}/").status_code == 404


def test_a_file_is_removed_with_its_button(english: Client, draft: Need, enterprise_manager: User) -> None:
    attachment = released(draft, enterprise_manager)
    english.force_login(enterprise_manager)

    answer = english.post(f"/files/{attachment.public_id}/actions/remove/", {"version": attachment.version})
    page = english.get(draft.get_absolute_url()).content.decode()

    assert (answer.status_code, answer["Location"]) == (302, f"{draft.get_absolute_url()}#files")
    assert "No files yet." in page
    assert "removed a file" in page


def test_the_list_is_asked_for_again_only_while_a_file_is_being_checked(
    english: Client, draft: Need, enterprise_manager: User
) -> None:
    attachment = factories.AttachmentFactory.create(thing=draft)
    english.force_login(enterprise_manager)
    address = f"/files/of/need/{draft.public_id}/"

    during = english.get(address, headers={"hx-request": "true"}).content.decode()
    Attachment.objects.filter(pk=attachment.pk).update(status="released")
    after = english.get(address, headers={"hx-request": "true"}).content.decode()

    assert ("hx-trigger" in during, "hx-trigger" in after) == (True, False)
    assert "<html" not in after


@pytest.mark.parametrize(
    "address", ["/files/of/need/nowhere/", "/files/of/user/1/", "/files/of/need/%00/", f"/files/{'0' * 32}/"]
)
def test_addresses_that_lead_nowhere_are_calm(english: Client, outsider: User, address: str) -> None:
    english.force_login(outsider)

    assert english.get(address).status_code in (400, 404)


def test_three_files_cost_as_much_as_one(
    english: Client, draft: Need, enterprise_manager: User, count_queries: Callable[[str], int]
) -> None:
    english.force_login(enterprise_manager)
    factories.AttachmentFactory.create(thing=draft, status="released")
    count_queries(draft.get_absolute_url())
    with_one = count_queries(draft.get_absolute_url())
    for _ in range(2):
        factories.AttachmentFactory.create(thing=draft, status="released", uploaded_by=factories.UserFactory.create())

    assert count_queries(draft.get_absolute_url()) == with_one


def test_three_posts_with_files_cost_the_queue_as_much_as_one(
    english: Client, administrator: User, count_queries: Callable[[str], int]
) -> None:
    english.force_login(administrator)

    def add(number: int) -> None:
        for _ in range(number):
            factories.AttachmentFactory.create(
                thing=factories.NeedFactory.create(status="submitted"), status="released"
            )

    add(1)
    count_queries("/review/")
    with_one = count_queries("/review/")
    add(2)

    assert count_queries("/review/") == with_one
