"""Lists over REST: a bounded number of queries, pages that neither repeat nor leave out."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Organization, User
from information.models import Import, ImportRow, Need
from tests import factories
from tests.api.conftest import ClientOf


def posts(kind: Any) -> Callable[[Organization, Organization], None]:
    """Add one post with terms of its own."""

    def add(enterprise: Organization, university: Organization) -> None:
        owner = enterprise if kind is factories.NeedFactory else university
        post = kind.create(owner=owner, status="published", region=owner.region)
        post.chain_nodes.set(factories.ChainNodeFactory.create_batch(2))

    return add


def a_match(enterprise: Organization, university: Organization) -> None:
    factories.MatchFactory.create(
        need=factories.NeedFactory.create(owner=enterprise, status="published"),
        achievement=factories.AchievementFactory.create(owner=university, status="published"),
    )


def a_contract(enterprise: Organization, university: Organization) -> None:
    factories.ContractFactory.create(match__need__owner=enterprise, match__achievement__owner=university)


def a_case(enterprise: Organization, university: Organization) -> None:
    contract = factories.ContractFactory.create(match__need__owner=enterprise, match__achievement__owner=university)
    factories.CaseFactory.create(match=contract.match, contract=contract)


def an_import(enterprise: Organization, university: Organization) -> None:
    by = factories.member(enterprise)
    Import.objects.create(owner=enterprise, created_by=by, kind="need", format="csv", file_name="needs.csv")


def an_organization(enterprise: Organization, university: Organization) -> None:
    region = factories.RegionFactory.create(code=f"21{Need.objects.count() + Organization.objects.count():04d}")
    factories.OrganizationFactory.create(region=region)


def a_chain(enterprise: Organization, university: Organization) -> None:
    number = factories.ChainNodeFactory.create(chain__code="cnc").pk
    source = factories.ChainNodeFactory.create(chain=factories.ChainFactory.create(code=f"chain-{number}"))
    source.feeds.add(factories.ChainNodeFactory.create(chain=source.chain))


LISTS = {
    "needs": posts(factories.NeedFactory),
    "achievements": posts(factories.AchievementFactory),
    "matches": a_match,
    "contracts": a_contract,
    "cases": a_case,
    "imports": an_import,
    "organizations": an_organization,
    "chains": a_chain,
}


@pytest.mark.parametrize("name", LISTS)
def test_a_longer_list_needs_no_more_queries(
    client_of: ClientOf, enterprise_manager: User, enterprise: Organization, university: Organization, name: str
) -> None:
    client, counts = client_of(enterprise_manager), []

    for more in (1, 2):
        for _ in range(more):
            LISTS[name](enterprise, university)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = client.get(f"/api/v1/{name}/")
        found = answer.json()
        assert len(found["results"] if isinstance(found, dict) else found) >= more
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_pages_neither_repeat_nor_leave_out(
    client_of: ClientOf, enterprise_manager: User, enterprise: Organization
) -> None:
    for number in range(7):
        # Equal scores, so that the order must hold among equals too.
        factories.MatchFactory.create(
            need=factories.NeedFactory.create(owner=enterprise, status="published"), score=0.5 if number % 4 else 0.9
        )
    client = client_of(enterprise_manager)
    whole = [match["id"] for match in client.get("/api/v1/matches/").json()["results"]]

    pages: list[list[int]] = []
    address = "/api/v1/matches/?page_size=2"
    while address:
        page = client.get(address).json()
        pages.append([match["id"] for match in page["results"]])
        address = page["next"]
    back = client.get(page["previous"]).json()

    assert [match for found in pages for match in found] == whole
    assert [len(found) for found in pages] == [2, 2, 2, 1]
    assert [match["id"] for match in back["results"]] == pages[-2]


def test_rows_of_an_import_come_in_pages_in_their_order(
    client_of: ClientOf, enterprise_manager: User, enterprise: Organization, university: Organization
) -> None:
    an_import(enterprise, university)
    source = Import.objects.get()
    ImportRow.objects.bulk_create(
        ImportRow(source=source, line=line, outcome="failed" if line % 2 else "created") for line in range(1, 8)
    )
    client = client_of(enterprise_manager)

    first = client.get(f"/api/v1/imports/{source.pk}/rows/?outcome=failed&page_size=3").json()
    second = client.get(first["next"]).json()

    assert [row["line"] for row in first["results"]] == [1, 3, 5]
    assert [row["line"] for row in second["results"]] == [7]
    assert second["next"] is None
