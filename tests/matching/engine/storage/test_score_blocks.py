"""What a block says about its posts is what the posts say, to the precision of a byte."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from matching.engine.storage import BLOCK, Block, Pile, Postings, Query, Side, Vectors, best, keys
from tests.matching.engine.storage.drafts import WIDTH, WORDS, as_counted, block, draft, pile

bags = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0.125, 64, width=32), max_size=6)


@settings(max_examples=60, deadline=None)
@given(st.lists(bags, min_size=1, max_size=8), bags)
def test_a_sparse_score_is_the_sum_over_the_shared_terms(
    posts: list[dict[str, float]], asked: dict[str, float]
) -> None:
    side = Side([block(*(draft(i, counts) for i, counts in enumerate(posts)))])

    found = side.sparse(WORDS, Query.of(keys(asked), np.array(list(asked.values()))))

    for score, counts in zip(found.tolist(), posts, strict=True):
        exact = sum(weight * counts.get(term, 0) for term, weight in asked.items())
        step = max(counts.values(), default=0) / 255
        assert score == pytest.approx(exact, abs=step * sum(asked.values()) + 1e-4)


def test_posts_without_a_term_share_none() -> None:
    side, asked = Side([block(draft(1), draft(2))]), keys(["a", "b"])

    assert side.sparse(WORDS, Query.of(asked, np.ones(2))).tolist() == [0, 0]
    assert side.holders(WORDS, asked).tolist() == [0, 0]


def test_a_stored_term_never_rounds_to_nothing() -> None:
    side = Side([block(draft(1, {"rare": 0.001, "loud": 1000.0}))])

    assert side.sparse(WORDS, Query.of(keys(["rare"]), np.ones(1)))[0] > 0


def test_blocks_and_what_came_since_are_one_row_of_places() -> None:
    posts = [draft(i, {"a": i + 1.0, "bc"[i % 2]: 2.0}, codes="xy"[i % 2], number=float(i)) for i in range(9)]
    whole, parts = Side([block(*posts)]), Side([block(*posts[:4]), block(*posts[4:])], gone=[1, 5])
    query = Query.of(keys(["c", "a", "not there"]), np.array([1.0, 2.0, 9.0]))

    assert parts.ids.tolist() == list(range(9))
    assert np.flatnonzero(~parts.open).tolist() == [1, 5]
    for one, other in zip(_answers(whole, query), _answers(parts, query), strict=True):
        np.testing.assert_array_equal(one, other)


vectors = arrays.arrays(np.float32, (7, WIDTH), elements=st.floats(-1, 1, width=32))


@settings(max_examples=60, deadline=None)
@given(vectors, vectors)
def test_many_needs_at_once_score_to_the_bit_as_one_by_one(rows: np.ndarray, queries: np.ndarray) -> None:
    held = Vectors.build(rows)

    together = held.scores_of_many(queries)

    for query, scores in zip(queries, together, strict=True):
        np.testing.assert_array_equal(held.scores(query), scores)


@settings(max_examples=60, deadline=None)
@given(vectors, arrays.arrays(np.float32, WIDTH, elements=st.floats(-1, 1, width=32)))
def test_a_dense_score_is_the_product_within_the_steps_of_a_byte(rows: np.ndarray, query: np.ndarray) -> None:
    held, present = Vectors.build(rows), np.abs(rows).max(axis=1) > 1e-9
    exact = rows.astype(np.float64) @ query.astype(np.float64)
    steps = np.abs(rows).max(axis=1) * np.abs(query).max() * WIDTH

    scores, close = held.scores(query), held.values(query, np.arange(7))

    assert (np.isnan(scores) == ~present).all()
    assert (np.abs(scores - exact)[present] <= steps[present] / 127 + 1e-6).all()
    assert (np.abs(close - exact)[present] <= steps[present] / 1024 + 1e-6).all()


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf, 1e30, 1e-30, 0.0])
def test_a_vector_that_is_none_is_absent_and_not_zero(wrong: float) -> None:
    rows = np.ones((3, WIDTH), dtype=np.float32)
    rows[1] = wrong

    scores = Vectors.build(rows).scores(np.ones(WIDTH, dtype=np.float32))

    assert np.isnan(scores).tolist() == [False, True, False]


def test_a_post_without_a_vector_is_silent_there() -> None:
    ones = np.ones(WIDTH, dtype=np.float32)
    side = Side([block(draft(1, vector=ones), draft(2))])

    assert np.isnan(side.dense("meaning", ones)).tolist() == [False, True]
    assert np.isnan(side.dense_at("meaning", ones, np.array([1, 0]))).tolist() == [True, False]
    assert np.isnan(side.dense("meaning", None)).all()


def test_a_set_is_worth_its_best_code_and_an_empty_one_is_silent() -> None:
    side = Side([block(draft(1, codes="ab"), draft(2, codes="c"), draft(3))])

    np.testing.assert_array_equal(
        side.sets("codes", {"a": 0.3, "b": 0.6, "d": 1.0}, 0.1), np.array([0.6, 0.1, np.nan], dtype=np.float32)
    )


def test_the_best_are_the_eligible_with_the_highest_scores_and_ties_go_by_id() -> None:
    scores, ids = np.array([5, 9, 7, 7, 7], dtype=np.float32), np.array([1, 2, 40, 4, 5])
    eligible = np.array([True, False, True, True, True])

    assert best(scores, eligible, ids, 3).tolist() == [3, 4, 2]
    assert best(scores, eligible, ids, 9).tolist() == [3, 4, 2, 0]
    assert best(scores, ~eligible, ids, 1).tolist() == [1]


def test_a_pile_is_the_same_in_parts_joined_again_and_through_arrays() -> None:
    posts = [
        draft(i, {"a": 1.0 + i}, codes="x", figures=(("power", "kW", 3.0 * i), ("mass", "kg", 1.0))) for i in (7, 8, 9)
    ]
    whole = pile(*posts)

    joined = Pile.joined([pile(posts[0]), pile(*posts[1:])])
    back = Pile.of_arrays(dict(whole.arrays()))

    for other in (joined, back, Pile.joined([whole.slice(0, 2), whole.slice(2, 9)])):
        assert dict(_listed(other)) == dict(_listed(whole))


def test_piles_without_vectors_join_those_with_some() -> None:
    ones = np.ones(WIDTH, dtype=np.float32)
    with_some, without = pile(draft(1, vector=ones)), Pile.of([draft(2)], {})

    for joined in (Pile.joined([with_some, without]), Pile.joined([without, with_some])):
        found = Side([Block.build(joined, {WORDS: as_counted})])
        assert np.isnan(found.dense("meaning", ones)).tolist() == (found.ids == 2).tolist()


def test_figures_are_kept_with_their_names_and_units() -> None:
    built = block(
        draft(1, figures=(("power", "kW", 3.0),)), draft(2), draft(3, figures=(("mass", "kg", 2.5), ("power", "kW", 1)))
    )

    figures = built.figures

    names = [figures.spelt(number) for number in figures.names.tolist()]
    assert names == [("power", "kW"), ("mass", "kg"), ("power", "kW")]
    assert (figures.bounds.tolist(), figures.values.tolist()) == ([0, 1, 1, 3], [3.0, 2.5, 1.0])


def test_more_posts_than_a_block_may_hold_are_refused() -> None:
    none = np.zeros(0)
    with pytest.raises(ValueError, match="at most 65536"):
        Postings.build(none.astype(np.uint64), none.astype(np.int64), none, BLOCK + 1)


def test_the_same_posts_give_the_same_bytes() -> None:
    posts = [draft(i, {"a": 2.0, "b": 1.0 + i}) for i in range(4)]
    again = Block.build(Pile.joined([pile(*posts[:2]), pile(*posts[2:])]), {WORDS: as_counted})

    assert {name: array.tobytes() for name, array in block(*posts).arrays()} == {
        name: array.tobytes() for name, array in again.arrays()
    }


def _answers(side: Side, query: Query) -> list[np.ndarray]:
    return [
        side.sparse(WORDS, query),
        side.sets("codes", {"x": 1.0}, 0.5),
        side.numbers("number"),
        side.lengths(WORDS),
        side.holders(WORDS, query.keys),
    ]


def _listed(given: Pile) -> list[tuple[str, bytes]]:
    return [(name, array.tobytes()) for name, array in given.arrays()]
