"""Passages: whole sentences of either language, the most telling first, and where a figure is stated."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from matching.engine.passages import sentences, stating, telling

TEXT = (
    "The spindle heats up. At 20,000 rpm the rise is 40 K, e.g. in summer!\n\n轴承寿命不足。温升不超过 25 K；噪声低。"
)


def said(text: str, *places: tuple[int, int]) -> list[str]:
    return [text[start:end] for start, end in places]


def test_sentences_end_where_either_language_ends_them() -> None:
    assert said(TEXT, *sentences(TEXT)) == [
        "The spindle heats up.",
        "At 20,000 rpm the rise is 40 K, e.g.",
        "in summer!",
        "轴承寿命不足。",
        "温升不超过 25 K；",
        "噪声低。",
    ]


@given(st.text(max_size=200))
def test_sentences_lie_apart_in_order_and_lose_nothing_but_space(text: str) -> None:
    found = list(sentences(text))

    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(before[1] <= after[0] for before, after in pairwise(found))
    kept = "".join(said(text, *found))
    assert "".join(kept.split()) == "".join(text.split())


def test_the_sentence_with_the_most_telling_terms_comes_first() -> None:
    found = telling({"problem_en": TEXT}, ["rise", "spindle", "20,000 rpm"])

    assert [TEXT[each.start : each.end] for each in found] == [
        "At 20,000 rpm the rise is 40 K, e.g.",
        "The spindle heats up.",
    ]


def test_a_text_without_the_terms_has_no_passage() -> None:
    assert telling({"problem_en": TEXT}, ["gearbox", ""]) == []
    assert telling({}, ["spindle"]) == []


def test_at_most_three_are_kept() -> None:
    text = "轴承一。轴承二。轴承三。轴承四。"

    assert len(telling({"problem_zh": text}, ["轴承"])) == 3


def test_a_figure_is_found_by_its_number_beside_its_name() -> None:
    found = stating({"problem_zh": TEXT}, ["温升", "temperature rise"], 25.0)

    assert [TEXT[each.start : each.end] for each in found] == ["温升不超过 25 K；"]
    assert stating({"problem_zh": TEXT}, ["寿命", "life"], 25.0) == []
    assert stating({"problem_zh": TEXT}, ["温升"], 5.0) == []
    assert [TEXT[each.start : each.end] for each in stating({"a": TEXT}, ["", "rise of heat"], 20000)] == [
        "At 20,000 rpm the rise is 40 K, e.g."
    ]
