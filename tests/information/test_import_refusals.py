"""Files that are refused as a whole: a clear answer, and nothing is left behind."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import translation
from pytest_django.fixtures import Settings

from accounts.models import Organization, User
from information import importing
from information.importing import acceptance
from information.models import Import, ImportRow, Need
from jobs.models import Job
from journal.errors import BadInput, DomainError, NotAllowed, TooLarge
from journal.models import Entry
from tests.information.import_files import file, json_lines, need_row

pytestmark = pytest.mark.django_db
Refused = Callable[..., DomainError]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The language of the sentences expected here."""
    with translation.override("en"):
        yield


@pytest.fixture
def refused(enterprise: Organization, enterprise_manager: User) -> Refused:
    """Offer a file and give the refusal, after seeing that nothing of it was kept."""

    def offer(content: bytes | str, name: str = "needs.csv", **how: Any) -> DomainError:
        with pytest.raises(DomainError) as caught:
            importing.accept(
                file(content, name), **{"kind": "need", "owner": enterprise, "by": enterprise_manager, **how}
            )
        assert [kept.objects.count() for kept in (Import, ImportRow, Need, Job, Entry)] == [0, 0, 0, 0, 0]
        return caught.value

    return offer


def test_a_file_larger_than_the_limit_is_too_large(refused: Refused, settings: Settings) -> None:
    settings.LARGEST_UPLOAD = 1024 * 1024

    refusal = refused(b"x" * (1024 * 1024 + 1))

    assert (type(refusal), refusal.status) == (TooLarge, 413)
    assert refusal.message == "The file is larger than 1 MiB. Split it into several files."


def test_a_file_with_too_many_rows_is_too_large(refused: Refused, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acceptance, "MOST_ROWS", 2)

    refusal = refused(json_lines(*[need_row(str(number)) for number in range(3)]), "n.jsonl")

    assert refusal.message == ("The file has 3 rows; at most 2 are imported at once. Split it into several files.")


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n \n"])
def test_an_empty_file_is_refused(refused: Refused, content: bytes) -> None:
    assert refused(content).message == "The file is empty."


def test_a_header_without_rows_is_refused(refused: Refused) -> None:
    assert refused("external_id,type,title_zh\n").message == "The file has a header, but no rows."


def test_a_nul_byte_is_named_with_its_place(refused: Refused) -> None:
    refusal = refused(b"external_id,type,title_zh\nn-1,dev\0,x\n")

    assert refusal.message == ("Byte 34 in line 2 is NUL: this is no text file, or one in UTF-16. Save it as UTF-8.")


def test_text_in_another_encoding_is_named_with_its_place_and_what_to_do(refused: Refused) -> None:
    refusal = refused("external_id,type,title_zh\nn-1,development,主轴\n".encode("gb18030"))

    assert refusal.message == (
        "Byte 43 in line 2 is not UTF-8. It seems to be GB18030: choose that encoding, or save the file as UTF-8."
    )


def test_utf_8_declared_as_gb18030_is_noticed(refused: Refused) -> None:
    refusal = refused("external_id,type,title_zh\nn-1,development,主轴热伸长\n", encoding="gb18030")

    assert refusal.message == "This file is in UTF-8, not in GB18030. Choose UTF-8."


def test_a_header_of_a_hundred_thousand_columns_is_refused_at_once(refused: Refused) -> None:
    fault = refused("," * 100_000 + "\n1\n")

    assert str(fault) == "The first line has 100001 columns, at most 200 are read. Use the template."


def test_columns_that_are_unknown_double_or_missing_are_named(refused: Refused) -> None:
    refusal = refused("external_id,Titel,price,price,summary_zh\n1,2,3,4,5\n")

    assert refusal.message == (
        "Unknown columns: Titel, price, price. Columns that appear twice: price."
        " Missing columns: type, title_zh / title_en."
        " The first line has to name the columns, separated by commas, as in the template."
    )


@pytest.mark.parametrize("content", ["[1, 2]\n", "external_id,type\n", '"text"\n', "[" * 100_000, "NaN", "9" * 5000])
def test_json_lines_have_to_begin_with_an_object(refused: Refused, content: str) -> None:
    refusal = refused(content, "needs.jsonl")

    assert refusal.message == (
        "The first line is not a JSON object. JSON Lines holds one object in braces on each line."
    )


@pytest.mark.parametrize(
    ("how", "field"),
    [({"kind": "offer"}, "kind"), ({"encoding": "utf-16"}, "encoding"), ({"format": "xlsx"}, "format")],
)
def test_an_unknown_choice_is_named(refused: Refused, how: dict[str, Any], field: str) -> None:
    refusal = refused("external_id,type,title_zh\n1,development,x\n", **how)

    assert (type(refusal), list(refusal.fields)) == (BadInput, [field])


def test_a_file_name_that_tells_no_format_needs_one(refused: Refused) -> None:
    assert list(refused("external_id,type,title_zh\n1,development,x\n", "needs.xlsx").fields) == ["format"]


def test_nobody_imports_for_another_organization(refused: Refused, university_manager: User) -> None:
    refusal = refused(json_lines(need_row("n-1")), "n.jsonl", by=university_manager)

    assert type(refusal) is NotAllowed


def test_an_enterprise_does_not_import_achievements(refused: Refused) -> None:
    assert type(refused(json_lines(need_row("n-1")), "n.jsonl", kind="achievement")) is NotAllowed
