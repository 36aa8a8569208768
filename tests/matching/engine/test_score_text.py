"""What two texts share, on an absolute scale."""

import math

import pytest

from tests.matching.engine.posts import achievement, index, need


def test_the_text_score_of_three_short_texts_is_bm25_as_computed_by_hand() -> None:
    """N = 3 + 10 of background; "spindle" is in 2 texts, "cooling" in 1.

    The average length of 5/3 is 1.05^10 = 1.6289 on the grid; one occurrence in a text of length 2 weighs
    2.2 / (1 + 1.2 (0.25 + 0.75 · 2 / 1.6289)) = 0.91474; idf is ln 5.6 = 1.72277 and ln 9.3333 = 2.23359; the need's
    norm is √(12 (1.72277² + 2.23359²)) = 9.77150.
    """
    built = index(
        [need(body="spindle cooling")],
        [achievement(1, body="spindle cooling"), achievement(2, body="spindle grease"), achievement(3, body="paint")],
    )

    scores = built.scores(1)

    both, one = 0.91474 * (1.72277 + 2.23359) / 9.77150, 0.91474 * 1.72277 / 9.77150
    assert scores == pytest.approx({1: 1 - math.exp(-both), 2: 1 - math.exp(-one), 3: 0.0}, abs=1e-5)
    assert scores == pytest.approx({1: 0.30952, 2: 0.14894, 3: 0.0}, abs=1e-5)


def test_a_word_in_the_title_tells_more_than_one_in_the_body() -> None:
    built = index(
        [need(title="ball screw")],
        [achievement(1, title="ball screw", body="lathe"), achievement(2, title="lathe", body="ball screw")],
    )

    scores = built.scores(1)

    assert scores[1] > scores[2]


def test_saying_it_in_two_languages_is_no_merit() -> None:
    chinese, english = "电主轴冷却结构", "cooling structure of motorised spindles"
    built = index(
        [need(1, title=chinese), need(2, title=f"{chinese}\n{english}")],
        [
            achievement(1, title=chinese),
            achievement(2, title=f"{chinese}\n{english}"),
            achievement(3, title="砂型铸造"),
        ],
    )

    alone, both = built.scores(1), built.scores(2)

    # Between equals the order shows in the sixth decimal.
    assert alone[1] == pytest.approx(alone[2], abs=1e-5)
    assert both[2] == pytest.approx(both[1], rel=0.1)


def test_posts_without_a_common_language_meet_in_grades_and_figures() -> None:
    built = index(
        [need(body="GCr15轴承钢超精加工")],
        [achievement(1, body="superfinishing of GCr15 rings"), achievement(2, body="superfinishing of rings")],
    )

    scores = built.scores(1)

    assert scores[1] > 0.1
    assert scores[2] < 1e-5


def test_short_and_long_needs_are_scored_on_one_scale() -> None:
    subject = "High-speed grinding of bearing rings with cubic boron nitride wheels and oil mist lubrication"
    detail = "Wheel wear, burn marks, roundness of raceways, coolant pressure, dressing interval, residual stress. "
    others = [achievement(i, title=f"Casting moulds number {i}", body="sand binder curing") for i in range(2, 30)]
    built = index(
        [need(1, title=subject), need(2, title=subject, body=detail * 3)],
        [achievement(1, title=subject, body=detail), *others],
    )

    short, long = built.scores(1)[1], built.scores(2)[1]

    assert short == pytest.approx(long, abs=0.25)
    assert min(short, long) > 0.5
