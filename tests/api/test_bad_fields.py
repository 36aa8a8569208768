"""Whatever stands in a field, the answer names it and nothing is kept."""

import json
from typing import Any

import pytest
from django.contrib.postgres.fields import ArrayField

from accounts.models import User
from information.models import Achievement, Need
from information.records import SHAPES
from journal.models import Entry
from tests.api.conftest import ClientOf
from texts.fields import LineField, ProseField

MARKUP = "<img src=x onerror=alert(1)>"
LINES = [
    (model, field.name)
    for model in (Need, Achievement)
    for field in model._meta.get_fields()
    if isinstance(field, LineField | ProseField)
]
LISTS = [
    (model, field.name)
    for model in (Need, Achievement)
    for field in model._meta.get_fields()
    if isinstance(field, ArrayField) and isinstance(field.base_field, LineField)
]
RECORDS = [
    (model, shape, name)
    for model, shapes in ((Need, ["targets"]), (Achievement, ["benefits", "ip"]))
    for shape in shapes
    for name in SHAPES[shape]
]


@pytest.fixture
def send(
    client_of: ClientOf,
    enterprise_manager: User,
    university_manager: User,
    need_body: dict[str, Any],
    achievement_body: dict[str, Any],
) -> Any:
    """Send a valid need or achievement with one field replaced."""

    def post(model: type, field: str, value: Any) -> Any:
        author, body = (enterprise_manager, need_body) if model is Need else (university_manager, achievement_body)
        address = f"/api/v1/{model.__name__.lower()}s/"
        # Escaped by hand: half a surrogate pair can be written in JSON, but not in UTF-8.
        sent = json.dumps(body | {field: value}, ensure_ascii=True)
        return client_of(author).post(address, sent, content_type="application/json")

    return post


def assert_refused(answer: Any, field: str) -> None:
    """A 400 that names the field, as problem details, with nothing kept."""
    problem = answer.json()
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert (problem["type"], problem["status"]) == ("about:blank#bad-input", 400)
    assert [name for name in problem["errors"] if name == field or name.startswith(f"{field}.")], problem
    assert (Need.objects.count(), Achievement.objects.count(), Entry.objects.count()) == (0, 0, 0)


def test_every_text_of_a_post_is_among_the_cases() -> None:
    assert len(LINES) == 20
    assert len(LISTS) == 4


@pytest.mark.parametrize(("model", "field"), LINES)
@pytest.mark.parametrize("text", [MARKUP, "<script>x", "a\x00b", "\ud800", "\x1b[2J", ["a"], {"a": 1}, True, None])
def test_a_text_takes_nothing_but_plain_text(send: Any, model: type, field: str, text: Any) -> None:
    assert_refused(send(model, field, text), field)


@pytest.mark.parametrize(("model", "field"), LINES)
def test_a_text_has_a_greatest_length(send: Any, model: type, field: str) -> None:
    longest = model._meta.get_field(field).max_length  # type: ignore[attr-defined]

    assert_refused(send(model, field, "字" * (longest + 1)), field)


@pytest.mark.parametrize(("model", "field"), LISTS)
@pytest.mark.parametrize("value", [[MARKUP], ["a\x00b"], ["ok", ["nested"]], "text", {"a": 1}, ["x"] * 13, [None]])
def test_a_list_of_words_takes_nothing_but_words(send: Any, model: type, field: str, value: Any) -> None:
    assert_refused(send(model, field, value), field)


@pytest.mark.parametrize(("model", "shape", "name"), RECORDS)
@pytest.mark.parametrize("value", [MARKUP, "a\x00b", {"deep": []}, 10**400])
def test_a_record_takes_nothing_but_what_its_column_holds(
    send: Any, need_body: Any, achievement_body: Any, model: type, shape: str, name: str, value: Any
) -> None:
    row = (need_body if model is Need else achievement_body)[shape][0]

    assert_refused(send(model, shape, [row | {name: value}]), shape)


def test_a_figure_too_large_for_a_float_is_refused(
    client_of: ClientOf, enterprise_manager: User, need_body: dict[str, Any]
) -> None:
    body = json.dumps(need_body).replace('"value": 25', '"value": 1e400')

    answer = client_of(enterprise_manager).post("/api/v1/needs/", body, content_type="application/json")

    assert_refused(answer, "targets")


@pytest.mark.parametrize("value", [None, "", "text", {}, [None], [[]], [{}], [{"nonsense": 1}], [{"value": 1}] * 21])
def test_records_have_their_shape(send: Any, value: Any) -> None:
    assert_refused(send(Need, "targets", value), "targets")


@pytest.mark.parametrize(
    ("model", "field", "value"),
    [
        (Need, "trl_current", 0),
        (Need, "trl_current", -5),
        (Need, "trl_current", 10),
        (Need, "trl_current", 10**30),
        (Need, "trl_current", 1.5),
        (Need, "trl_required", 3),
        (Need, "budget_min", -1),
        (Need, "budget_min", "NaN"),
        (Need, "budget_min", "Infinity"),
        (Need, "budget_min", "1e400"),
        (Need, "budget_min", 99999999999999),
        (Need, "budget_min", "0.001"),
        (Need, "budget_max", 10**100),
        (Need, "currency", "XXX"),
        (Need, "deadline", "2027-02-30"),
        (Need, "deadline", 20270101),
        (Need, "valid_through", "2001-01-01"),
        (Need, "visibility", "nobody"),
        (Need, "type", "nonsense"),
        (Need, "type", {}),
        (Need, "type", None),
        (Need, "region", 10**30),
        (Need, "region", ["210100"]),
        (Need, "chain_nodes", ["nonsense"]),
        (Need, "chain_nodes", "cnc"),
        (Need, "chain_nodes", [[]]),
        (Need, "chain_nodes", ["x"] * 51),
        (Need, "industries", None),
        (Need, "owner", 10**30),
        (Need, "owner", -1),
        (Need, "owner", True),
        (Need, "owner", "1; DROP TABLE"),
        (Need, "owner", None),
        (Achievement, "type", "plant"),
        (Achievement, "trl", "high"),
        (Achievement, "offer_modes", ["free"]),
        (Achievement, "offer_modes", [["transfer"]]),
        (Achievement, "price_expectation", "-0.01"),
        (Achievement, "stage", "nonsense"),
    ],
)
def test_absurd_values_are_refused_by_field(send: Any, model: type, field: str, value: Any) -> None:
    assert_refused(send(model, field, value), field)
