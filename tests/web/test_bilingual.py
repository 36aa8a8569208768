"""A reader sees a text in the own language, or the other one with a note that says so."""

from types import SimpleNamespace

from django.utils import translation

from web.bilingual import reading
from web.templatetags.tenon import plain_text, prose, text


def test_the_reader_s_language_comes_first() -> None:
    post = SimpleNamespace(title_zh="主轴", title_en="Spindle", origin_zh="human", origin_en="human")

    with translation.override("en"):
        english = text(post, "title")
    with translation.override("zh-hans"):
        chinese = text(post, "title")

    assert english == '<span lang="en" class="text">Spindle</span>'
    assert chinese == '<span lang="zh-Hans" class="text">主轴</span>'


def test_a_missing_language_falls_back_to_the_original_and_says_so() -> None:
    post = {"title_zh": "主轴", "title_en": ""}

    with translation.override("en"):
        shown = text(post, "title")
        bare = text(post, "title", tag=False)

    assert shown == '<span lang="zh-Hans" class="text">主轴</span> <small class="origin">original</small>'
    assert bare == '<span lang="zh-Hans" class="text">主轴</span>'


def test_a_machine_translation_is_named_as_one() -> None:
    post = SimpleNamespace(title_zh="主轴", title_en="Spindle", origin_zh="human", origin_en="machine")

    with translation.override("en"):
        shown = reading(post, "title")
        note = str(shown.note)

    assert (shown.text, note) == ("Spindle", "machine translation")


def test_keywords_are_joined_as_the_language_joins_them() -> None:
    post = {"keywords_zh": ["主轴", "轴承"], "keywords_en": ["spindle", "bearing"]}

    with translation.override("en"):
        english = plain_text(post, "keywords")
    with translation.override("zh-hans"):
        chinese = plain_text(post, "keywords")

    assert (english, chinese) == ("spindle, bearing", "主轴、轴承")


def test_prose_is_escaped_marked_and_set_in_paragraphs() -> None:
    post = {"problem_en": "Wear <b>\n\nof bearings", "problem_zh": ""}

    with translation.override("en"):
        shown = prose(post, "problem", terms=["bearing"])

    assert shown == ('<div lang="en" class="text"><p>Wear &lt;b&gt;</p>\n\n<p>of <mark>bearings</mark></p></div>')


def test_nothing_is_shown_where_nothing_was_written() -> None:
    assert prose({"problem_zh": "", "problem_en": None}, "problem") == ""
