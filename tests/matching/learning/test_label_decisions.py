"""What each word and each outcome says about fit: a table by hand, and what says nothing."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.learning.labels import DECLINED, OUTCOMES, REFUSED, Happened, inverse_propensity, label_of
from matching.models import DeclineReason, Outcome, RefuseReason

START = datetime(2026, 3, 1, tzinfo=UTC)

# What happened, one word after the other, with the grade and the weight that follow; None: nothing follows.
BY_HAND: list[tuple[list[Any], tuple[int, float] | None]] = [
    (["suggested"], None),
    (["suggested", "lapsed"], None),
    (["interest_expressed"], (1, 1.0)),
    (["interest_expressed", "became_mutual"], (2, 1.0)),
    (["interest_expressed", "became_mutual", "approved"], (3, 1.0)),
    ([("declined", "figures")], (0, 1.0)),
    ([("declined", "field")], (0, 1.0)),
    ([("declined", "maturity")], (0, 0.6)),
    ([("declined", "price")], (0, 0.3)),
    ([("declined", "other")], (0, 0.3)),
    # Not having the capacity, or having found another, says nothing about fit: what was known before stands.
    ([("declined", "capacity")], None),
    ([("declined", "solved")], None),
    (["interest_expressed", ("declined", "capacity")], (1, 1.0)),
    (["interest_expressed", "became_mutual", ("declined", "figures")], (0, 1.0)),
    (["interest_expressed", "became_mutual", ("refused", "unfit")], (0, 1.0)),
    (["interest_expressed", "became_mutual", ("refused", "conflict")], (2, 1.0)),
    (["interest_expressed", "became_mutual", ("refused", "rights")], (2, 1.0)),
    (["interest_expressed", "became_mutual", ("refused", "policy")], (2, 1.0)),
    (["interest_expressed", "lapsed", "suggested_again"], None),
    (["approved", "drafted"], (3, 1.0)),
    (["approved", "drafted", "withdrawn"], (2, 1.0)),
    (["approved", "broken_off"], (2, 1.0)),
    (["approved", "drafted", "contracted"], (4, 1.0)),
    (["approved", "contracted", "accepted"], (4, 1.0)),
    (["approved", "contracted", "terminated"], (3, 1.0)),
    (["contracted", ("evaluated", "", 0.9)], (4, 1.0)),
    (["contracted", ("evaluated", "", 0.5)], (3, 1.0)),
    (["contracted", ("evaluated", "", 0.2)], (2, 1.0)),
]


def happened(words: list[Any]) -> list[Happened]:
    """The words as things that happened, an hour after one another."""
    said = [(word, "", None) if isinstance(word, str) else (*word, None, None)[:3] for word in words]
    return [
        Happened(what, START + timedelta(hours=hour), reason or "", value=value)
        for hour, (what, reason, value) in enumerate(said)
    ]


@pytest.mark.parametrize(("words", "expected"), BY_HAND, ids=[str(words) for words, _ in BY_HAND])
def test_what_was_said_gives_this_grade_and_weight(words: list[Any], expected: tuple[int, float] | None) -> None:
    label = label_of(happened(words))

    assert (None if label is None else (label.grade, label.weight)) == expected


def test_the_table_speaks_of_every_reason_and_every_outcome() -> None:
    tried = {word if isinstance(word, str) else f"{word[0]}:{word[1]}" for words, _ in BY_HAND for word in words}

    assert {f"declined:{reason}" for reason in DeclineReason.values} <= tried
    assert {f"refused:{reason}" for reason in RefuseReason.values} <= tried
    assert {*Outcome.Kind.values} - {"evaluated"} == {*OUTCOMES}
    assert {*OUTCOMES} <= tried
    assert {*DECLINED} <= {*DeclineReason.values}
    assert {*REFUSED} <= {*RefuseReason.values}


@given(st.lists(st.sampled_from(["suggested", "lapsed", "viewed", "opened", "shown", "anything"]), max_size=8))
def test_silence_views_and_clicks_are_no_decisions(words: list[str]) -> None:
    assert label_of(happened(words)) is None


def test_a_label_says_who_spoke_and_when() -> None:
    label = label_of([Happened("declined", START, "field", "achievement")])

    assert label is not None
    assert (label.source, label.side, label.at) == ("declined:field", "achievement", START)


@given(st.integers(min_value=1, max_value=10**6))
def test_what_is_further_down_counts_more_but_never_without_bound(position: int) -> None:
    assert inverse_propensity(1) == inverse_propensity(None) == 1.0
    assert inverse_propensity(position) <= inverse_propensity(position + 1) <= 4.0
