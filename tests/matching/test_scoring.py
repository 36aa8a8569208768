"""Publishing asks for a scoring; one run answers all that asked, and people's words are never overwritten."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from information import services as posts
from information.models import Achievement, Need
from jobs import services as jobs
from journal.models import Entry
from matching import rules, scoring, services
from matching.live_index import live_index
from matching.models import Match, Scoring
from matching.steps import rematch
from policy import PLATFORM
from tests import factories


@pytest.fixture
def asked(need: Need, achievement: Achievement) -> Need:
    """A need that is due to be scored against one achievement which answers it."""
    scoring.request([need.pk])
    return need


def words(match_or_none: Match | None) -> list[str]:
    assert match_or_none is not None
    return [name.rpartition(".")[2] for name in Entry.objects.about(match_or_none).values_list("name", flat=True)]


def test_a_scoring_keeps_the_best_as_suggestions_with_what_they_were_computed_from(
    asked: Need, achievement: Achievement
) -> None:
    did = scoring.suggest(asked.pk)

    match = Match.objects.get()
    assert did is True
    assert (match.need, match.achievement, match.status) == (asked, achievement, "suggested")
    assert 0 < match.score <= 1
    assert match.matched_terms != []
    assert (match.need_revision, match.achievement_revision) == (asked.revision, achievement.revision)
    assert words(match) == ["suggested"]


def test_a_second_scoring_of_the_same_posts_changes_nothing(asked: Need) -> None:
    scoring.suggest(asked.pk)
    before = Match.objects.values_list("pk", "status", "version", "score", "matched_terms").get()

    again = scoring.suggest(asked.pk)
    forced = scoring.suggest(asked.pk, force=True)

    assert (again, forced) == (False, True)
    assert Match.objects.values_list("pk", "status", "version", "score", "matched_terms").get() == before
    assert words(Match.objects.get()) == ["suggested"]


def test_what_a_side_has_said_survives_the_next_scoring(asked: Need, enterprise_manager: User) -> None:
    scoring.suggest(asked.pk)
    services.decline(Match.objects.get(), by=enterprise_manager, version=1, reason="price")

    scoring.suggest(asked.pk, force=True)

    assert Match.objects.get().status == "declined"


def test_a_withdrawn_achievement_is_not_suggested_again(
    asked: Need, achievement: Achievement, university_manager: User, deliver_news: Callable[[], int]
) -> None:
    scoring.suggest(asked.pk)
    posts.withdraw(achievement, by=university_manager, version=1, reason="changed")
    deliver_news()

    scoring.suggest(asked.pk, force=True)

    assert Match.objects.get().status == "lapsed"
    assert words(Match.objects.get()) == ["suggested", "lapsed"]


def test_an_achievement_withdrawn_while_the_engine_ranked_is_left_out(asked: Need, achievement: Achievement) -> None:
    with live_index.lock:
        found = live_index.current().rank(asked.pk)
    Achievement.objects.filter(pk=achievement.pk).update(status="withdrawn")

    scoring.keep(asked, rules.apply(asked, found, []), {achievement.pk: {}}, at=timezone.now())

    assert [suggestion.achievement for suggestion in found] == [achievement.pk]
    assert not Match.objects.exists()


def test_a_suggestion_that_lapsed_comes_back_when_it_ranks_again(asked: Need) -> None:
    scoring.suggest(asked.pk)
    Match.objects.get().move_to("lapsed", by=PLATFORM)

    scoring.suggest(asked.pk, force=True)

    assert Match.objects.get().status == "suggested"
    assert words(Match.objects.get()) == ["suggested", "lapsed", "suggested_again"]


def test_asking_often_is_answered_once(asked: Need) -> None:
    for _ in range(5):
        scoring.request([asked.pk])

    outcomes = [scoring.suggest(asked.pk) for _ in range(3)]

    assert outcomes == [True, False, False]
    assert not Scoring.objects.due().exists()


def test_a_need_that_was_withdrawn_meanwhile_asks_for_nothing(asked: Need) -> None:
    Need.objects.filter(pk=asked.pk).update(status="withdrawn")

    scoring.suggest(asked.pk)

    assert not Match.objects.exists()
    assert not Scoring.objects.due().exists()


def test_a_doorbell_that_was_lost_is_rung_again(asked: Need) -> None:
    fresh = scoring.sweep()
    Scoring.objects.update(requested_at=timezone.now() - timedelta(minutes=1))

    assert (fresh, scoring.sweep()) == (0, 1)


def test_publishing_either_post_leads_to_a_suggestion(administrator: User, deliver_news: Callable[[], int]) -> None:
    need = factories.NeedFactory.create(status="submitted")
    achievement = factories.AchievementFactory.create(status="submitted")

    posts.publish(need, by=administrator, version=1)
    deliver_news()
    scoring.suggest(need.pk)
    alone = Match.objects.count()
    posts.publish(achievement, by=administrator, version=1)
    deliver_news()
    scoring.suggest(need.pk)

    assert alone == 0
    assert (Match.objects.get().need, Match.objects.get().achievement) == (need, achievement)


def test_a_rematch_scores_every_open_need_and_counts_them(achievement: Achievement, administrator: User) -> None:
    factories.NeedFactory.create_batch(3, status="published")
    factories.NeedFactory.create(status="draft")

    job = rematch(by=administrator)
    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.done, job.total, job.running) == (3, 3, False)
    assert Match.objects.count() == 3
