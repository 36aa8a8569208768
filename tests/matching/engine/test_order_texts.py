"""The order of texts: what the ranker is shown, and what its order may and may not change."""

from dataclasses import replace

import numpy as np
import pytest

from matching.engine import Graph, Index
from matching.engine.features import NAMES, RISING, Space, standing, table
from matching.engine.ranker import Ranker
from matching.engine.weights import first_guess, shipped
from tests.matching.engine.posts import achievement, index, need

TEXTS = [
    "Cooling the front bearings of motorised spindles",
    "Cooling of spindles by oil mist",
    "Bearings for conveyor rollers",
    "Fermented soybean sauce",
    "Sand moulding",
]


def against(name: str) -> Ranker:
    """A ranker that puts first whoever has least of a feature."""
    weights = tuple(-1.0 if name == other else 0.0 for other in NAMES)
    return Ranker(NAMES, (0.0,) * len(NAMES), (1.0,) * len(NAMES), weights)


def posts() -> Index:
    return index(
        [need(title="Cooling front bearings of spindles")],
        [achievement(number, title=text) for number, text in enumerate(TEXTS, 1)],
    )


def order(built: Index) -> list[int]:
    scores = built.scores(1)
    return sorted(scores, key=lambda id: (-scores[id], id))


def test_the_learned_order_is_the_order_of_the_scores() -> None:
    built = posts()
    straight = order(built)

    built.texts = against("first_z")

    assert straight[:2] == [1, 2]
    assert order(built)[2:] == straight[2::-1]


def test_the_learned_order_shares_out_the_same_scores_and_makes_none() -> None:
    built = posts()
    before = sorted(built.scores(1).values())

    built.texts = against("first_z")

    assert sorted(built.scores(1).values()) == pytest.approx(before, abs=1e-4)


def test_a_vector_finds_what_no_word_finds() -> None:
    near, far = np.eye(4, dtype=np.float32)[:2]
    offers = [achievement(n, title=text, vector=near if n == 4 else far) for n, text in enumerate(TEXTS, 1)]
    built = Index(Graph())
    built.refresh([need(title="quietly", vector=near)], offers)

    assert order(built)[0] == 4


def test_posts_without_a_vector_are_ranked_without_one_beside_others_that_have_one() -> None:
    vector = np.ones(3, dtype=np.float32)
    offers = [achievement(n, title=text, vector=vector if n % 2 else None) for n, text in enumerate(TEXTS, 1)]
    built = Index(Graph())
    built.refresh([need(title="Cooling front bearings of spindles", vector=vector)], offers)

    assert order(built)[0] == 1


def test_vectors_of_two_models_are_refused_together() -> None:
    with pytest.raises(ValueError, match="one length"):
        Index(Graph()).refresh(
            [], [achievement(1, vector=np.ones(3, np.float32)), achievement(2, vector=np.ones(4, np.float32))]
        )


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_vector_that_is_no_number_counts_as_absent(bad: float) -> None:
    built = Index(Graph())
    offers = [achievement(n, title=text) for n, text in enumerate(TEXTS, 1)]
    offers[0] = replace(offers[0], vector=np.array([bad, 1.0], dtype=np.float32))
    built.refresh([need(title="Cooling front bearings of spindles", vector=np.ones(2, np.float32))], offers)

    assert order(built)[0] == 1


ODD = ["", "x", "12 34", "😀😀", "榫卯 mixed шрифт", "þorn ŋ", "\x00", "spindle " * 25_000, "主轴" * 100_000]


@pytest.mark.parametrize("text", ODD, ids=lambda text: repr(text[:6]))
def test_any_text_can_be_ranked_and_be_found(text: str) -> None:
    built = index(
        [need(title=text), need(2, body="spindles")], [achievement(1, title="spindles"), achievement(2, body=text)]
    )

    assert set(built.scores(1)) == {1, 2}
    assert built.scores(2)[1] > 0.1


def test_absent_signals_are_nan_and_not_zero() -> None:
    first = np.array([2.0, 1.0, 0.5, 0.0], dtype=np.float32)

    found = table({"words": first}, first, {}, first, 5)

    assert found.shape == (4, len(NAMES))
    absent = [name for name, column in zip(NAMES, found.T, strict=True) if np.isnan(column).all()]
    assert "embedding_z" in absent
    assert "latent_company_z" in absent
    assert np.isfinite(found[:, NAMES.index("words_z")]).all()


def test_features_do_not_change_with_the_scale_of_a_signal() -> None:
    values = np.random.default_rng(1).normal(size=40).astype(np.float32)
    everybody = np.ones(40, dtype=np.bool_)

    assert np.allclose(standing(values, everybody), standing(values * 7 + 3, everybody), atol=1e-4)


def test_feedback_favours_what_resembles_the_first_candidates() -> None:
    first = np.array([3.0, 2.9, 0.1, 0.0], dtype=np.float32)
    rows = np.array([[1, 0], [1, 0], [0.9, 0.44], [0, 1]], dtype=np.float32)
    space = Space(rows, np.array([1, 0], dtype=np.float32))

    found = table({"words": first}, first, {"latent": space}, first, 5)

    near, company = (found[:, NAMES.index(f"latent_{name}_z")] for name in ("near5", "company"))
    assert near[2] > near[3]
    assert company[2] > company[3]


def test_the_shipped_weights_are_for_these_features_and_say_what_they_were_learned_from() -> None:
    assert shipped().names == NAMES
    assert set(RISING) <= set(NAMES)
    assert shipped().notes


def test_the_first_guess_is_an_order_by_its_own_feature() -> None:
    features = np.full((3, len(NAMES)), np.nan, dtype=np.float32)
    features[:, NAMES.index("first_z")] = [5.0, 20.0, -1.0]

    assert np.argsort(-first_guess().raw(features)).tolist() == [1, 0, 2]
