"""Unified social credit codes: GB 32100-2015 with its double remainder."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accounts.identifiers import ALPHABET, uscc_check_character, validate_uscc

VALID = ("91350100M000100Y43", "91110108551385082Q", "91110000600037341L")


@pytest.mark.parametrize("number", VALID)
def test_a_valid_code_passes(number: str) -> None:
    validate_uscc(number)


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("91350100M000100Y4Z", "characters"),
        ("91350100M000100Y44", "check"),
        ("91350100M000100Y4", "length"),
        ("91350100M000100Y430", "length"),
        ("", "length"),
        ("91350100m000100y43", "characters"),
        ("9135O100M000100Y43", "characters"),
        ("9135010٣M000100Y43", "characters"),
        ("91350100M000100Y4\n", "characters"),
    ],
)
def test_an_invalid_code_is_refused_with_its_fault(number: str, fault: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        validate_uscc(number)

    assert refusal.value.code == fault


bodies = st.builds(
    str.__add__,
    st.from_regex(rf"[{ALPHABET}]{{2}}[0-9]{{6}}", fullmatch=True),
    st.text(ALPHABET, min_size=9, max_size=9),
)


@given(body=bodies)
def test_a_code_made_with_its_check_character_is_valid(body: str) -> None:
    validate_uscc(body + uscc_check_character(body))


@given(body=bodies, place=st.integers(8, 16), other=st.sampled_from(ALPHABET))
def test_one_mistyped_character_is_always_found(body: str, place: int, other: str) -> None:
    mistyped = body[:place] + other + body[place + 1 :]
    number = mistyped + uscc_check_character(body)

    if mistyped == body:
        validate_uscc(number)
    else:
        with pytest.raises(ValidationError):
            validate_uscc(number)
