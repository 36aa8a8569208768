"""The decision guide: every way through it ends at one of the six options, and every option is reached."""

from collections.abc import Iterator

import pytest

from contracts.guide import ADVICE, FIRST, QUESTIONS, follow
from contracts.kinds import KINDS
from contracts.particulars import PARTICULARS


def ways(key: str = FIRST, given: tuple[tuple[str, str], ...] = ()) -> Iterator[tuple[dict[str, str], str]]:
    """Every sequence of answers with the option that it leads to."""
    if key not in QUESTIONS:
        yield dict(given), key
        return
    for answer in QUESTIONS[key].answers:
        yield from ways(answer.leads_to, (*given, (key, answer.value)))


def test_every_way_ends_at_an_option_and_every_option_is_reached() -> None:
    reached = {option for _, option in ways()}

    assert reached == set(ADVICE) == {choice.value for choice in PARTICULARS["ip_option"].choices}


@pytest.mark.parametrize(("answers", "option"), list(ways()))
def test_the_answers_are_followed_to_their_end(answers: dict[str, str], option: str) -> None:
    course = follow(answers)

    assert (course.question, course.option) == (None, option)
    assert course.advice is ADVICE[option]
    assert [question.key for question, _ in course.given] == list(answers)


@pytest.mark.parametrize(
    ("answers", "asked"),
    [({}, "creators"), ({"creators": "nonsense"}, "creators"), ({"creators": "provider", "use": "no"}, "secrecy")],
)
def test_an_open_question_is_asked(answers: dict[str, str], asked: str) -> None:
    course = follow(answers)

    assert course.question is QUESTIONS[asked]
    assert course.advice is None


def test_each_kind_of_development_offers_only_options_that_the_guide_knows() -> None:
    assert all(set(kind.ip_options) <= set(ADVICE) for kind in KINDS.values())
