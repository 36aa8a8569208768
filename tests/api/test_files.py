"""Files over REST: the same use cases as on pages."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from accounts.models import User
from files.models import Attachment
from files.services import look_into
from information.models import Need
from tests import factories
from tests.api.conftest import ClientOf
from tests.files import samples
from tests.files.conftest import draft, vault

__all__ = ["draft", "vault"]

PLACE = "/api/v1/attachments/"


def body(post: Need, content: bytes, name: str = "report.pdf", **fields: Any) -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, content), "kind": "need", "key": post.public_id, **fields}


def test_a_file_is_attached_checked_and_fetched(client_of: ClientOf, draft: Need, enterprise_manager: User) -> None:
    client = client_of(enterprise_manager)

    made = client.post(PLACE, body(draft, samples.pdf()), format="multipart")
    address = f"{PLACE}{made.json()['public_id']}/"
    early = client.get(f"{address}content/")
    look_into(Attachment.objects.get().pk)
    late = client.get(f"{address}content/")

    assert (made.status_code, made.json()["status"], made.json()["kind"]) == (201, "quarantined", "need")
    assert early.status_code == 404
    assert late.getvalue() == samples.pdf()
    assert client.get(address).json()["status"] == "released"
    assert [each["name"] for each in client.get(PLACE, {"kind": "need", "key": draft.public_id}).json()["results"]] == [
        "report.pdf"
    ]


def test_a_file_is_removed_at_the_version_that_was_seen(
    client_of: ClientOf, draft: Need, enterprise_manager: User
) -> None:
    attachment = factories.AttachmentFactory.create(thing=draft, status="released")
    client, address = client_of(enterprise_manager), f"{PLACE}{attachment.public_id}/actions/remove/"

    stale = client.post(address, {"version": 9})
    removed = client.post(address, {"version": 1})

    assert (stale.status_code, removed.status_code, removed.json()["status"]) == (409, 200, "removed")


@pytest.mark.parametrize(
    ("content", "fields", "status", "field"),
    [
        (b"", {}, 400, "file"),
        (samples.archive(), {}, 400, "file"),
        (b"x" * 3000, {}, 413, "file"),
        (b"x", {"kind": "user"}, 404, None),
        (b"x", {"key": "nowhere"}, 404, None),
        (b"x", {"kind": "x" * 50}, 400, "kind"),
        (b"x", {"more": "1"}, 400, "more"),
    ],
)
def test_what_is_refused_says_where(
    client_of: ClientOf,
    draft: Need,
    enterprise_manager: User,
    settings: Settings,
    content: bytes,
    fields: dict[str, str],
    status: int,
    field: str | None,
) -> None:
    settings.LARGEST_ATTACHMENT = 2000

    answer = client_of(enterprise_manager).post(PLACE, body(draft, content, "a.txt", **fields), format="multipart")

    assert answer.status_code == status
    assert list(answer.json().get("errors", {})) == ([field] if field else [])
    assert not Attachment.objects.exists()


def test_strangers_find_nothing_and_attach_nothing(client_of: ClientOf, draft: Need, outsider: User) -> None:
    attachment = factories.AttachmentFactory.create(thing=draft, status="released")
    client = client_of(outsider)

    answers = [
        client.get(f"{PLACE}{attachment.public_id}/"),
        client.get(f"{PLACE}{attachment.public_id}/content/"),
        client.post(f"{PLACE}{attachment.public_id}/actions/remove/", {"version": 1}),
        client.post(PLACE, body(draft, b"x", "a.txt"), format="multipart"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert client.get(PLACE).json()["results"] == []


def test_half_of_what_names_a_thing_is_not_enough(client_of: ClientOf, enterprise_manager: User) -> None:
    answer = client_of(enterprise_manager).get(PLACE, {"kind": "need"})

    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["key"])


def test_three_files_on_three_posts_cost_as_much_as_one(
    client_of: ClientOf, draft: Need, enterprise_manager: User
) -> None:
    client = client_of(enterprise_manager)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(PLACE).status_code == 200
        return len(found)

    factories.AttachmentFactory.create(thing=draft, status="released")
    queries()
    with_one = queries()
    for _ in range(2):
        other = factories.NeedFactory.create(owner=draft.owner)
        factories.AttachmentFactory.create(thing=other, status="released")

    assert len(client.get(PLACE).json()["results"]) == 3
    assert queries() == with_one
