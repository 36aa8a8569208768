"""Matched terms are marked, and nothing that people write becomes markup."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from web.highlighting import marked

FRAGMENTS = st.sampled_from(
    ["<b>", "</mark>", "<mark>", "&amp;", "&", '"', "蜗轮副", "bearings", "0.5μm", " ", "<", ">"]
)
TEXTS = st.lists(FRAGMENTS | st.text(max_size=6), max_size=12).map("".join)


def test_chinese_terms_are_marked_where_they_stand() -> None:
    assert marked("数控转台蜗轮副回程误差", ["蜗轮副"]) == "数控转台<mark>蜗轮副</mark>回程误差"


def test_english_words_are_marked_by_their_stem() -> None:
    shown = marked("Grinding of ground bearing rings; a bearing.", ["bearings", "grind"])

    assert shown == "<mark>Grinding</mark> of ground <mark>bearing</mark> rings; a <mark>bearing</mark>."


def test_a_term_with_figures_is_not_found_inside_another_figure() -> None:
    assert marked("0.5μm, 10.5μm, 0.5 μm", ["0.5μm"]) == "<mark>0.5μm</mark>, 10.5μm, 0.5 μm"


def test_the_longer_term_wins() -> None:
    assert marked("ball screw drive", ["ball", "ball screw"]) == "<mark>ball screw</mark> drive"


def test_markup_in_text_and_terms_stays_text() -> None:
    shown = marked("<script>alert(1)</script> & more", ["<script>", "&"])

    assert shown == "<mark>&lt;script&gt;</mark>alert(1)&lt;/script&gt; <mark>&amp;</mark> more"


@given(text=TEXTS, terms=st.lists(FRAGMENTS | st.text(max_size=4), max_size=6))
def test_without_the_marks_the_text_is_as_it_was_and_no_other_tag_appears(text: str, terms: list[str]) -> None:
    shown = marked(text, terms)

    bare = re.sub("</?mark>", "", shown)
    assert html.unescape(bare) == html.unescape(html.escape(text))
    assert "<" not in bare
    assert ">" not in bare
    assert shown.count("<mark>") == shown.count("</mark>")
