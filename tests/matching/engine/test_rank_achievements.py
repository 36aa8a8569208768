"""Ranking achievements for a need."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine import Benefit, Target
from matching.engine.fusion import FLOOR, band
from tests.matching.engine.posts import achievement, index, need

TEXT = "高速电主轴前轴承温升控制\nTemperature rise control of front bearings in high-speed motorised spindles"
RISE = "前轴承温升 temperature rise of the front bearing"
NEED = need(
    title=TEXT,
    nodes=frozenset({"spindles"}),
    region="210100",
    trl_required=7,
    budget_max=1_000_000,
    targets=(Target(RISE, "<=", 15, "K"),),
)
ANSWER = achievement(
    title="电主轴前轴承冷却与温升抑制\nCooling front bearings of motorised spindles against temperature rise",
    nodes=frozenset({"spindles"}),
    region="210100",
    trl=7,
    price=800_000,
    benefits=(Benefit(RISE, 12, "℃", 28),),
)
FILLER = [achievement(i, title=f"Sand moulding with binder {i}00") for i in range(100, 120)]


@pytest.mark.parametrize(
    "near_miss",
    [
        replace(ANSWER, id=2, benefits=(Benefit(RISE, 22, "℃", 28),)),
        replace(ANSWER, id=2, trl=3),
        replace(ANSWER, id=2, price=4_000_000),
        replace(ANSWER, id=2, nodes=frozenset({"steel"})),
        replace(ANSWER, id=2, region="440300"),
        replace(ANSWER, id=2, title="砂型铸造温升控制\nTemperature rise control in sand casting"),
    ],
    ids=["figure", "readiness", "price", "node", "region", "subject"],
)
def test_a_near_miss_stands_below_what_was_meant(near_miss: object) -> None:
    built = index([NEED], [near_miss, ANSWER, *FILLER])  # type: ignore[list-item]

    ranked = [suggestion.achievement for suggestion in built.rank(1, floor=0.0)]

    assert ranked[:2] == [1, 2]


def test_a_missed_figure_pulls_clearly_below_a_met_one() -> None:
    built = index([NEED], [ANSWER, replace(ANSWER, id=2, benefits=(Benefit(RISE, 22, "℃", 28),)), *FILLER])

    scores = built.scores(1)

    assert scores[1] - scores[2] > 0.1


def test_silence_is_absent_and_not_zero() -> None:
    silent = achievement(2, title=ANSWER.title)
    built = index([NEED], [ANSWER, silent, *FILLER])

    found = {s.achievement: s for s in built.rank(1)}[2]

    absent = {name for name, value in found.sub_scores.items() if value is None}
    assert absent == {"requirements", "nodes", "trl", "price", "industries", "form", "region"}
    assert found.score == found.sub_scores["text"]


def test_the_same_city_does_not_make_another_subject_relevant() -> None:
    neighbour = replace(ANSWER, id=2, title="食品包装 food packaging", benefits=())
    built = index([NEED], [neighbour, *FILLER])

    assert built.rank(1) == []


def test_the_own_organization_is_never_suggested() -> None:
    built = index([NEED], [replace(ANSWER, owner=NEED.owner), replace(ANSWER, id=2)])

    assert [s.achievement for s in built.rank(1)] == [2]
    assert list(built.scores(1)) == [2]


def test_equals_are_ordered_by_id_and_the_list_ends_at_its_limit() -> None:
    built = index([NEED], [replace(ANSWER, id=i) for i in (5, 3, 9, 1)])

    assert [s.achievement for s in built.rank(1, limit=3)] == [1, 3, 5]


def test_the_list_holds_the_best_of_all_scores() -> None:
    many = [replace(ANSWER, id=i, benefits=(Benefit(RISE, i, "K", None),), trl=1 + i % 9) for i in range(1, 80)]
    others = [achievement(i, title=f"Sand moulding with binder {i}") for i in range(100, 400)]
    built = index([NEED], [*many, *others])

    ranked = [(s.achievement, s.score) for s in built.rank(1, limit=20)]

    assert len(ranked) == 20
    assert ranked == sorted(built.scores(1).items(), key=lambda pair: (-pair[1], pair[0]))[:20]


def test_a_need_without_usable_text_is_ranked_by_structure_only_and_modestly() -> None:
    mute = replace(NEED, title="。。。")
    built = index([mute], [ANSWER, replace(ANSWER, id=2, trl=5)])

    ranked = built.rank(1)

    assert [(s.achievement, band(s.score)) for s in ranked] == [(1, "possible"), (2, "possible")]
    assert ranked[0].sub_scores["text"] is None


def test_a_need_that_says_nothing_gets_nothing() -> None:
    assert index([need()], [ANSWER]).rank(1) == []


def test_without_achievements_there_is_nothing_to_rank() -> None:
    assert index([NEED], []).rank(1) == []


def test_a_need_that_is_not_held_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        index([], [ANSWER]).rank(1)


@pytest.mark.parametrize(("score", "word"), [(0.9, "strong"), (0.7, "strong"), (0.5, "good"), (FLOOR, "possible")])
def test_a_score_has_a_word(score: float, word: str) -> None:
    assert band(score) == word


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.characters(codec=None), max_size=60), min_size=2, max_size=6))
def test_any_texts_are_ranked_with_scores_between_0_and_1(texts: list[str]) -> None:
    built = index([need(title=texts[0], body=texts[1])], [achievement(i, body=t) for i, t in enumerate(texts)])

    scores = [suggestion.score for suggestion in built.rank(1, floor=0.0)]

    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
