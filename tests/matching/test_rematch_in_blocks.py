"""A rematch is cut into blocks; each is scored by one worker, and a worker that dies costs what it had not kept."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from celery import Celery
from django.utils import timezone

from accounts.models import User
from information.models import Achievement, Need
from jobs import services as jobs
from jobs.models import Job
from journal.models import Entry
from matching import rematching, scoring
from matching.models import Match, Scoring, Shard
from matching.steps import rematch

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """What ends a process from outside; no handler of errors sees it."""


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rematching, "SIZE", 2)


@pytest.fixture
def needs(achievement: Achievement, enterprise: object) -> list[Need]:
    from tests import factories

    return factories.NeedFactory.create_batch(5, status="published")


@pytest.fixture
def job(needs: list[Need], administrator: User) -> Job:
    """A rematch whose blocks were cut and offered."""
    begun = rematch(by=administrator)
    jobs.advance(begun.pk)
    begun.refresh_from_db()
    return begun


def scored(need: Need) -> int:
    return Entry.objects.filter(name="matching.scoring.scored", subject_id=need.pk).count()


def blocks(job: Job) -> list[int]:
    return list(Shard.objects.filter(job=job).order_by("pk").values_list("pk", flat=True))


def test_the_needs_are_cut_into_blocks_once(job: Job, needs: list[Need]) -> None:
    jobs.advance(job.pk)

    cut = Shard.objects.filter(job=job).order_by("pk").values_list("first", "last", "needs")
    keys = [need.pk for need in needs]
    assert list(cut) == [(keys[0], keys[1], 2), (keys[2], keys[3], 2), (keys[4], keys[4], 1)]
    assert (job.total, job.done, job.running) == (5, 0, True)


def test_free_blocks_are_offered_to_all_workers_as_one_group(
    job: Job, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    first, *others = blocks(job)
    rematching.score(first)
    sent: list[tuple[object, ...]] = []

    def note(app: Celery, name: str, args: tuple[int, ...] = (), *rest: object, **options: object) -> None:
        sent.append((name, *args))

    monkeypatch.setattr(Celery, "send_task", note)

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        rematching.offer(job)

    assert sent == [("matching.tasks.score_shard", shard) for shard in others]


def test_each_block_counts_once_however_often_it_is_offered(job: Job, needs: list[Need]) -> None:
    first = blocks(job)[0]

    outcomes = [rematching.score(first) for _ in range(3)]

    job.refresh_from_db()
    assert outcomes == [True, False, False]
    assert job.done == 2
    assert [scored(need) for need in needs] == [1, 1, 0, 0, 0]


def test_whoever_carries_the_job_on_scores_what_nobody_else_has_taken(job: Job, needs: list[Need]) -> None:
    rematching.score(blocks(job)[1])

    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.done, job.total, job.running) == (5, 5, False)
    assert [scored(need) for need in needs] == [1] * 5
    assert Match.objects.count() == 5


def test_a_job_waits_for_blocks_that_others_hold(job: Job, needs: list[Need]) -> None:
    Shard.objects.filter(pk=blocks(job)[0]).update(held_until=timezone.now() + timedelta(minutes=1))

    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.done, job.running) == (3, True)
    assert [scored(need) for need in needs] == [0, 0, 1, 1, 1]


@pytest.mark.parametrize("kept", [0, 1])
def test_a_worker_killed_within_a_block_costs_what_it_had_not_kept(
    job: Job, needs: list[Need], monkeypatch: pytest.MonkeyPatch, kept: int
) -> None:
    first, keep = blocks(job)[0], scoring.keep
    done: list[int] = []

    def die_later(*args: object, **kwargs: object) -> None:
        if len(done) == kept:
            raise Killed
        done.append(1)
        keep(*args, **kwargs)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(scoring, "keep", die_later)
        with pytest.raises(Killed):
            rematching.score(first)
    after_the_kill = [scored(need) for need in needs[:2]]
    held = rematching.score(first)
    Shard.objects.filter(pk=first).update(held_until=timezone.now() - timedelta(seconds=1))
    again = rematching.score(first)

    job.refresh_from_db()
    assert after_the_kill == [1] * kept + [0] * (2 - kept)
    assert (held, again, job.done) == (False, True, 2)
    assert [scored(need) for need in needs[:2]] == [1, 1]


def test_needs_left_due_by_a_dead_worker_are_also_found_by_the_sweep(
    job: Job, needs: list[Need], monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*args: object, **kwargs: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(scoring, "keep", die)
        with pytest.raises(Killed):
            rematching.score(blocks(job)[0])
    Scoring.objects.update(requested_at=timezone.now() - timedelta(minutes=1))

    assert scoring.sweep() == 2


def test_a_need_withdrawn_meanwhile_is_passed_over(job: Job, needs: list[Need]) -> None:
    Need.objects.filter(pk=needs[0].pk).update(status="withdrawn")

    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.done, job.running) == (5, False)
    assert [scored(need) for need in needs] == [0, 1, 1, 1, 1]


def test_the_last_block_rings_for_the_job(
    job: Job, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    rung: list[tuple[str, int]] = []
    monkeypatch.setattr(rematching, "ring", lambda task, key: rung.append((task, key)))

    for shard in blocks(job):
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
            rematching.score(shard)

    assert rung == [("jobs.tasks.run", job.pk)]


def test_a_batch_finds_what_one_by_one_finds(job: Job, needs: list[Need]) -> None:
    jobs.run(job.pk)
    together = list(Match.objects.order_by("need_id").values_list("need_id", "score", "reasons"))

    for need in needs:
        scoring.suggest(need.pk, force=True)

    assert list(Match.objects.order_by("need_id").values_list("need_id", "score", "reasons")) == together


def test_a_platform_without_needs_has_nothing_to_score(administrator: User) -> None:
    empty = rematch(by=administrator)
    jobs.run(empty.pk)

    empty.refresh_from_db()
    assert (empty.done, empty.total, empty.running) == (0, 0, False)
