"""Exposure: whose achievements are shown, against what they have published."""

from typing import Any

import pytest

from matching.learning.exposure import exposure
from tests.factories import AchievementFactory, MatchFactory, NeedFactory, OrganizationFactory, RegionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_shares_are_of_what_is_published_suggested_and_first() -> None:
    big = OrganizationFactory.create(kind="university")
    small = OrganizationFactory.create(kind="institute", region=RegionFactory.create(code="320100"))
    shown = AchievementFactory.create_batch(5, owner=big, status="published")
    hidden = AchievementFactory.create_batch(5, owner=small, status="published")
    need = NeedFactory.create(status="published")
    for place, achievement in enumerate([*shown, hidden[0]]):
        MatchFactory.create(need=need, achievement=achievement, score=0.9 - place / 10)
    MatchFactory.create(need=need, achievement=hidden[1], score=0.95, status="lapsed")

    found = exposure()

    by_kind = {row.label: row for row in found["kind"]}
    university, institute = by_kind["University"], by_kind["Research institute"]
    assert (university.published, institute.published) == (0.5, 0.5)
    assert (university.suggested, institute.suggested) == pytest.approx((5 / 6, 1 / 6))
    assert (university.first, institute.first) == (1.0, 0.0)
    assert (university.starved, institute.starved) == (False, True)
    assert [row.label for row in found["size"]] == ["4 to 9 achievements"]
    assert {row.label: row.organizations for row in found["region"]} == {"Region 210100": 1, "Region 320100": 1}


def test_without_anything_there_is_nothing() -> None:
    assert exposure() == {"kind": [], "size": [], "region": []}


def test_many_organizations_cost_as_much_as_one(django_assert_num_queries: Any) -> None:
    for number in (1, 3):
        AchievementFactory.create_batch(number, status="published")
        with django_assert_num_queries(5):
            exposure()
