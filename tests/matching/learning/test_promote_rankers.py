"""The nightly job: too few decisions teach nothing, only what is surely better serves, and one can go back."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from information.models import Achievement, Need
from jobs import services as jobs
from jobs.models import Job
from journal.errors import GuardFailed, NotAllowed
from matching import scoring, services
from matching.engine.ranker import Ranker
from matching.learning import rankers
from matching.learning.serving import serving
from matching.models import Example, Match, RankerVersion
from policy import PLATFORM
from tests import factories
from tests.matching.learning.decisions import Taste, by_engine, by_nodes, decisions

pytestmark = pytest.mark.django_db


def decided(taste: Taste, needs: int = 40) -> None:
    """Keep decisions of this taste as examples of real matches."""
    achievements = factories.AchievementFactory.create_batch(6, status="published")
    posts = {number: factories.NeedFactory.create(status="published") for number in range(1, needs + 1)}
    for place, each in enumerate(decisions(needs, taste)):
        match = factories.MatchFactory.create(need=posts[each.need], achievement=achievements[place % 6])
        Example.objects.create(
            match=match, grade=each.grade, weight=each.weight, position=each.position, features=each.signals,
            source="test", decided_at=factories.LONG_AGO, engine_version="test",
        )  # fmt: skip


def learned() -> Job:
    job = rankers.start(by=PLATFORM)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.failure == ""
    return job


def test_too_few_decisions_teach_nothing(match: Match) -> None:
    job = learned()

    assert (job.result["state"], job.running) == ("too_few", False)
    assert not RankerVersion.objects.exists()


def test_what_is_surely_better_serves_and_everything_is_scored_again(deliver_news: Callable[[], int]) -> None:
    decided(by_nodes)

    job = learned()
    deliver_news()

    kept = RankerVersion.objects.get()
    assert (job.result["state"], kept.status, job.done) == ("promoted", "promoted", 3)
    assert kept.comparison["low"] > 0
    assert kept.comparison["candidate"] > kept.comparison["serving"]
    found = serving()
    assert found is not None
    assert found.version == kept.name
    assert Job.objects.filter(kind="matching.rematch").count() == 1


def test_what_is_no_better_is_rejected_and_says_so() -> None:
    decided(by_engine)

    job = learned()

    assert (job.result["state"], RankerVersion.objects.get().status) == ("rejected", "rejected")
    assert serving() is None


def test_the_same_decisions_again_give_no_second_version() -> None:
    decided(by_nodes)

    states = [learned().result["state"] for _ in range(2)]

    assert states == ["promoted", "known"]
    assert RankerVersion.objects.count() == 1


def test_training_and_comparison_share_no_need() -> None:
    decided(by_nodes)
    learned()

    kept = RankerVersion.objects.get()
    assert kept.needs + kept.comparison["needs"] <= 40
    assert kept.decisions == Example.objects.count() - 6 * (40 - kept.needs)


def test_an_administrator_goes_back_to_an_earlier_ranker_and_to_none(
    administrator: User, deliver_news: Callable[[], int]
) -> None:
    former = factories.RankerVersionFactory.create(status="retired")
    present = factories.RankerVersionFactory.create(status="promoted")

    rankers.restore(former, by=administrator, version=1)
    deliver_news()
    present.refresh_from_db()
    states = (RankerVersion.objects.get(pk=former.pk).status, present.status)
    rankers.retire(former, by=administrator, version=2)
    deliver_news()

    assert states == ("promoted", "retired")
    assert serving() is None
    assert Job.objects.filter(kind="matching.rematch").count() == 2


def test_two_never_serve_at_once() -> None:
    factories.RankerVersionFactory.create(status="promoted")
    with transaction.atomic():
        factories.RankerVersionFactory.create(status="promoted")

        with pytest.raises(IntegrityError):
            connection.check_constraints()
        transaction.set_rollback(True)


def test_what_is_not_better_cannot_be_let_serve() -> None:
    ranker = factories.RankerVersionFactory.create(status="trained", comparison={"low": -0.01})

    with pytest.raises(GuardFailed):
        rankers.replace_serving(ranker, action="promote", by=PLATFORM)


def test_nobody_else_starts_learning(enterprise_manager: User, supervisor: User) -> None:
    for person in (enterprise_manager, supervisor):
        with pytest.raises(NotAllowed):
            rankers.start(by=person)


def test_learning_twice_at_once_is_once(administrator: User) -> None:
    assert rankers.start(by=administrator) == rankers.start(by=PLATFORM)


def test_a_serving_ranker_orders_new_suggestions_and_is_named_on_them(need: Need, achievement: Achievement) -> None:
    better = factories.AchievementFactory.create(status="published", trl=9, title_en="Quite something else")
    owner_of_better = better.owner
    services.note_track_record(owner_of_better.pk, mean=0.9, interval=(0.8, 1.0), cases=5)
    scoring.request([need.pk])
    scoring.suggest(need.pk)
    before = list(Match.objects.ranked().values_list("achievement", flat=True))
    by_record = Ranker(("track_record",), (0.5,), (0.1,), (2.0,))
    factories.RankerVersionFactory.create(status="promoted", dump=by_record.dump())

    scoring.suggest(need.pk, force=True)

    matches = {match.achievement_id: match for match in Match.objects.all()}
    assert set(before) == {achievement.pk, better.pk}
    assert matches[better.pk].score > matches[achievement.pk].score
    assert matches[better.pk].features["track_record"] == 0.8
    assert matches[achievement.pk].features["track_record"] is None
    assert matches[better.pk].engine_version.startswith("hybrid")
    assert "+" in matches[better.pk].engine_version


def test_without_a_record_the_signal_is_absent_and_not_nought(need: Need, achievement: Achievement) -> None:
    scoring.request([need.pk])
    scoring.suggest(need.pk)
    without = Match.objects.get().features["track_record"]
    services.note_track_record(achievement.owner_id, mean=0.1, interval=(0.0, 0.3), cases=3)

    scoring.suggest(need.pk, force=True)

    assert without is None
    assert Match.objects.get().features["track_record"] == 0.0
