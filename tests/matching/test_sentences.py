"""Why a match was suggested, in the reader's language: words for every reason, and no claim without data."""

import ast
import inspect
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from information.models import Achievement, Need
from matching.engine import explain
from matching.models import Match
from matching.sentences import WORDS, labels_for, sentences, why
from tests.factories import AchievementFactory, ChainNodeFactory, MatchFactory, NeedFactory, RegionFactory

pytestmark = pytest.mark.django_db

TARGET = {
    "parameter_zh": "温升",
    "parameter_en": "temperature rise",
    "operator": "<=",
    "value": 25,
    "unit": "K",
    "method_zh": "",
    "method_en": "",
}
BENEFIT = {"metric_zh": "温升", "metric_en": "temperature rise", "baseline": 40, "value": 28, "unit": "K"}

IN_ENGLISH: list[tuple[str, dict[str, Any], str]] = [
    (
        "shared_terms",
        {"terms": "温升, 轴承", "zh": "温升, 轴承", "en": "bearing, spindle"},
        "Both speak of bearing, spindle.",
    ),
    ("requirements_met", {"met": 1, "of": 2}, "The achievement's figures meet 1 of 2 requirements."),
    ("requirement_missed", {"target": 0, "benefit": 0, "gap": -0.12}, "temperature rise: asked ≤ 25 K, shown 28 K."),
    ("same_node", {"node": "bearings"}, "Both stand at “Bearings” on the industrial chain."),
    (
        "near_node",
        {"node": "bearings", "other": "spindles", "hops": 1},
        "On the industrial chain “Bearings” and “Spindles” are 1 step apart.",
    ),
    ("trl_reached", {"has": 8, "needs": 7}, "Its maturity suffices: TRL 8, asked 7."),
    ("trl_gap", {"has": 4, "needs": 7}, "It would have to mature from TRL 4 to 7."),
    ("price_within_budget", {"price": 1.0, "budget": 2.0}, "The price expected lies within the budget."),
    ("price_over_budget", {"price": 3.0, "budget": 2.0}, "The price expected lies above the budget."),
    ("offered_as_sought", {"mode": "transfer"}, "It is offered in a form that the need seeks: Transfer."),
    ("same_city", {"region": "210100"}, "Both are in Shenyang."),
    ("same_province", {"region": "210000"}, "Both are in Liaoning."),
]
NAMED_IN_CHINESE = {
    "shared_terms": ("温升、轴承",),
    "requirement_missed": ("温升", "≤ 25 K", "28 K"),
    "same_node": ("轴承",),
    "near_node": ("轴承", "主轴"),
    "same_city": ("沈阳市",),
    "same_province": ("辽宁省",),
}


@pytest.fixture
def terms() -> None:
    """The entries of the classifications that the reasons name."""
    ChainNodeFactory.create(code="bearings", label_zh="轴承", label_en="Bearings")
    ChainNodeFactory.create(code="spindles", label_zh="主轴", label_en="Spindles")
    RegionFactory.create(code="210100", label_zh="沈阳市", label_en="Shenyang")
    RegionFactory.create(code="210000", label_zh="辽宁省", label_en="Liaoning")


def suggested(*reasons: tuple[str, dict[str, Any]]) -> Match:
    """A match for these reasons."""
    need: Need = NeedFactory.create(status="published", targets=[TARGET])
    achievement: Achievement = AchievementFactory.create(status="published", benefits=[BENEFIT])
    rows = [{"code": code, "params": params} for code, params in reasons]
    return MatchFactory.create(need=need, achievement=achievement, reasons=rows)


def codes_in_the_engine() -> Iterator[str]:
    """Every code that the engine's source gives a reason."""
    for node in ast.walk(ast.parse(inspect.getsource(explain))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Reason":
            yield from strings(node.args[0])
        if isinstance(node, ast.Assign) and any(isinstance(to, ast.Name) and to.id == "code" for to in node.targets):
            yield from strings(node.value)


def strings(node: ast.AST) -> Iterator[str]:
    """The strings that an expression can give."""
    if isinstance(node, ast.IfExp):
        yield from strings(node.body)
        yield from strings(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def test_every_reason_of_the_engine_has_words_and_no_words_lack_a_reason() -> None:
    assert set(codes_in_the_engine()) == set(WORDS) == {code for code, _params, _words in IN_ENGLISH}


@pytest.mark.usefixtures("terms")
@pytest.mark.parametrize(("code", "params", "words"), IN_ENGLISH, ids=[code for code, _params, _words in IN_ENGLISH])
def test_a_reason_reads_as_a_sentence(code: str, params: dict[str, Any], words: str) -> None:
    match = suggested((code, params))

    with translation.override("en"):
        found = [sentence.text for sentence in sentences(match, labels_for([match]))]

    assert found == [words]


@pytest.mark.usefixtures("terms")
@pytest.mark.parametrize(("code", "params", "words"), IN_ENGLISH, ids=[code for code, _params, _words in IN_ENGLISH])
def test_in_chinese_it_names_things_by_their_chinese_names(code: str, params: dict[str, Any], words: str) -> None:
    match = suggested((code, params))

    with translation.override("zh-hans"):
        (sentence,) = sentences(match, labels_for([match]))

    assert [name for name in NAMED_IN_CHINESE.get(code, ()) if name not in sentence.text] == []
    assert sentence.text != words or code not in NAMED_IN_CHINESE


def test_nothing_is_claimed_without_a_reason() -> None:
    match = suggested()

    assert sentences(match, labels_for([match])) == []
    assert why(match, labels_for([match])) == ""


def test_that_no_requirement_is_met_is_no_praise() -> None:
    match = suggested(("requirements_met", {"met": 0, "of": 3}))

    assert why(match, labels_for([match])) == ""


def test_the_why_sentence_holds_two_things_for_it_and_nothing_against_it() -> None:
    match = suggested(
        ("requirement_missed", {"target": 0, "benefit": 0}),
        ("trl_reached", {"has": 8, "needs": 7}),
        ("price_within_budget", {"price": 1.0, "budget": 2.0}),
        ("same_province", {"region": "210000"}),
    )

    with translation.override("en"):
        text = why(match, labels_for([match]))

    assert text == "Its maturity suffices: TRL 8, asked 7. The price expected lies within the budget."


def test_words_cost_two_queries_however_many_matches_there_are(django_assert_num_queries: Any) -> None:
    matches = [suggested(("same_city", {"region": "210100"}), ("same_node", {"node": "bearings"})) for _ in range(3)]

    with django_assert_num_queries(2):
        labels_for(matches)
