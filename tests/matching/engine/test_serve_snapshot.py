"""An index that serves a snapshot ranks as one that holds the same posts; what came since stands beside it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from matching.engine import AchievementDocument, Benefit, Index, Library, NeedDocument, Target
from matching.engine.building import build, pile
from matching.engine.reading import Reader
from matching.engine.storage import Snapshot
from tests.matching.engine.posts import CHAIN, achievement, index, need

RISE = "前轴承温升 temperature rise of the front bearing"
NEEDS = [
    need(
        id,
        title="高速电主轴前轴承温升\nBearings of motorised spindles",
        body=f"spindle speed {id}000 rpm, GCr15",
        nodes=frozenset({"spindles"}),
        region="210100",
        trl_required=7,
        budget_max=1000.0,
        targets=(Target(RISE, "<=", 10 + id, "K"),),
    )
    for id in (1, 2, 3)
]
OFFERS = [
    achievement(
        id,
        title=f"{'电主轴冷却' if id % 2 else 'Cooling of spindles'} {'bearing' if id % 3 else 'grease'}",
        body="front bearing rings " * (id % 5) + "轴承钢 GCr15",
        nodes=frozenset({"steel", "bearings"} if id % 4 else ()),
        region="210200",
        trl=id % 9 + 1,
        price=100.0 * id,
        benefits=(Benefit(RISE, float(id), "℃", None),) if id % 2 else (),
    )
    for id in range(1, 40)
]


def library(needs: Sequence[NeedDocument], offers: Sequence[AchievementDocument]) -> Library:
    """The texts, as a database would give them."""
    return Library(
        lambda ids: [one for one in needs if one.id in ids], lambda ids: [one for one in offers if one.id in ids]
    )


def snapshot(
    folder: Path, needs: Sequence[NeedDocument], offers: Sequence[AchievementDocument], parts: int
) -> Snapshot:
    """Built from several piles, as several workers would leave them."""
    folder.mkdir()
    reader = Reader()
    size = -(-len(offers) // parts)
    read = [[reader.achievement(one) for one in offers[i : i + size]] for i in range(0, len(offers), size)]
    piles = {"achievements": [pile(some) for some in read], "needs": [pile(map(reader.need, needs))]}
    build(folder, piles, {})  # type: ignore[arg-type]  # no pile here is empty
    return Snapshot.load(folder)


@pytest.fixture
def served(tmp_path: Path) -> Index:
    return Index(CHAIN, library(NEEDS, OFFERS), snapshot(tmp_path / "one", NEEDS, OFFERS, parts=3))


def test_a_snapshot_ranks_as_the_posts_it_was_built_from(served: Index) -> None:
    held = index(NEEDS, OFFERS)

    for one in NEEDS:
        assert served.rank(one.id, floor=0.0) == held.rank(one.id, floor=0.0)
        assert served.scores(one.id) == held.scores(one.id)
    assert [served.affected(one.id, {}) for one in OFFERS] == [held.affected(one.id, {}) for one in OFFERS]
    assert served.revisions() == held.revisions()


def test_the_same_posts_give_the_same_snapshot(tmp_path: Path) -> None:
    for name, parts in (("one", 2), ("two", 5)):
        snapshot(tmp_path / name, NEEDS, OFFERS, parts)

    one, two = ((tmp_path / name / "manifest.json").read_bytes() for name in ("one", "two"))
    assert one == two


def test_what_came_since_is_ranked_and_what_is_gone_is_not(served: Index) -> None:
    first = served.rank(1)[0].achievement
    better = replace(OFFERS[first - 1], id=77)

    served.refresh([], [better], gone_achievements=[first])

    assert served.rank(1)[0].achievement == 77
    assert first not in [s.achievement for s in served.rank(1, limit=99)]
    assert (77 in served.revisions()[1], first in served.revisions()[1]) == (True, False)
    with pytest.raises(KeyError):
        served.affected(first, {})


def test_a_new_revision_takes_the_place_of_the_old(served: Index) -> None:
    first = served.rank(1)[0].achievement

    served.refresh([], [achievement(first, title="砂型铸造", revision=2)])

    assert first not in [s.achievement for s in served.rank(1, limit=99)]
    assert served.revisions()[1][first] == 2


def test_the_order_of_what_came_since_does_not_matter(tmp_path: Path) -> None:
    since = [replace(one, id=one.id + 100, title=one.title + " spindle") for one in OFFERS[:9]]
    texts, built = library(NEEDS, OFFERS), snapshot(tmp_path / "one", NEEDS, OFFERS, parts=1)
    at_once, one_by_one = Index(CHAIN, texts, built), Index(CHAIN, texts, built)

    at_once.refresh([], since)
    for one in reversed(since):
        one_by_one.refresh([], [one])

    assert [at_once.rank(n.id, 99) for n in NEEDS] == [one_by_one.rank(n.id, 99) for n in NEEDS]


def test_a_post_whose_text_has_vanished_is_not_suggested(tmp_path: Path) -> None:
    built = snapshot(tmp_path / "one", NEEDS, OFFERS, parts=1)
    served = Index(CHAIN, library(NEEDS, OFFERS[1:]), built)

    assert 1 not in [s.achievement for s in served.rank(1, limit=99, floor=0.0)]
    assert 2 in [s.achievement for s in served.rank(1, limit=99, floor=0.0)]
