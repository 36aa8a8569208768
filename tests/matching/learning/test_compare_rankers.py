"""Comparing two orders: nDCG as published, intervals that repeat, and no need on both sides."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.learning.comparison import compare, interval, is_held_back, ndcg, pairs_right


def test_ndcg_is_computed_as_published() -> None:
    grades, scores = np.array([3, 2, 0]), np.array([0.1, 0.9, 0.5])

    found = ndcg(grades, scores, [1, 2, 3])

    gained = 3 / math.log2(2) + 0 + 7 / math.log2(4)
    assert found == pytest.approx(gained / (7 / math.log2(2) + 3 / math.log2(3)))


def test_ties_are_broken_by_id_and_not_by_luck() -> None:
    grades = np.array([0, 1])

    assert ndcg(grades, np.zeros(2), [2, 1]) == 1.0
    assert ndcg(grades, np.zeros(2), [1, 2]) == pytest.approx(1 / math.log2(3))


def test_only_the_first_ten_count() -> None:
    grades = np.array([0] * 10 + [4])

    assert ndcg(grades, -np.arange(11.0), list(range(11))) == 0.0


@given(st.lists(st.tuples(st.integers(0, 4), st.floats(0, 1)), min_size=2, max_size=12))
def test_the_ideal_order_is_1_and_none_is_better(rows: list[tuple[int, float]]) -> None:
    grades, scores = np.array([grade for grade, _ in rows]), np.array([score for _, score in rows])

    ideal, other = (ndcg(grades, each, list(range(len(rows)))) for each in (grades.astype(float), scores))

    assert math.isnan(ideal) if not grades.any() else (ideal == pytest.approx(1.0) and other <= 1.0 + 1e-9)


def test_pairs_of_equal_grade_are_no_pairs_and_a_tie_counts_half() -> None:
    assert pairs_right(np.array([2, 0, 0]), np.array([0.5, 0.5, 0.1])) == (1.5, 2)


def test_an_interval_repeats_for_its_seed() -> None:
    differences = np.array([0.1, 0.0, 0.2, -0.05, 0.1])

    assert interval(differences, 0) == interval(differences, 0)
    assert interval(np.full(5, 0.2), 0) == pytest.approx((0.2, 0.2))


def test_needs_without_two_grades_are_left_out() -> None:
    needs, grades = np.array([1, 1, 2, 2]), np.array([2, 0, 1, 1])

    found = compare(needs, grades, np.array([0.1, 0.9, 0.1, 0.9]), np.array([0.9, 0.1, 0.1, 0.9]))

    assert found is not None
    assert (found.needs, found.decisions, found.pairs) == (1, 2, 1)
    assert (found.pairs_serving, found.pairs_candidate) == (0.0, 1.0)
    assert found.difference > 0
    assert compare(needs[2:], grades[2:], np.zeros(2), np.zeros(2)) is None


def test_about_three_of_ten_needs_are_held_back_and_always_the_same() -> None:
    held = [need for need in range(1, 2001) if is_held_back(need)]

    assert 500 < len(held) < 700
    assert held == [need for need in range(1, 2001) if is_held_back(need)]
