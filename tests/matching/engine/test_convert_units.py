"""Units and the way from one to another."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine import units

LENGTHS = ["nm", "μm", "um", "mm", "cm", "m", "微米", "毫米"]


@pytest.mark.parametrize(
    ("value", "source", "to", "expected"),
    [
        (5, "μm", "mm", 0.005),
        (1.2, "GPa", "MPa", 1200),
        (3, "N/mm²", "MPa", 3),
        (90, "min", "h", 1.5),
        (25, "℃", "K", 298.15),
        (300, "K", "°C", 26.85),
        (3000, "r/min", "rpm", 3000),
        (60, "rpm", "Hz", 1),
        (2, "kN", "N", 2000),
        (1500, "N·mm", "N·m", 1.5),
        (1, "°", "arcmin", 60),
        (2, "′", "″", 120),
        (7.85, "g/cm³", "kg/m3", 7850),
        (6, "m/min", "mm/s", 100),
        (10, "μm/m", "mm/m", 0.01),
        (0.5, "‰", "%", 0.05),
        (500, "Mpa", "MPa", 500),
        (2, "kW·h", "kWh", 2),
    ],
)
def test_a_value_is_carried_from_one_unit_to_another(value: float, source: str, to: str, expected: float) -> None:
    assert units.convert(value, source, to) == pytest.approx(expected)


def test_a_difference_of_temperatures_has_no_offset() -> None:
    assert units.convert(15, "℃", "K", difference=True) == 15


@pytest.mark.parametrize(("source", "to"), [("mm", "MPa"), ("HRC", "HV"), ("%", "mm"), ("dB", "Hz"), ("HV10", "HV1")])
def test_different_quantities_do_not_convert(source: str, to: str) -> None:
    assert units.convert(1, source, to) is None


def test_an_unknown_unit_converts_into_itself_only() -> None:
    assert units.convert(3, "pieces", "pieces") == 3
    assert units.convert(3, "pieces", "mm") is None


@given(st.floats(-1e9, 1e9), st.sampled_from(LENGTHS), st.sampled_from(LENGTHS))
def test_there_and_back_is_where_one_started(value: float, source: str, to: str) -> None:
    there = units.convert(value, source, to)
    assert there is not None

    back = units.convert(there, to, source)

    assert back is not None
    assert math.isclose(back, value, rel_tol=1e-9, abs_tol=1e-12)


@given(st.text(st.characters(codec=None), max_size=60))
def test_any_text_is_a_unit_that_equals_itself(text: str) -> None:
    assert units.parse(text).dimension == units.parse(text).dimension
    assert math.isfinite(units.parse(text).factor)
