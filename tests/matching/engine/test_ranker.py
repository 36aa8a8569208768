"""The learned order: what it learns, what it never does, and that its dump is all of it."""

from typing import Any

import lightgbm
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine.forest import Forest, tree
from matching.engine.ranker import Ranker, Settings, train

NAMES = ("good", "noise", "doubt")


def judged(queries: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Twenty candidates a query; relevant are the three with the highest `good` less half of `doubt`."""
    random = np.random.default_rng(seed)
    features = random.normal(size=(queries * 20, 3)).astype(np.float32)
    features[random.random(features.shape) < 0.1] = np.nan
    truth = (np.nan_to_num(features[:, 0]) - 0.5 * np.nan_to_num(features[:, 2])).reshape(queries, 20)
    labels = (truth >= np.sort(truth, axis=1)[:, -3:-2]).astype(np.float64).ravel()
    return features, labels, np.repeat(np.arange(queries), 20)


def found_first(ranker: Ranker, features: np.ndarray, labels: np.ndarray) -> float:
    firsts = ranker.score(features).reshape(-1, 20).argmax(axis=1)
    return float(np.mean(labels.reshape(-1, 20)[np.arange(len(firsts)), firsts]))


def test_it_learns_an_order_that_holds_on_queries_never_seen() -> None:
    ranker = train(*judged(80), names=NAMES)

    assert found_first(ranker, *judged(200, seed=2)[:2]) > 0.9


def test_few_decisions_teach_the_linear_part_alone_and_move_it_little_from_its_base() -> None:
    base = Ranker(NAMES, (0.0, 0.0, 0.0), (1.0, 1.0, 1.0), (2.0, 0.0, -1.0))

    ranker = train(*judged(2), names=NAMES, base=base, settings=Settings(ridge=100.0))

    assert ranker.trees == ()
    assert np.abs(np.subtract(ranker.weights, base.weights)).max() < 0.1


def test_a_feature_declared_rising_is_never_held_against_a_candidate() -> None:
    features, labels, groups = judged(80)
    features[:, 1] = np.where(labels > 0, -1.0, 1.0)

    ranker = train(features, labels, groups, names=NAMES, rising=["noise"])

    table = np.zeros((50, 3), dtype=np.float32)
    table[:, 1] = np.linspace(-3, 3, 50)
    assert (np.diff(ranker.raw(table)) >= 0).all()


def test_the_same_decisions_give_the_same_ranker() -> None:
    assert train(*judged(50), names=NAMES, seed=3).version == train(*judged(50), names=NAMES, seed=3).version


def test_rows_may_come_in_any_order_and_scores_do_not_depend_on_their_neighbours() -> None:
    features, labels, groups = judged(50)
    shuffled = np.random.default_rng(5).permutation(len(labels))

    ranker = train(features, labels, groups, names=NAMES, settings=Settings(trees=0))
    other = train(features[shuffled], labels[shuffled], groups[shuffled], names=NAMES, settings=Settings(trees=0))

    assert np.allclose(ranker.score(features), other.score(features), atol=1e-4)
    assert ranker.score(features[7:8])[0] == ranker.score(features)[7]


def test_a_dump_is_the_whole_ranker() -> None:
    ranker = train(*judged(60), names=NAMES, notes={"sets": ["made up"]})

    read = Ranker.load(ranker.dump())

    assert read == ranker
    assert read.version == ranker.version
    assert (read.score(judged(5)[0]) == ranker.score(judged(5)[0])).all()


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "{}", "null", '{"names": 3}'),
        '{"names":["a"],"mean":[0],"scale":[0],"weights":[1],"trees":[]}',
        '{"names":["a"],"mean":[0],"scale":[1],"weights":[NaN],"trees":[]}',
    ],
)
def test_what_is_no_dump_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"dump|damaged|Expecting"):
        Ranker.load(text)


def test_decisions_without_two_different_labels_teach_nothing() -> None:
    with pytest.raises(ValueError, match="nothing to learn"):
        train(np.zeros((4, 3), dtype=np.float32), np.ones(4), [1, 1, 2, 2], names=NAMES)


def test_scores_lie_between_0_and_1_whatever_the_features() -> None:
    ranker = train(*judged(60), names=NAMES)
    absurd = np.array([[np.nan] * 3, [np.inf] * 3, [-np.inf] * 3, [1e30, -1e30, 0]], dtype=np.float32)

    scores = ranker.score(absurd)

    assert ((scores >= 0) & (scores <= 1)).all()


def test_a_table_of_another_width_is_refused() -> None:
    with pytest.raises(ValueError, match="3 features are needed"):
        train(*judged(10), names=NAMES).score(np.zeros((2, 4), dtype=np.float32))


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**31 - 1), st.booleans())
def test_the_tables_say_what_the_library_says_that_grew_the_trees(seed: int, with_absent: bool) -> None:
    random = np.random.default_rng(seed)
    features = random.normal(size=(300, 4)).round(1).astype(np.float32)
    if with_absent:
        features[random.random(features.shape) < 0.2] = np.nan
    truth = np.nan_to_num(features[:, 0]) * np.nan_to_num(features[:, 1]) + random.normal(size=300)
    options = {"num_leaves": 8, "verbosity": -1, "num_threads": 1, "min_data_in_leaf": 5}
    booster = lightgbm.train(options, lightgbm.Dataset(features, truth), num_boost_round=8)

    forest = Forest([tree(info) for info in booster.dump_model()["tree_info"]], 4)

    asked = random.normal(size=(200, 4)).round(1).astype(np.float32)
    asked[random.random(asked.shape) < 0.2] = np.nan
    expected: Any = booster.predict(asked, raw_score=True)
    assert np.allclose(forest.sums(asked), expected, atol=1e-9)


def test_trees_with_more_leaves_than_a_byte_has_bits_are_refused() -> None:
    wide = {"feature": [0] * 8, "threshold": [0.0] * 8, "children": [], "absent_left": [], "leaf_value": [0.0] * 9}

    with pytest.raises(ValueError, match="9 leaves"):
        Forest([wide], 1)
