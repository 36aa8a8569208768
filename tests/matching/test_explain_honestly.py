"""No sentence without its fact: take the fact away and the sentence is gone, in both languages."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from information.models import Achievement, Need
from matching import scoring, services
from matching.disclosure import withhold
from matching.models import Match
from matching.passages import passages_on
from matching.sentences import CHANGES, SIDES, Labels, changes, sentences
from tests.factories import MatchFactory
from tests.matching.test_sentences import BENEFIT, IN_ENGLISH, TARGET

LABELS = Labels(nodes={}, regions={}, chains={}, values={})
FACTS: list[tuple[str, dict[str, Any]]] = [(code, params) for code, params, _words in IN_ENGLISH]
RULES: list[dict[str, Any]] = [
    {"rule": 1, "chain": "", "field": "trl", "operator": "at_least", "value": "5", "effect": "promote", "before": 0.4},
    {"rule": 2, "chain": "c", "field": "price", "operator": "at_most", "value": "9", "effect": "demote", "before": 0.4},
]


def matched(facts: list[tuple[str, dict[str, Any]]], rules: list[dict[str, Any]]) -> Match:
    """A match in memory for these facts."""
    return Match(
        need=Need(targets=[TARGET]),
        achievement=Achievement(benefits=[BENEFIT]),
        reasons=[{"code": code, "params": params} for code, params in facts],
        rules=rules,
    )


def said(match: Match) -> list[str]:
    return [sentence.text for sentence in sentences(match, LABELS)]


# How long a busy machine takes to draw examples says nothing.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
@given(
    kept=st.sets(st.integers(0, len(FACTS) - 1)), rules=st.sets(st.integers(0, 1)), gone=st.integers(0, len(FACTS) - 1)
)
def test_without_its_fact_a_sentence_is_gone(language: str, kept: set[int], rules: set[int], gone: int) -> None:
    with translation.override(language):
        whole = said(
            matched([FACTS[place] for place in sorted(kept | {gone})], [RULES[place] for place in sorted(rules)])
        )
        without = said(
            matched([FACTS[place] for place in sorted(kept - {gone})], [RULES[place] for place in sorted(rules)])
        )
        alone = said(matched([FACTS[gone]], []))

    assert sorted(whole) == sorted([*without, *alone])
    assert len(whole) == len(kept | {gone}) + len(rules)


@given(kept=st.sets(st.integers(0, len(FACTS) - 1)))
def test_what_would_have_to_change_is_said_only_of_what_is_in_the_way(kept: set[int]) -> None:
    facts = [FACTS[place] for place in sorted(kept)]

    with translation.override("en"):
        found = changes(matched(facts, []))

    assert bool(found) == any(code in CHANGES for code, _params in facts)


def test_everything_that_speaks_against_says_what_would_have_to_change() -> None:
    assert set(CHANGES) == {code for code, side in SIDES.items() if side == "against"}


def test_a_suggestion_keeps_the_passages_of_both_sides(need: Need, achievement: Achievement) -> None:
    scoring.request([need.pk])
    scoring.suggest(need.pk)

    match = Match.objects.get()
    texts = [
        getattr(getattr(match, each["side"]), each["field"])[each["start"] : each["end"]] for each in match.passages
    ]
    assert {each["side"] for each in match.passages} == {"need", "achievement"}
    assert all(text.strip() == text and text for text in texts)


def test_passages_of_an_earlier_revision_are_not_marked(match: Match) -> None:
    match.passages = [{"side": "need", "field": "problem_en", "start": 0, "end": 10}]
    now = passages_on(match, "need")
    match.need.revision = 2

    assert now == [{"field": "problem_en", "start": 0, "end": 10, "lines": []}]
    assert passages_on(match, "need") == []


def test_a_requirement_leads_to_its_passages_on_both_sides(
    english: Client, need: Need, achievement: Achievement, enterprise_manager: User
) -> None:
    need.targets = [{**TARGET, "value": 40}]
    need.save()
    achievement.benefits = [{**BENEFIT, "value": 22}]
    achievement.save()
    scoring.request([need.pk])
    scoring.suggest(need.pk)
    english.force_login(enterprise_manager)

    page = english.get(Match.objects.get().get_absolute_url()).content.decode()

    assert 'href="#line-0"' in page
    assert 'id="line-0"' in page
    assert page.count('data-line="0"') >= 2
    assert '<span class="passage"' in page


def test_a_track_record_is_shown_where_there_is_one_and_not_otherwise(
    english: Client, match: Match, enterprise_manager: User
) -> None:
    english.force_login(enterprise_manager)
    without = english.get(match.get_absolute_url()).content.decode()
    services.note_track_record(match.achievement.owner_id, mean=0.8, interval=(0.6, 0.9), cases=4)

    page = english.get(match.get_absolute_url()).content.decode()

    assert "evaluated cooperation" not in without
    assert "4 evaluated cooperations: 80 of 100 on average (likely 60 to 90)" in page


def test_a_side_is_led_to_its_next_suggestion(english: Client, match: Match, enterprise_manager: User) -> None:
    following = MatchFactory.create(need=match.need, score=0.5)
    MatchFactory.create(need=match.need, score=0.6, status="declined")
    english.force_login(enterprise_manager)

    page = english.get(match.get_absolute_url()).content.decode()

    assert f'href="{following.get_absolute_url()}" title=' in page


def test_neither_marks_nor_rules_tell_of_a_post_that_is_closed_to_the_reader(match: Match) -> None:
    match.passages = [{"side": "need", "field": "problem_en", "start": 0, "end": 10}]
    match.rules = [RULES[0]]

    withhold(match, need=False, achievement=True)

    assert (match.passages, match.rules) == ([], [])
