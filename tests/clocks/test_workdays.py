"""Clocks run on working days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clocks import after, between, is_workday

DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 25), True),  # a Wednesday
        (date(2026, 11, 28), False),  # a Saturday
        (date(2026, 10, 1), False),  # National Day
        (date(2026, 10, 10), True),  # a Saturday worked for a day of the National Day week
    ],
)
def test_weekends_and_holidays_are_free_and_shifted_days_are_worked(day: date, works: bool) -> None:
    assert is_workday(day) is works


def test_a_clock_skips_the_national_day_week() -> None:
    assert after(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert after(date(2026, 9, 30), 3) == date(2026, 10, 10)


def test_no_days_lead_nowhere() -> None:
    assert after(date(2026, 11, 28), 0) == date(2026, 11, 28)


@given(DAYS, st.integers(1, 40))
def test_a_clock_ends_on_a_working_day_and_counts_each_once(day: date, count: int) -> None:
    end = after(day, count)

    assert is_workday(end)
    assert between(day, end) == count
    assert between(end, day) == -count


@given(DAYS, st.integers(0, 60))
def test_a_span_has_at_most_as_many_working_days_as_days(day: date, length: int) -> None:
    assert 0 <= between(day, day + timedelta(days=length)) <= length
