"""What people may write, and what is refused."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from texts.plain import ELEMENTS, validate_plain


@pytest.mark.parametrize(
    "text",
    [
        "孔径 d<0.5 mm，粗糙度 Ra≤0.4 μm",
        "T<Tc and P>Pc",
        "1 < x > 0",
        "x<y>z",
        "R&D, 5 > 3, \"quoted\", 'single'",
        "line one\nline two\ttabbed",
        "emoji 🔧 and 𠮷",
        "",
    ],
)
def test_technical_text_passes(text: str) -> None:
    assert validate_plain(text) is None  # type: ignore[func-returns-value]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<SCRIPT src=//x>",
        "<img src=x onerror=alert(1)>",
        "text <b>bold</b>",
        "<a href='javascript:1'>x</a>",
        "<!-- hidden -->",
        "<!DOCTYPE html>",
        "<svg/onload=alert(1)>",
        "</div>",
        "<iframe",
    ],
)
def test_markup_is_refused(text: str) -> None:
    with pytest.raises(ValidationError) as caught:
        validate_plain(text)

    assert caught.value.code == "markup"


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\u200b", "\u202e", "\ufeff", "\ud800"])
def test_invisible_characters_are_refused(character: str) -> None:
    with pytest.raises(ValidationError) as caught:
        validate_plain(f"bearing{character}steel")

    assert caught.value.code == "control"


@given(st.sampled_from(ELEMENTS.split("|")), st.text(alphabet="abc =\"'0", max_size=12), st.booleans())
def test_no_element_gets_through_in_whatever_way_it_is_written(name: str, rest: str, upper: bool) -> None:
    tag = f"<{name.upper() if upper else name} {rest}>"

    with pytest.raises(ValidationError):
        validate_plain(f"before {tag} after")
