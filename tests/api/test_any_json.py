"""No JSON value in any field makes the server stumble."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from information.models import Need
from tests.api.conftest import ClientOf

FINITE = st.floats(allow_nan=False, allow_infinity=False)
SCALARS = st.none() | st.booleans() | st.integers() | FINITE | st.text(max_size=20)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)
FIELDS = st.sampled_from([
    "owner", "external_id", "title_zh", "keywords_en", "chain_nodes", "industries", "region", "visibility",
    "valid_through", "type", "targets", "trl_current", "budget_min", "currency", "deadline", "version",
])  # fmt: skip


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.dictionaries(FIELDS, VALUES, min_size=1, max_size=3))
def test_a_need_is_taken_or_refused_by_field(
    client_of: ClientOf, enterprise_manager: User, need_body: dict[str, Any], changes: dict[str, Any]
) -> None:
    Need.objects.all().delete()
    sent = json.dumps(need_body | changes)

    answer = client_of(enterprise_manager).post("/api/v1/needs/", sent, content_type="application/json")

    assert answer.status_code in {201, 400, 403}
    assert Need.objects.count() == (answer.status_code == 201)
    if answer.status_code == 400:
        assert answer.json()["errors"]
