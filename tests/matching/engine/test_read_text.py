"""From text to terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.analysis import CHARACTER_WEIGHT, LONGEST, Analyzer

ANYTHING = st.text(st.characters(codec=None), max_size=200)


def terms(text: str) -> set[str]:
    return {term.term for term in Analyzer().terms(text)}


def test_a_long_chinese_word_is_found_by_its_parts_and_by_itself() -> None:
    found = terms("数控机床")

    assert {"数控", "机床", "数控机床"} <= found


def test_single_characters_are_weak_evidence() -> None:
    weights = {term.term: term.weight for term in Analyzer().terms("轴承钢")}

    assert weights["轴承钢"] == 1.0
    assert weights["钢"] == CHARACTER_WEIGHT


def test_english_words_are_compared_by_their_stems() -> None:
    assert terms("grinding bearings") == terms("Grinds BEARING")


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("轴承钢GCr15热处理", "gcr15"),
        ("40Cr shafts", "40cr"),
        ("圆跳动≤0.5μm", "0.5μm"),
        ("runout of 0.5 µm or less", "0.5μm"),
        ("45号钢调质", "45号钢"),
        ("6061 aluminium", "6061"),
        ("Ti-6Al-4V blades", "ti-6al-4v"),
        ("抗拉强度980MPa以上", "980mpa"),
        ("a spindle at 20,000 r/min", "20000r/min"),
        ("主轴转速20，000r/min", "20000r/min"),
        ("1,234.5 mm long", "1234.5mm"),
        ("tested over 20,000 cycles", "20000"),
    ],
)
def test_grades_and_measures_are_kept_whole(text: str, term: str) -> None:
    assert term in terms(text)


def test_a_figure_is_shown_with_its_thousands_as_it_was_written() -> None:
    surfaces = {term.term: term.surface for term in Analyzer().terms("Speed 20,000 r/min for 8,000 hours")}

    assert (surfaces["20000r/min"], surfaces["8000"]) == ("20,000 r/min", "8,000")
    assert "000r/min" not in surfaces


@pytest.mark.parametrize("text", ["1,2345 mm", "12345,678", "20,00 r/min"])
def test_a_comma_that_parts_no_thousands_parts_two_numbers(text: str) -> None:
    first, second = text.replace(" ", "").split(",")

    assert {"".join(text.replace(" ", "").split(","))}.isdisjoint(terms(text))
    assert terms(text) == {term for number in (first, second) for term in terms(number)}


def test_full_width_and_half_width_are_the_same_terms() -> None:
    assert terms("ＧＣｒ１５轴承") == terms("gcr15轴承")


def test_function_words_of_both_languages_are_left_out() -> None:
    assert terms("the of and 我们 需要 以及") == set()


def test_the_language_of_a_term_is_that_of_its_line() -> None:
    languages = {term.term: term.language for term in Analyzer().terms("采用GCr15轴承钢制造\nbearing steel 52100")}

    assert languages["gcr15"] == "zh"
    assert languages["52100"] == "en"


@given(ANYTHING)
def test_any_text_is_read_and_every_surface_stands_in_it(text: str) -> None:
    found = list(Analyzer().terms(text))

    assert all(term.surface in text and term.surface for term in found)
    assert all(0 < len(term.term) <= LONGEST + 8 for term in found)


@given(ANYTHING)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert list(Analyzer().terms(text)) == list(Analyzer().terms(text))


@pytest.mark.parametrize(
    "text",
    ["轴" * 70_000, "a" * 200_000, "12.5 " * 40_000, "111," * 50_000 + "1x", "🔩" * 50_000, "\ud800\x00" * 1_000],
)
def test_a_very_long_or_broken_text_is_read(text: str) -> None:
    assert all(len(term.term) <= LONGEST + 8 for term in Analyzer().terms(text))
