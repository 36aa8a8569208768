"""Rows that cannot become posts: each is named with line, field and reason, and nothing of it is kept."""

import json
from typing import Any

import pytest
from django.utils import translation

from accounts.models import Organization, User
from information import importing
from information.models import Need
from journal.models import Entry
from tests import factories
from tests.information.import_files import counts, failures, file, import_needs, json_lines, need_row, work_off

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
HEADER = "external_id,type,title_en,problem_en\n"


@pytest.fixture(autouse=True)
def terms(db: None) -> None:
    factories.ContractTypeFactory.create()


OUT_OF_RANGE = "This number is out of any sensible range."


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("trl_current", -5, "Ensure this value is greater than or equal to 1."),
        ("trl_current", 2.5, "Write a whole number here."),
        ("trl_current", True, "Write a whole number here."),
        ("trl_current", 10**30, "Ensure this value is less than or equal to 9."),
        ("budget_min", 99999999999999, "Ensure this value is less than or equal to 1E+12."),
        ("budget_max", "1e400", OUT_OF_RANGE),
        ("budget_max", "plenty", "Write a number here."),
        ("budget_max", -1, "Ensure this value is greater than or equal to 0."),
        ("budget_max", {}, "Write a number here."),
        ("deadline", "31.1.2027", "Write a date as 2027-01-31."),
        ("valid_through", "1999-01-31", "This day has passed."),
        ("type", "gift", "“gift” is not a code of this list."),
        ("type", None, "Every row needs this."),
        ("region", "999999", "“999999” is not a code of this list."),
        ("chain_nodes", ["no.such"], "“no.such” is not a code of this list."),
        ("chain_nodes", "cnc.bearings", "A list is expected here."),
        ("title_en", "x" * 241, "Ensure this value has at most 240 characters (it has 241)."),
        ("title_en", ["x"], "Write text here."),
        ("summary_en", "<b>bold</b>", "Plain text only: remove “<b>”."),
        ("summary_en", "a\x00b", "This text holds invisible control characters."),
        ("summary_en", "a\ud800b", "This text holds invisible control characters."),
        ("visibility", "nobody", "Value 'nobody' is not a valid choice."),
        (
            "targets",
            [{"parameter_en": "x", "operator": "~", "value": 1}],
            "Row 1: operator: Choose one of: <=, >=, <, >, =.",
        ),
        ("targets", [{"parameter_en": "x", "operator": "<=", "value": 1e300}], f"Row 1: value: {OUT_OF_RANGE}"),
        ("targets", "noise", "A list is expected here."),
        ("problem_en", "", "Describe it, in Chinese or English."),
        ("owner", 1, "There is no such field."),
    ],
)
def test_a_value_that_does_not_fit_fails_its_row_only(
    field: str, value: Any, reason: str, enterprise: Organization, enterprise_manager: User
) -> None:
    rows = json_lines(need_row("good"), "", json.dumps(need_row("bad", **{field: value})))

    source = import_needs(rows, enterprise, enterprise_manager)

    [(line, at, why)] = failures(source)
    assert (line, at.removesuffix("_zh").removesuffix("_en")) == (3, field.removesuffix("_en"))
    assert why.startswith(reason)
    assert list(Need.objects.values_list("external_id", flat=True)) == ["good"]
    assert Entry.objects.filter(name="information.need.drafted").count() == 1


@pytest.mark.parametrize("number", ["1e400", "NaN", "-Infinity"])
def test_a_number_beyond_all_numbers_names_its_field(
    number: str, enterprise: Organization, enterprise_manager: User
) -> None:
    line = '{"external_id": "n-1", "type": "development", "title_en": "x", "targets": [{"value": NUMBER}]}'.replace(
        "NUMBER", number
    )

    source = import_needs(json_lines(line), enterprise, enterprise_manager)

    assert failures(source) == [(1, "targets", OUT_OF_RANGE)]


@pytest.mark.parametrize("line", ["{broken", "[1]", '"x"', "[" * 100_000, '{"external_id": ' + "9" * 5000 + "}"])
def test_a_line_that_is_no_json_object_fails_alone(
    line: str, enterprise: Organization, enterprise_manager: User
) -> None:
    source = import_needs(json_lines(need_row("a"), line, need_row("b")), enterprise, enterprise_manager)

    assert failures(source) == [(2, "", "This line is not a JSON object.")]
    assert counts(source) == {"created": 2, "failed": 1}


def test_the_second_row_with_an_external_id_fails(enterprise: Organization, enterprise_manager: User) -> None:
    source = import_needs(json_lines(need_row("a"), need_row(" a ")), enterprise, enterprise_manager)

    assert failures(source) == [(2, "external_id", "Line 1 has this external id already.")]


@pytest.mark.parametrize("key", [None, "", "  ", 7, ["a"]])
def test_a_row_without_an_external_id_fails(key: Any, enterprise: Organization, enterprise_manager: User) -> None:
    source = import_needs(
        json_lines(need_row("a"), {**need_row("b"), "external_id": key}), enterprise, enterprise_manager
    )

    assert failures(source) == [(2, "external_id", "Fill this in; no two rows may share it.")]


def test_an_open_quotation_mark_costs_its_own_row_only(enterprise: Organization, enterprise_manager: User) -> None:
    content = HEADER + 'a,development,"open,x\nb,development,"Two\nlines",y\nc,development,fine,z\n'

    source = import_needs(content, enterprise, enterprise_manager, "n.csv")

    reason = "A quotation mark is not closed, text follows a closing one, or a cell is over 131,072 characters."
    assert failures(source) == [(2, "", reason)]
    assert list(Need.objects.order_by("external_id").values_list("external_id", "title_en")) == [
        ("b", "Two\nlines"),
        ("c", "fine"),
    ]


def test_a_quotation_mark_open_to_the_end_of_the_file_costs_its_own_row_only(
    enterprise: Organization, enterprise_manager: User
) -> None:
    content = HEADER + 'a,development,"open,x\nb,development,fine,y\nc,development,fine,z'

    source = import_needs(content, enterprise, enterprise_manager, "n.csv")

    assert [line for line, _field, _reason in failures(source)] == [2]
    assert counts(source) == {"created": 2, "failed": 1}


def test_a_row_with_a_wrong_number_of_fields_fails_and_blank_lines_do_not(
    enterprise: Organization, enterprise_manager: User
) -> None:
    content = HEADER + "a,development,x\n\nb,development,x,y,z\n,,,\nc,development,fine,z\n"

    source = import_needs(content, enterprise, enterprise_manager, "n.csv")

    assert failures(source) == [
        (2, "", "This row has 3 fields, the header has 4."),
        (4, "", "This row has 5 fields, the header has 4."),
        (5, "external_id", "Fill this in; no two rows may share it."),
    ]
    assert counts(source) == {"created": 1, "failed": 3}


def test_reasons_are_written_in_the_language_in_which_the_file_was_uploaded(enterprise: Organization) -> None:
    by = factories.member(enterprise, language="en")
    with translation.override("zh-hans"):
        source = importing.accept(file(json_lines(need_row("a", trl_current=99))), kind="need", owner=enterprise, by=by)

    with translation.override("en"):
        work_off(source)

    assert failures(source) == [(1, "trl_current", "确保该值小于或等于9。")]


def test_a_row_that_only_the_database_refuses_fails_alone(
    enterprise: Organization, enterprise_manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What checks in memory let through (here: all) must not take the other rows of its transaction along.
    monkeypatch.setattr(Need, "full_clean", lambda _need, **_how: None)

    source = import_needs(
        json_lines(need_row("a"), need_row("b", title_en="x" * 300), need_row("c")), enterprise, enterprise_manager
    )

    assert failures(source) == [(2, "", "This row could not be saved. Compare it with the template.")]
    assert list(Need.objects.order_by("external_id").values_list("external_id", "status")) == [
        ("a", "submitted"),
        ("c", "submitted"),
    ]
