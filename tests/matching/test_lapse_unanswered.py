"""Suggestions that nobody answers lapse by the clock: announced first, never taken back by the next scoring."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from accounts.models import User
from information.models import Achievement, Need
from journal.models import Entry
from matching import lapsing, scoring, services
from matching.models import Match
from matching.sheet import clock
from tests import factories


@pytest.fixture
def suggested(need: Need, achievement: Achievement) -> Match:
    """What the engine has just suggested."""
    scoring.request([need.pk])
    scoring.suggest(need.pk)
    return Match.objects.get()


def days_later(match: Match, days: int) -> None:
    """Let the clock of a match run on, as if so many days had passed."""
    passed = timedelta(days=days)
    held = Match.objects.get(pk=match.pk)
    Match.objects.filter(pk=match.pk).update(
        answer_by=held.answer_by and held.answer_by - passed,
        announced_at=held.announced_at and held.announced_at - passed,
    )


def words(match: Match) -> list[str]:
    return [name.rpartition(".")[2] for name in Entry.objects.about(match).values_list("name", flat=True)]


def test_a_new_suggestion_has_a_clock_that_its_page_tells(suggested: Match) -> None:
    assert suggested.answer_by is not None
    assert timedelta(days=35) < suggested.answer_by - timezone.now() < timedelta(days=70)
    with translation.override("en"):
        assert clock(suggested).startswith("Either side may express interest; lapses after ")


def test_it_is_announced_once_then_lapses(suggested: Match) -> None:
    early = (lapsing.announce(), lapsing.lapse_unanswered())
    days_later(suggested, 80)

    first = (lapsing.announce(), lapsing.lapse_unanswered())
    again = lapsing.announce()
    days_later(suggested, 3)
    lapsed = (lapsing.lapse_unanswered(), lapsing.lapse_unanswered())

    assert (early, first, again, lapsed) == ((0, 0), (1, 0), 0, (1, 0))
    suggested.refresh_from_db()
    assert (suggested.status, suggested.lapse_cause) == ("lapsed", "unanswered")
    assert words(suggested) == ["suggested", "lapse_announced", "lapsed"]


def test_the_next_scoring_leaves_it_alone_until_a_post_changes(suggested: Match, need: Need) -> None:
    days_later(suggested, 80)
    lapsing.announce()
    days_later(suggested, 3)
    lapsing.lapse_unanswered()

    scoring.suggest(need.pk, force=True)
    unchanged = Match.objects.get().status
    Need.objects.update(title_en="Quite another title", revision=2)
    scoring.suggest(need.pk, force=True)

    assert (unchanged, Match.objects.get().status) == ("lapsed", "suggested")
    assert Match.objects.get().lapse_cause == ""
    assert Match.objects.filter(answer_by__gt=timezone.now()).exists()


def test_interest_gives_the_other_side_a_clock_of_its_own(suggested: Match, enterprise_manager: User) -> None:
    services.express_interest(suggested, by=enterprise_manager, version=1)

    suggested.refresh_from_db()
    assert suggested.answer_by is not None
    assert timedelta(days=9) < suggested.answer_by - timezone.now() < timedelta(days=25)
    with translation.override("en"):
        assert clock(suggested).endswith("else it lapses")


def test_mutual_interest_waits_for_an_administrator_without_a_clock(
    suggested: Match, enterprise_manager: User, university_manager: User
) -> None:
    services.express_interest(suggested, by=enterprise_manager, version=1)
    services.express_interest(suggested, by=university_manager, version=2)

    suggested.refresh_from_db()
    assert (suggested.status, suggested.answer_by) == ("mutual", None)


def test_an_answer_in_the_last_moment_wins(suggested: Match, enterprise_manager: User) -> None:
    days_later(suggested, 80)
    lapsing.announce()
    days_later(suggested, 3)
    services.express_interest(suggested, by=enterprise_manager, version=1)

    assert lapsing.lapse(suggested.pk) is False
    assert Match.objects.get().status == "one_sided"


def test_nothing_lapses_unannounced_even_if_the_clocks_stood_still(suggested: Match) -> None:
    days_later(suggested, 400)

    lapsing.tick()

    assert Match.objects.get().status == "suggested"


def test_matches_without_a_clock_stay(match: Match) -> None:
    lapsing.tick()

    match.refresh_from_db()
    assert (match.status, match.announced_at) == ("suggested", None)


@pytest.mark.django_db
def test_many_are_announced_in_as_many_queries_as_one(django_assert_max_num_queries: object) -> None:
    past = timezone.now() - timedelta(days=1)
    factories.MatchFactory.create_batch(5, answer_by=past)

    with django_assert_max_num_queries(8):  # type: ignore[operator]
        assert lapsing.announce() == 5
