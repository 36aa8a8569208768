"""Targets of a need against the figures of an achievement."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine import Benefit, Requirement, Target
from matching.engine.analysis import Analyzer
from matching.engine.requirements import compare, fit, read_benefit, read_target

RISE = "主轴前轴承温升 temperature rise of the front bearing"


def verdicts(targets: list[Target], benefits: list[Benefit]) -> tuple[Requirement, ...]:
    analyzer = Analyzer()
    return compare([read_target(t, analyzer) for t in targets], [read_benefit(b, analyzer) for b in benefits])


def test_a_target_is_met_by_a_figure_of_the_same_name_in_another_unit() -> None:
    target = Target("径向跳动 radial runout", "<=", 0.002, "mm")
    benefit = Benefit("主轴径向跳动 radial runout of the spindle", 1.5, "μm", 4)

    assert verdicts([target], [benefit]) == (Requirement(0, "met", 0, 0.25),)


def test_a_target_is_missed_by_a_figure_on_the_wrong_side() -> None:
    target = Target("抗拉强度 tensile strength", ">=", 1000, "MPa")
    benefit = Benefit("抗拉强度 tensile strength", 0.9, "GPa", None)

    assert verdicts([target], [benefit]) == (Requirement(0, "missed", 0, -0.1),)


@pytest.mark.parametrize(
    ("operator", "value", "verdict"),
    [
        ("<=", 10, "met"),
        ("<", 10, "missed"),
        ("≤", 11, "missed"),
        (">=", 10, "met"),
        (">", 10, "missed"),
        ("≥", 9, "missed"),
        ("=", 10.05, "met"),
        ("=", 11, "missed"),
        ("about", 10, "unknown"),
    ],
)
def test_the_operator_decides(operator: str, value: float, verdict: str) -> None:
    found = verdicts([Target("硬度 hardness", operator, 10, "HRC")], [Benefit("硬度 hardness", value, "HRC", None)])

    assert [requirement.verdict for requirement in found] == [verdict]


def test_of_several_figures_the_one_about_the_same_quantity_is_taken() -> None:
    target = Target("圆度误差 roundness error", "<=", 1, "μm")
    benefits = [
        Benefit("表面粗糙度 surface roughness", 0.2, "μm", None),
        Benefit("外圈圆度误差 roundness error of the outer ring", 0.8, "μm", None),
    ]

    assert verdicts([target], benefits) == (Requirement(0, "met", 1, 0.2),)


@pytest.mark.parametrize(
    "benefit",
    [
        Benefit("温升 temperature rise", 9, "%", None),
        Benefit("外圈圆度 roundness of the outer ring", 9, "K", None),
        Benefit("", 9, "K", None),
        Benefit(RISE, math.nan, "K", None),
    ],
)
def test_what_cannot_be_compared_is_unknown_and_never_missed(benefit: Benefit) -> None:
    assert verdicts([Target(RISE, "<=", 15, "K")], [benefit]) == (Requirement(0, "unknown", None, None),)


def test_a_kind_of_quantity_alone_aligns_nothing() -> None:
    target = Target("加工精度 machining accuracy", "<=", 10, "μm")
    benefit = Benefit("定位精度 positioning accuracy", 20, "μm", None)

    assert verdicts([target], [benefit])[0].verdict == "unknown"


def test_a_rise_in_degrees_is_the_same_rise_in_kelvin() -> None:
    assert verdicts([Target(RISE, "<=", 15, "K")], [Benefit(RISE, 12, "℃", None)])[0] == Requirement(0, "met", 0, 0.2)


def test_a_target_of_zero_has_no_relative_gap() -> None:
    found = verdicts([Target("裂纹数量 cracks", "=", 0, "1/m")], [Benefit("裂纹数量 cracks", 0.5, "1/m", None)])

    assert found == (Requirement(0, "missed", 0, None),)


def test_the_fit_counts_only_what_is_known() -> None:
    requirements = [
        Requirement(0, "met", 0, 0.5),
        Requirement(1, "missed", 1, -0.5),
        Requirement(2, "unknown", None, None),
        Requirement(3, "unknown", None, None),
    ]

    assert fit(requirements) == pytest.approx((0.575, 0.5))


@given(st.text(max_size=40), st.text(max_size=4), st.floats(), st.text(max_size=8), st.floats(), st.text(max_size=8))
def test_any_figures_can_be_compared(
    name: str, operator: str, wanted: float, unit: str, has: float, other: str
) -> None:
    found = verdicts([Target(name, operator, wanted, unit)], [Benefit(name, has, other, None)])

    assert len(found) == 1
    assert (found[0].benefit_index is None) == (found[0].verdict == "unknown")
    assert found[0].gap is None or math.isfinite(found[0].gap)


@given(st.floats(), st.floats(), st.sampled_from(["<=", ">=", "<", ">", "="]))
def test_a_gap_is_a_finite_number_and_positive_only_if_the_target_is_met(
    wanted: float, has: float, operator: str
) -> None:
    (found,) = verdicts([Target(RISE, operator, wanted, "K")], [Benefit(RISE, has, "K", None)])

    assert found.gap is None or math.isfinite(found.gap)
    assert found.verdict == "met" or not (found.gap or 0.0) > 0.0
