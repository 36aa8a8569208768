"""Two people act on the same match or post at the same moment; the locks decide, and both are told the truth."""

import contextlib
import random
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from accounts.models import User
from information import services as posts
from information.models import Achievement, Need
from journal.errors import DomainError, GuardFailed, IllegalMove, StaleVersion
from journal.models import Entry
from matching import services
from matching.models import Match
from tests import factories

pytestmark = pytest.mark.usefixtures("transactional_db")


def together(*works: Callable[[], Any]) -> list[Any]:
    """Run all at the same moment; gives for each what it returned or the refusal it met."""
    gate = threading.Barrier(len(works))
    results: list[Any] = [None] * len(works)

    def run(place: int, work: Callable[[], Any]) -> None:
        gate.wait()
        threading.Event().wait(random.uniform(0, 0.004))
        try:
            results[place] = work()
        except DomainError as refusal:
            results[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[place, work]) for place, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def withdrawal(post: Need | Achievement, by: User) -> Callable[[], Any]:
    return lambda: posts.withdraw(post, by=by, version=post.version, reason="changed")


def approval(match: Match, by: User) -> Callable[[], Any]:
    return lambda: services.approve(match, by=by, version=match.version)


def refusal(match: Match, by: User) -> Callable[[], Any]:
    note = "They speak of different steels."
    return lambda: services.refuse(match, by=by, version=match.version, reason="unfit", note=note)


@pytest.mark.parametrize("side", ["need", "achievement"])
def test_no_match_of_a_withdrawn_post_is_ever_approved(side: str, deliver_news: Callable[[], int]) -> None:
    approver = factories.administrator()

    won = {"approval": 0, "withdrawal": 0}
    for _ in range(25):
        match = factories.MatchFactory.create(status="mutual")
        post = getattr(match, side)
        owner = factories.member(post.owner)
        approved, withdrawn = together(approval(match, approver), withdrawal(post, owner))
        deliver_news()
        match.refresh_from_db()
        assert isinstance(withdrawn, Need | Achievement)
        if match.status == "approved":
            won["approval"] += 1
            last = Entry.objects.get(name="matching.match.approved", subject_id=match.pk)
            first = Entry.objects.get(name__endswith=".withdrawn", subject_id=post.pk, stream__contains=side)
            assert last.pk < first.pk
        else:
            won["withdrawal"] += 1
            assert match.status == "lapsed"
            assert isinstance(approved, GuardFailed | StaleVersion | IllegalMove)

    assert sum(won.values()) == 25


def test_of_two_decisions_at_once_the_first_stands_and_the_second_is_told(deliver_news: Callable[[], int]) -> None:
    for _ in range(10):
        match = factories.MatchFactory.create(status="mutual")
        one, other = factories.administrator(), factories.administrator()

        results = together(approval(match, one), refusal(match, other))

        match.refresh_from_db()
        assert sorted(type(result).__name__ for result in results) == ["Match", "StaleVersion"]
        assert match.version == 2


def test_both_sides_saying_yes_at_once_lose_no_word() -> None:
    for _ in range(10):
        match = factories.MatchFactory.create()
        speakers = [factories.member(match.need.owner), factories.member(match.achievement.owner)]

        def say_yes(by: User, key: int = match.pk) -> Match:
            with contextlib.suppress(StaleVersion):
                return services.express_interest(Match.objects.get(pk=key), by=by, version=1)
            fresh = Match.objects.get(pk=key)
            return services.express_interest(fresh, by=by, version=fresh.version)

        together(*(lambda by=by: say_yes(by) for by in speakers))

        match.refresh_from_db()
        assert (match.status, match.version) == ("mutual", 3)
        assert match.need_interested_at is not None
        assert match.achievement_interested_at is not None


def test_lapsing_matches_of_both_posts_at_once_ends_without_deadlock(deliver_news: Callable[[], int]) -> None:
    needs = factories.NeedFactory.create_batch(4, status="published")
    achievements = factories.AchievementFactory.create_batch(4, status="published")
    for need in needs:
        for achievement in achievements:
            factories.MatchFactory.create(need=need, achievement=achievement)

    lapsed = together(
        *(lambda need=need: services.lapse_all(Match.objects.filter(need=need)) for need in needs),
        *(lambda a=a: services.lapse_all(Match.objects.filter(achievement=a)) for a in achievements),
    )

    assert sum(lapsed) == 16
    assert set(Match.objects.values_list("status", "version")) == {("lapsed", 2)}
