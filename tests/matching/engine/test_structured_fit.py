"""The fit of chain, readiness, price and region."""

import numpy as np
import pytest

from matching.engine import Graph
from matching.engine.structure import node_fit, price_fit, region_fit, trl_fit
from tests.matching.engine.posts import CHAIN


@pytest.mark.parametrize(
    ("a", "b", "hops"),
    [
        ("spindles", "spindles", 0),
        ("spindles", "bearings", 1),
        ("machine-tools", "steel", 3),
        ("steel", "paint", None),
        ("paint", "paint", 0),
    ],
)
def test_distance_counts_hops_in_either_direction(a: str, b: str, hops: int | None) -> None:
    assert CHAIN.distance(a, b) == hops


def test_a_ring_of_links_is_walked_the_short_way() -> None:
    ring = Graph([("a", "b"), ("b", "c"), ("c", "d"), ("d", "a")])

    assert ring.distance("a", "d") == 1


@pytest.mark.parametrize(
    ("wanted", "offered", "fit"),
    [
        ({"spindles"}, {"spindles", "steel"}, 1.0),
        ({"spindles"}, {"bearings"}, 0.6),
        ({"machine-tools"}, {"bearings"}, 0.3),
        ({"machine-tools"}, {"steel"}, 0.0),
    ],
)
def test_the_nearest_nodes_count(wanted: set[str], offered: set[str], fit: float) -> None:
    assert node_fit(frozenset(wanted), frozenset(offered), CHAIN) == fit


def test_each_missing_level_of_readiness_costs_a_third() -> None:
    fits = trl_fit(np.array([9.0, 7.0, 6.0, 5.0, 4.0, 1.0, np.nan]), np.array([7.0]))

    assert fits[:6] == pytest.approx([1, 1, 2 / 3, 1 / 3, 0, 0])
    assert np.isnan(fits[6])


def test_a_price_fits_as_far_as_the_budget_covers_it() -> None:
    fits = price_fit(np.array([50.0, 100.0, 200.0, np.nan]), np.array([100.0]))

    assert fits[:3] == pytest.approx([1, 1, 0.5])
    assert np.isnan(fits[3])


def test_the_same_city_fits_best_and_the_same_province_better_than_another() -> None:
    fits = region_fit(np.array([210100.0, 210200.0, 210000.0, 440300.0, np.nan]), np.array([210100.0]))

    assert fits[:4] == pytest.approx([1, 0.7, 0.7, 0.3])
    assert np.isnan(fits[4])
