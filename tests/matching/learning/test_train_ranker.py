"""Training: people's taste is learned, the same each time, and where little was decided the engine's order stays."""

from dataclasses import replace

import numpy as np
import pytest

from matching.engine.ranker import Ranker
from matching.learning.features import Signals, names_in, table
from matching.learning.training import Decision, importance, learn, targets
from tests.matching.learning.decisions import by_engine, by_nodes, decisions


def test_what_people_want_is_learned() -> None:
    ranker = learn(decisions(30, by_nodes))

    fresh = decisions(20, by_nodes, seed=9)
    scores = ranker.raw(table([each.signals for each in fresh], ranker.names))
    right = [
        scores[place] > scores[place + 5]
        for place in range(0, len(fresh), 6)
        if fresh[place].grade > fresh[place + 5].grade
    ]
    assert np.mean(right) > 0.9


def test_the_same_decisions_give_the_same_ranker_in_any_process() -> None:
    first, second = learn(decisions(50, by_nodes)), learn(decisions(50, by_nodes))

    assert first.version == second.version
    assert Ranker.load(first.dump()).dump() == first.dump()


def test_two_decisions_do_not_overturn_the_engine() -> None:
    few = [
        Decision(1, 1, 2, 1.0, None, {"engine": 0.3, "nodes": 1.0}),
        Decision(1, 2, 0, 1.0, None, {"engine": 0.8, "nodes": 0.0}),
    ]

    ranker = learn(few)

    scores = ranker.raw(table([{"engine": 0.9, "nodes": 0.5}, {"engine": 0.2, "nodes": 0.5}], ranker.names))
    assert scores[0] > scores[1]


def test_without_two_grades_nothing_can_be_learned() -> None:
    with pytest.raises(ValueError, match="two different labels"):
        learn([Decision(1, place, 1, 1.0, None, {"engine": place / 10}) for place in range(5)])


def test_an_absent_signal_is_not_a_nought() -> None:
    rows: list[Signals] = [{"engine": 0.5, "track_record": None}, {"engine": 0.5, "track_record": 0.0}, {"engine": 0.5}]

    found = table(rows, ("engine", "track_record"))

    assert np.isnan(found[0, 1])
    assert found[1, 1] == 0.0
    assert np.isnan(found[2, 1])
    assert names_in(rows[:1]) == ("engine",)


def test_a_ranker_that_learned_of_track_records_treats_those_without_one_as_unknown() -> None:
    ranker = Ranker(("engine", "track_record"), (0.5, 0.6), (0.1, 0.1), (1.0, 1.0))

    rows = [{"engine": 0.5, "track_record": each} for each in (0.9, None, 0.0)]
    good, none, bad = ranker.score(table(rows, ranker.names)).tolist()

    assert good > none > bad


def test_what_was_decided_far_down_counts_for_those_that_nobody_saw_there() -> None:
    at_top = Decision(1, 1, 2, 1.0, 1, {"engine": 0.5})
    far_down = replace(at_top, match=2, position=9)

    labels, weights = targets([at_top, far_down], np.array([1, 1]))

    assert (labels * weights).tolist() == pytest.approx([0.5 * 1.0, 0.5 * 3.0])
    assert labels.max() <= 1.0


def test_a_refusal_that_says_little_lies_between_no_and_interest() -> None:
    sure, unsure = (Decision(1, 1, 0, weight, None, {"engine": 0.5}) for weight in (1.0, 0.3))

    labels, _weights = targets([sure, unsure], np.array([1, 1]))

    assert labels[0] == 0.0
    assert 0.0 < labels[1] < 0.25


def test_scores_go_on_being_spread_like_the_engines() -> None:
    known = decisions(30, by_engine)

    ranker = learn(known)
    features = table([each.signals for each in known], ranker.names)

    assert ranker.score(features).mean() == pytest.approx(features[:, 0].mean(), abs=0.1)


def test_importance_adds_up_and_names_what_people_care_for() -> None:
    known = decisions(30, by_nodes)
    ranker = learn(known)

    found = importance(ranker, table([each.signals for each in known], ranker.names))

    assert sum(each["share"] for each in found) == pytest.approx(1.0, abs=0.01)
    by_name = {each["name"]: each for each in found}
    assert by_name["nodes"]["share"] > by_name["trl"]["share"]
    assert by_name["nodes"]["helps"]
