"""Rules after the ranker: what must be, what must not, what moves; and what is not stated satisfies nothing."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine import AchievementDocument, NeedDocument, Suggestion
from matching.engine.rules import Candidate, Rule, apply, highest_before, holds, moved

NEED = NeedDocument(
    1, 1, "spindle", "", "", "development", frozenset(), frozenset(), "210100", None, None, (), owner=1
)  # fmt: skip
ACHIEVEMENT = AchievementDocument(
    1, 1, "bearing", "", "", frozenset({"bearings"}), frozenset({"C3451"}), "210200", 6, frozenset({"transfer"}),
    500_000.0, (), owner=2,
)  # fmt: skip
FACTS = {"owner_kind": frozenset({"institute"}), "stage": frozenset[str]()}


def rule(
    effect: Any = "promote", field: str = "trl", operator: Any = "at_least", value: str = "5", **more: Any
) -> Rule:
    return replace(Rule(7, "", field, operator, value, effect, 0.5), **more)


def suggested(achievement: int, score: float, **fields: Any) -> tuple[Suggestion, Candidate]:
    document = replace(ACHIEVEMENT, id=achievement, **fields)
    return Suggestion(achievement, 1, score, {}, (), (), ()), Candidate(document, FACTS)


def order(
    rules: list[Rule], found: list[tuple[Suggestion, Candidate]], chains: frozenset[str] = frozenset()
) -> list[int]:
    return [each.suggestion.achievement for each in apply(rules, NEED, chains, found)]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (rule(field="trl", operator="at_least", value="6"), True),
        (rule(field="trl", operator="at_least", value="7"), False),
        (rule(field="trl", operator="at_most", value="6"), True),
        (rule(field="price", operator="at_most", value="400000"), False),
        (rule(field="region", operator="begins", value="21"), True),
        (rule(field="region", operator="begins", value="22"), False),
        (rule(field="region", operator="same", value=""), True),
        (rule(field="node", operator="is", value="bearings"), True),
        (rule(field="node", operator="is", value="bearing"), False),
        (rule(field="industry", operator="begins", value="C34"), True),
        (rule(field="offer_mode", operator="is", value="equity"), False),
        (rule(field="owner_kind", operator="is", value="institute"), True),
        (rule(field="figures", operator="at_least", value="1"), False),
        (rule(field="stage", operator="is", value="pilot"), False),
    ],
    ids=lambda given: f"{given.field} {given.operator} {given.value}" if isinstance(given, Rule) else str(given),
)
def test_a_condition_holds_for_what_is_stated(given: Rule, expected: bool) -> None:
    assert holds(given, NEED, Candidate(ACHIEVEMENT, FACTS)) is expected


def test_what_is_not_stated_fails_a_must_have_and_triggers_nothing_else() -> None:
    silent = suggested(1, 0.6, trl=None)

    assert order([rule("must_have")], [silent]) == []
    assert order([rule("exclude")], [silent]) == [1]
    assert apply([rule("promote")], NEED, frozenset(), [silent])[0].rules == ()


def test_must_have_and_exclude_leave_out() -> None:
    found = [suggested(1, 0.9, trl=3), suggested(2, 0.8, trl=8)]

    assert order([rule("must_have")], found) == [2]
    assert order([rule("exclude")], found) == [1]


def test_a_promotion_moves_up_and_is_named_with_what_the_score_was() -> None:
    found = [suggested(1, 0.7, trl=3), suggested(2, 0.6, trl=8)]

    after = apply([rule("promote")], NEED, frozenset(), found)

    assert [(each.suggestion.achievement, each.suggestion.score, each.before, each.rules) for each in after] == [
        (2, 0.8, 0.6, (7,)),
        (1, 0.7, 0.7, ()),
    ]


def test_a_rule_of_a_chain_leaves_other_needs_alone() -> None:
    found = [suggested(1, 0.7, trl=3), suggested(2, 0.6, trl=8)]
    of_chain = rule("promote", chain="cnc")

    assert order([of_chain], found, frozenset({"ships"})) == [1, 2]
    assert order([of_chain], found, frozenset({"cnc", "ships"})) == [2, 1]


scores = st.floats(min_value=0, max_value=1).map(lambda score: round(score, 6))
strengths = st.floats(min_value=0.05, max_value=0.9)


@given(scores, strengths)
def test_scores_stay_from_0_to_1_and_move_the_way_they_should(score: float, strength: float) -> None:
    up, down = (moved(score, rule(effect, strength=strength)) for effect in ("promote", "demote"))

    assert 0 <= down <= score + 1e-6
    assert score - 1e-6 <= up <= 1


@given(scores, strengths)
def test_what_a_promotion_can_lift_over_a_bar_is_known_before_it(bar: float, strength: float) -> None:
    before = highest_before(bar, strength)

    assert before == 0 or moved(before, rule(strength=strength)) == pytest.approx(bar, abs=1e-5)


@given(st.lists(scores, max_size=12), st.lists(st.sampled_from(["promote", "demote"]), max_size=3))
def test_rules_that_only_move_lose_nobody_and_keep_the_order_of_equals(found: list[float], effects: list[Any]) -> None:
    ranked = [suggested(place, score) for place, score in enumerate(sorted(found, reverse=True))]

    assert order([rule(effect) for effect in effects], ranked) == list(range(len(ranked)))
