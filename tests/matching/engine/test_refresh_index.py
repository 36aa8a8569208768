"""Keeping the index up to date by difference."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine import AchievementDocument, Index, NeedDocument
from tests.matching.engine.posts import CHAIN, achievement, index, need

WORDS = ["spindle", "bearing", "GCr15", "轴承", "电主轴", "grinding", "铸造", "steel 45", "\n", "数控机床"]
texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
NEEDS = [need(1, title="电主轴轴承 spindle bearing"), need(2, body="GCr15 grinding"), need(3, title="铸造数控机床")]


def everything(built: Index) -> list[object]:
    return [built.rank(id, floor=0.0) for id in sorted(built.revisions()[0])]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 9), st.one_of(st.none(), texts)), max_size=40))
def test_refreshing_by_difference_gives_what_building_from_scratch_gives(
    changes: list[tuple[int, str | None]],
) -> None:
    grown, held = index(NEEDS, []), dict[int, AchievementDocument]()
    for revision, (id, text) in enumerate(changes):
        if text is None:
            held.pop(id, None)
            grown.refresh([], [], gone_achievements=[id])
        else:
            held[id] = achievement(id, title=text, body=text, revision=revision)
            grown.refresh([], [held[id]])

    built = index(NEEDS, list(held.values()))

    assert everything(grown) == everything(built)
    assert grown.revisions() == built.revisions()


def test_many_revisions_of_one_post_leave_one() -> None:
    built = index(NEEDS, [achievement(1, title="spindle"), achievement(2, title="轴承磨削")])

    for revision in range(2, 400):
        built.refresh(
            [replace(NEEDS[0], revision=revision)], [achievement(1, title="spindle bearing", revision=revision)]
        )

    scratch = index(
        [replace(NEEDS[0], revision=399), *NEEDS[1:]],
        [achievement(1, title="spindle bearing", revision=399), achievement(2, title="轴承磨削")],
    )
    assert everything(built) == everything(scratch)
    assert built.revisions() == ({1: 399, 2: 1, 3: 1}, {1: 399, 2: 1})


def test_what_is_gone_is_neither_ranked_nor_held() -> None:
    built = index(NEEDS, [achievement(1, title="spindle bearing"), achievement(2, title="spindle bearing")])

    built.refresh([], [], gone_needs=[2, 3, 77], gone_achievements=[1, 88])

    assert [s.achievement for s in built.rank(1)] == [2]
    assert built.revisions() == ({1: 1}, {2: 1})


def test_an_empty_index_holds_nothing() -> None:
    built = Index(CHAIN)

    built.refresh(list[NeedDocument](), list[AchievementDocument]())

    assert built.revisions() == ({}, {})
