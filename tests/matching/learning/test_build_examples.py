"""Examples: the features as they were shown, the position, and a label that can be built again and again."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from information.models import Need
from matching import scoring, services
from matching.learning import examples
from matching.models import Example, Match, Outcome, Showing, Side
from tests.factories import MatchFactory

AS_SHOWN = {"text": 0.8, "requirements": None}


@pytest.fixture
def shown(match: Match, enterprise_manager: User) -> Match:
    """A suggestion that the need's side saw at position 3."""
    match.features, match.need_hash, match.achievement_hash = AS_SHOWN, "a" * 64, "b" * 64
    match.save()
    examples.note_shown([match], side=Side.NEED, first=3, to=enterprise_manager)
    return match


def kept() -> list[tuple[Any, ...]]:
    return list(Example.objects.values_list("match", "grade", "weight", "source", "position", "decided_at"))


def test_a_decline_becomes_an_example_with_the_features_and_the_position_of_the_moment(
    shown: Match, enterprise_manager: User, deliver_news: Callable[[], int]
) -> None:
    services.decline(shown, by=enterprise_manager, version=1, reason="field")
    deliver_news()

    example = Example.objects.get()
    assert (example.match, example.grade, example.weight, example.position) == (shown, 0, 1.0, 3)
    assert example.features == AS_SHOWN
    assert (example.engine_version, example.need_hash, example.achievement_hash) == ("test", "a" * 64, "b" * 64)


def test_building_again_changes_nothing(
    shown: Match, enterprise_manager: User, university_manager: User, deliver_news: Callable[[], int]
) -> None:
    services.express_interest(shown, by=enterprise_manager, version=1)
    services.express_interest(shown, by=university_manager, version=2)
    deliver_news()
    before = kept()

    for _ in range(3):
        examples.rebuild(shown.pk)

    assert kept() == before
    assert [(grade, position) for _match, grade, _weight, _source, position, _at in before] == [(2, 3)]


def test_features_that_change_after_the_decision_do_not_change_the_example(
    shown: Match, enterprise_manager: User, deliver_news: Callable[[], int]
) -> None:
    services.express_interest(shown, by=enterprise_manager, version=1)
    deliver_news()
    Match.objects.update(features={"text": 0.1})

    examples.rebuild(shown.pk)

    assert Example.objects.get().features == AS_SHOWN


def test_a_decline_for_want_of_capacity_is_no_example(
    shown: Match, enterprise_manager: User, deliver_news: Callable[[], int]
) -> None:
    services.decline(shown, by=enterprise_manager, version=1, reason="capacity")
    deliver_news()

    assert kept() == []


def test_what_became_of_a_match_moves_its_grade(
    shown: Match, enterprise_manager: User, deliver_news: Callable[[], int]
) -> None:
    services.express_interest(shown, by=enterprise_manager, version=1)
    deliver_news()
    grades = []

    for kind, value in ((Outcome.Kind.CONTRACTED, None), (Outcome.Kind.EVALUATED, 0.2), (Outcome.Kind.EVALUATED, 0.9)):
        services.note_outcome(shown.pk, kind, value=value)
        deliver_news()
        grades.append(Example.objects.get().grade)

    assert grades == [4, 2, 4]


def test_a_suggestion_that_was_never_shown_in_a_list_has_no_position(
    match: Match, university_manager: User, deliver_news: Callable[[], int]
) -> None:
    services.express_interest(match, by=university_manager, version=1)
    deliver_news()

    assert Example.objects.get().position is None


def test_lists_keep_what_they_showed_to_whom_at_which_place(
    english: Client, need: Need, enterprise_manager: User
) -> None:
    best, second = (MatchFactory.create(need=need, score=score) for score in (0.9, 0.8))
    declined = MatchFactory.create(need=need, score=0.85, status="declined")
    english.force_login(enterprise_manager)

    english.get(need.get_absolute_url())

    rows = Showing.objects.values_list("match", "side", "position", "viewer")
    assert sorted(rows) == sorted(
        [(best.pk, "need", 1, enterprise_manager.pk), (second.pk, "need", 3, enterprise_manager.pk)]
    )
    assert not Showing.objects.filter(match=declined).exists()


def test_whoever_does_not_decide_is_not_counted(english: Client, match: Match, administrator: User) -> None:
    english.force_login(administrator)

    english.get(match.need.get_absolute_url())

    assert not Showing.objects.exists()


def test_the_last_showing_before_the_word_counts(shown: Match, enterprise_manager: User) -> None:
    examples.note_shown([shown], side=Side.NEED, first=7, to=enterprise_manager)
    services.express_interest(shown, by=enterprise_manager, version=1)

    examples.note_shown([shown], side=Side.NEED, first=1, to=enterprise_manager)

    assert Showing.objects.get().position == 7


def test_showing_many_costs_one_query(need: Need, enterprise_manager: User, django_assert_num_queries: Any) -> None:
    matches = MatchFactory.create_batch(5, need=need)
    assert enterprise_manager.standing

    with django_assert_num_queries(1):
        examples.note_shown(matches, side=Side.NEED, first=1, to=enterprise_manager)

    assert Showing.objects.count() == 5


def test_a_scoring_keeps_the_hash_of_both_texts(need: Need, match: Match, enterprise_manager: User) -> None:
    scoring.request([need.pk])
    scoring.suggest(need.pk)
    first = Match.objects.values_list("need_hash", "achievement_hash").get()
    Need.objects.update(title_en="Quite another title")
    scoring.suggest(need.pk, force=True)
    second = Match.objects.values_list("need_hash", "achievement_hash").get()

    assert [len(each) for each in (*first, *second)] == [64] * 4
    assert (first[0] != second[0], first[1] == second[1]) == (True, True)
