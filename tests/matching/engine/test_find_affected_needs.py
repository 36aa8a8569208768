"""From the side of an achievement: the needs that it would enter the list of."""

from itertools import product

import pytest

from matching.engine import Benefit, Index, Target
from tests.matching.engine.posts import achievement, index, need

SUBJECTS = [
    ("电主轴冷却 GCr15\nspindle cooling with oil", "spindles", "温升 temperature rise", "K"),
    ("轴承套圈磨削", "bearings", "圆度 roundness", "μm"),
    ("special steel for bearing rings GCr15", "steel", "硬度 hardness", "HRC"),
    ("机床导轨防护\nguideway covers of machine tools, spindle oil", "machine-tools", "寿命 service life", "h"),
    ("", "spindles", "温升 temperature rise", "℃"),
]


@pytest.fixture
def both_sides() -> Index:
    needs = [
        need(
            id,
            title=text,
            body=text,
            nodes=frozenset({node}),
            type="licence",
            region="210100",
            trl_required=5 + id,
            budget_max=100.0 * id,
            targets=(Target(name, "<=", 10, unit),),
        )
        for id, (text, node, name, unit) in enumerate(SUBJECTS)
    ]
    achievements = [
        achievement(
            id,
            body=text,
            nodes=frozenset({node}),
            offer_modes=frozenset({"open_licence"}),
            region="210200",
            trl=7,
            price=250.0,
            benefits=(Benefit(name, 6 + id, unit, None),),
        )
        for id, (text, node, name, unit) in enumerate(SUBJECTS)
    ]
    return index(needs, achievements)


def test_a_pair_has_one_score_whichever_side_asks(both_sides: Index) -> None:
    for asked, offered in product(range(len(SUBJECTS)), repeat=2):
        score = both_sides.scores(asked)[offered]

        below = both_sides.affected(offered, {asked: score - 2e-6}, floor=-1.0)
        above = both_sides.affected(offered, {asked: score + 2e-6}, floor=-1.0)

        assert (asked in below, asked in above) == (True, False)


def test_needs_are_affected_only_above_their_threshold(both_sides: Index) -> None:
    scores = {id: both_sides.scores(id)[0] for id in range(len(SUBJECTS))}

    found = both_sides.affected(0, dict.fromkeys(scores, 0.5))

    assert found == [id for id, score in sorted(scores.items()) if score > 0.5]
    assert found == [0]


def test_needs_without_a_threshold_are_affected_from_the_floor_on(both_sides: Index) -> None:
    floor = both_sides.scores(0)[0]

    assert both_sides.affected(0, {}, floor=floor) == [0]


def test_needs_of_the_own_organization_are_not_affected() -> None:
    built = index([need(title="spindle cooling", owner=2)], [achievement(title="spindle cooling", owner=2)])

    assert built.affected(1, {}) == []


def test_an_achievement_that_is_not_held_is_a_key_error(both_sides: Index) -> None:
    with pytest.raises(KeyError):
        both_sides.affected(99, {})
