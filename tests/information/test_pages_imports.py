"""Imports on pages: the form, the progress, the rows at fault, publishing all."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from accounts.models import Organization, User
from information import importing
from information.models import Achievement, Import, Need
from jobs import services as jobs
from jobs.models import Job
from tests.factories import ContractTypeFactory
from tests.information.import_files import file, import_needs, json_lines, need_row


def upload(content: bytes, name: str = "needs.jsonl", **fields: Any) -> dict[str, Any]:
    """What a browser sends."""
    return {
        "file": SimpleUploadedFile(name, content),
        "kind": "need",
        "encoding": "utf-8",
        "submit": "on",
        **fields,
    }


@pytest.fixture(autouse=True)
def _contract_type(db: None) -> None:
    ContractTypeFactory.create()


@pytest.fixture
def with_faults(enterprise: Organization, enterprise_manager: User) -> Import:
    """Three good rows, two at fault."""
    rows = [need_row("n-1"), need_row("n-2"), need_row("n-3"), need_row("n-4", trl_current=-5), "no JSON"]
    return import_needs(json_lines(*rows), enterprise, enterprise_manager)


def test_a_member_sends_a_file_and_comes_to_the_import(
    english: Client, enterprise: Organization, enterprise_manager: User
) -> None:
    english.force_login(enterprise_manager)

    answer = english.post("/imports/new/", {**upload(json_lines(need_row("n-1"))), "owner": enterprise.pk}, follow=True)

    source = Import.objects.get()
    page = answer.content.decode()
    assert answer.redirect_chain == [(f"/imports/{source.pk}/", 302)]
    assert (source.owner, source.submit, source.file_name) == (enterprise, True, "needs.jsonl")
    assert f'hx-get="/imports/{source.pk}/"' in page
    assert 'hx-trigger="every 2s"' in page


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        (upload(b""), "The file is empty."),
        (upload("é".encode("latin-1") * 9), "is not UTF-8"),
        (upload(b"{}\0"), "is NUL"),
        (upload(b"a,b\n1,2\n", "needs.csv"), "external_id"),
        (upload(b"x", "needs.exe"), "Choose one of: csv, jsonl"),
        (upload(b"{}", encoding="latin-1"), "Select a valid choice"),
        (upload(b"{}", kind="import"), "Select a valid choice"),
        ({"kind": "need", "encoding": "utf-8"}, "This field is required"),
    ],
)
def test_a_file_that_cannot_be_read_comes_back_with_the_reason_and_leaves_nothing(
    english: Client, enterprise: Organization, enterprise_manager: User, sent: dict[str, Any], fault: str
) -> None:
    english.force_login(enterprise_manager)

    answer = english.post("/imports/new/", {**sent, "owner": enterprise.pk})

    assert fault in answer.content.decode()
    assert (answer.status_code, Import.objects.count(), Job.objects.count()) == (400, 0, 0)


def test_a_file_over_the_limit_is_too_large(
    english: Client, enterprise: Organization, enterprise_manager: User, settings: Settings
) -> None:
    settings.LARGEST_UPLOAD = 1000
    english.force_login(enterprise_manager)

    answer = english.post(
        "/imports/new/", {**upload(json_lines(need_row("n-1", note="x" * 1000))), "owner": enterprise.pk}
    )

    assert (answer.status_code, Import.objects.count()) == (413, 0)
    assert "Split it into several files." in answer.content.decode()


def test_nobody_imports_for_others_or_what_the_organization_does_not_post(
    english: Client, enterprise: Organization, university: Organization, enterprise_manager: User
) -> None:
    english.force_login(enterprise_manager)
    content = json_lines(need_row("n-1"))

    for_others = english.post("/imports/new/", {**upload(content), "owner": university.pk})
    other_kind = english.post("/imports/new/", {**upload(content, kind="achievement"), "owner": enterprise.pk})

    assert (for_others.status_code, other_kind.status_code) == (400, 400)
    assert (Import.objects.count(), Achievement.objects.count()) == (0, 0)


@pytest.mark.parametrize("person", ["administrator", "supervisor"])
def test_who_has_no_organization_to_post_for_finds_no_form(
    english: Client, request: pytest.FixtureRequest, person: str
) -> None:
    english.force_login(request.getfixturevalue(person))

    assert english.get("/imports/new/").status_code == 404


def test_the_import_says_what_was_kept_and_which_rows_are_at_fault(
    english: Client, with_faults: Import, enterprise_manager: User
) -> None:
    english.force_login(enterprise_manager)

    answer = english.get(with_faults.get_absolute_url())

    page = answer.content.decode()
    assert [number for _, _, number in answer.context["counters"]] == [3, 0, 0, 2]
    assert [(row.line, row.field) for row in answer.context["page"].items] == [(4, "trl_current"), (5, "")]
    assert "Rows with errors" in page
    assert all(row.reason in page for row in answer.context["page"].items)


def test_the_rows_at_fault_are_paged(english: Client, enterprise: Organization, enterprise_manager: User) -> None:
    source = import_needs(json_lines(need_row("n-1"), *["no JSON"] * 3), enterprise, enterprise_manager)
    english.force_login(enterprise_manager)

    first = english.get(source.get_absolute_url(), {"size": 2})
    second = english.get(source.get_absolute_url(), {"size": 2, "cursor": first.context["page"].next})
    back = english.get(source.get_absolute_url(), {"size": 2, "cursor": second.context["page"].previous})

    assert [[row.line for row in answer.context["page"].items] for answer in (first, second, back)] == [
        [2, 3],
        [4],
        [2, 3],
    ]
    assert (second.context["page"].next, back.context["page"].previous) == (None, None)


def test_the_moving_part_is_asked_for_until_the_job_ends_and_then_the_page_is_loaded_anew(
    english: Client, enterprise: Organization, enterprise_manager: User
) -> None:
    source = importing.accept(file(json_lines(need_row("n-1"))), kind="need", owner=enterprise, by=enterprise_manager)
    english.force_login(enterprise_manager)
    ask = {"HX-Request": "true"}

    under_way = english.get(source.get_absolute_url(), headers=ask)
    while jobs.advance(source.job_id or 0):
        pass
    ended = english.get(source.get_absolute_url(), headers=ask)

    assert "<html" not in under_way.content.decode()
    assert "HX-Refresh" not in under_way.headers
    assert ended.headers["HX-Refresh"] == "true"


def test_an_administrator_publishes_all_of_an_import(english: Client, with_faults: Import, administrator: User) -> None:
    english.force_login(administrator)
    page = english.get(with_faults.get_absolute_url()).content.decode()

    answer = english.post(f"{with_faults.get_absolute_url()}publish/")
    job = Job.objects.get(kind=importing.PUBLISH)
    while jobs.advance(job.pk):
        pass

    assert "Publish all 3 submitted posts" in page
    assert answer.headers["Location"] == job.get_absolute_url()
    assert list(Need.objects.values_list("status", flat=True)) == ["published"] * 3
    assert "Publish all" not in english.get(with_faults.get_absolute_url()).content.decode()


def test_owners_do_not_publish_their_own_import(english: Client, with_faults: Import, enterprise_manager: User) -> None:
    english.force_login(enterprise_manager)

    page = english.get(with_faults.get_absolute_url()).content.decode()
    answer = english.post(f"{with_faults.get_absolute_url()}publish/")

    assert "Publish all" not in page
    assert answer.status_code == 404
    assert Job.objects.filter(kind=importing.PUBLISH).count() == 0


def test_a_stranger_is_told_that_there_is_no_import(english: Client, with_faults: Import, outsider: User) -> None:
    english.force_login(outsider)

    listed = english.get("/imports/").content.decode()
    answers = [
        english.get(address).status_code
        for address in (with_faults.get_absolute_url(), "/imports/99999999999999999999/")
    ]

    assert with_faults.file_name not in listed
    assert answers == [404, 404]


@pytest.mark.parametrize("query", ["page=-1", "cursor=garbage", "size=0"])
def test_absurd_pages_of_imports_and_rows_are_bad_requests(
    english: Client, with_faults: Import, enterprise_manager: User, query: str
) -> None:
    english.force_login(enterprise_manager)

    answers = [english.get(f"{address}?{query}") for address in ("/imports/", with_faults.get_absolute_url())]

    assert [answer.status_code for answer in answers] == [400, 400]


@pytest.mark.parametrize("kind", ["need", "achievement"])
def test_the_template_has_all_columns_and_can_be_imported_as_it_is(
    english: Client, enterprise_manager: User, kind: str
) -> None:
    english.force_login(enterprise_manager)

    answer = english.get(f"/imports/template/{kind}.csv")

    text = answer.content.decode("utf-8-sig")
    assert text == importing.template(kind)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"


def test_there_is_no_template_for_other_things(english: Client, enterprise_manager: User) -> None:
    english.force_login(enterprise_manager)

    assert english.get("/imports/template/user.csv").status_code == 404


def test_the_list_of_imports_takes_the_same_number_of_queries_for_one_and_for_three(
    client: Client, enterprise: Organization, enterprise_manager: User, count_queries: Callable[[str], int]
) -> None:
    client.force_login(enterprise_manager)
    import_needs(json_lines(need_row("n-1")), enterprise, enterprise_manager)
    with_one = count_queries("/imports/")
    for number in range(2, 4):
        import_needs(json_lines(need_row(f"n-{number}")), enterprise, enterprise_manager)

    assert count_queries("/imports/") == with_one
