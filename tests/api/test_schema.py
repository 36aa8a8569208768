"""The OpenAPI description, and that nothing in the API lacks a policy."""

import io
from typing import Any

import pytest
import yaml
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.urls import get_resolver

from contracts.models import Contract
from information.models import Achievement, Need
from journal.lifecycle import Lifecycle
from matching.models import Match
from policy.completeness import missing
from tests.api.conftest import ClientOf

NOT_FOR_PEOPLE = {"take_effect", "expire", "lapse", "suggest"}


@pytest.fixture(scope="module")
def description() -> dict[str, Any]:
    """The description as the command writes it; a warning is an error."""
    out = io.StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=out)
    document: dict[str, Any] = yaml.safe_load(out.getvalue())
    return document


def operations(description: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for path in description["paths"].values() for operation in path.values()]


def test_every_operation_has_a_summary_of_its_own_and_describes_its_problems(description: dict[str, Any]) -> None:
    for operation in operations(description):
        problem = operation["responses"]["4XX"]["content"]["application/problem+json"]["schema"]
        assert operation["summary"], operation["operationId"]
        assert problem == {"$ref": "#/components/schemas/Problem"}
    assert set(description["components"]["schemas"]["Problem"]["required"]) == {"type", "title", "status", "detail"}


@pytest.mark.parametrize("model", [Need, Achievement, Match, Contract])
def test_every_move_that_people_make_has_an_operation(description: dict[str, Any], model: type[Lifecycle]) -> None:
    declared = {move.action for _, _, move in model.arrows()} - NOT_FOR_PEOPLE

    prefix = f"/api/v1/{model._meta.model_name}{'es' if model is Match else 's'}/"
    moves = (path.split("/actions/") for path in description["paths"] if "/actions/" in path)
    offered = {verb.rstrip("/") for place, verb in moves if place.startswith(prefix)}

    assert offered == declared


def test_parameters_of_lists_are_described(description: dict[str, Any]) -> None:
    parameters = description["paths"]["/api/v1/needs/"]["get"]["parameters"]

    assert {each["name"] for each in parameters} == {"q", "owner", "status", "cursor", "page_size"}


def test_every_address_and_every_action_behind_it_has_a_policy() -> None:
    assert list(missing(get_resolver().url_patterns)) == []


@pytest.mark.django_db
def test_the_description_and_the_list_of_lists_are_public(client_of: ClientOf, visitor: AnonymousUser) -> None:
    client = client_of(visitor)

    root, schema = client.get("/api/v1/"), client.get("/api/schema/")

    assert root.json()["needs"] == "http://testserver/api/v1/needs/"
    assert (schema.status_code, client.head("/api/schema/").status_code) == (200, 200)
