"""The index is built by a job, serves once it stands, and what is damaged or out of reach never stops the queue."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.core.files.storage import storages
from django.utils import timezone
from pytest_django.fixtures import Settings

from information.models import Achievement, Need
from jobs import services as jobs
from jobs.models import Job
from matching import building, scoring, snapshots, steps
from matching.live_index import LiveIndex, live_index
from matching.models import Match, Snapshot
from tests import factories

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """What ends a process from outside; no handler of errors sees it."""


@pytest.fixture(autouse=True)
def _own_storage(tmp_path: Path, settings: Settings) -> Iterator[None]:
    """A storage and a cache of this test's own, and on commit means now, as it does to a worker."""
    place = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "shared"}}
    settings.STORAGES = {**configured.STORAGES, "index": place}
    settings.DATA_DIR = tmp_path / "machine"
    live_index.index = None
    yield
    live_index.index = None


@pytest.fixture
def posts(need: Need, achievement: Achievement) -> list[Achievement]:
    return [achievement, *factories.AchievementFactory.create_batch(4, status="published")]


def built(*, to_the_end: bool = True) -> Job:
    job = steps.build_index()
    while to_the_end and jobs.advance(job.pk):
        pass
    job.refresh_from_db()
    return job


def fresh() -> LiveIndex:
    """What a worker that has just started would hold."""
    return LiveIndex()


def ranked(index: LiveIndex, need: Need) -> list[tuple[int, float]]:
    return [(found.achievement, found.score) for found in index.current().rank(need.pk, floor=0.0)]


def damage(folder: Path) -> None:
    path = folder / "achievements.0000.bin"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def in_storage(row: Snapshot) -> Path:
    return Path(storages["index"].path(row.folder))


def test_a_job_builds_the_index_and_shows_how_far_it_is(posts: list[Achievement], need: Need) -> None:
    job = built()

    row = Snapshot.objects.serving()
    assert row is not None
    assert (job.done, job.total, job.running, job.failure) == (7, 7, False, "")
    assert job.result == {"snapshot": row.pk, "needs": 1, "achievements": 5}
    assert (row.needs, row.achievements, row.fault) == (1, 5, "")


def test_a_worker_serves_the_snapshot_as_it_would_the_posts(posts: list[Achievement], need: Need) -> None:
    before = ranked(fresh(), need)

    built()
    served = fresh()

    assert ranked(served, need) == before
    assert served.index is not None
    assert len(served.index.snapshot) == 5


def test_a_worker_that_runs_takes_up_the_new_snapshot_and_posts_since(posts: list[Achievement], need: Need) -> None:
    running = fresh()
    ranked(running, need)
    built()
    late = factories.AchievementFactory.create(status="published")

    found = ranked(running, need)

    assert running.index is not None
    assert (len(running.index.snapshot), late.pk in dict(found)) == (5, True)


def test_a_second_build_of_the_same_posts_has_the_same_name(posts: list[Achievement]) -> None:
    built()
    first = Snapshot.objects.get().name

    built()

    assert Snapshot.objects.get().name == first


def test_a_build_that_is_asked_for_twice_is_one_job(posts: list[Achievement]) -> None:
    assert steps.build_index() == steps.build_index()


@pytest.mark.parametrize("place", ["matching.building.build", "matching.snapshots.replace"])
def test_a_build_that_dies_leaves_the_old_index_serving_and_can_be_carried_on(
    posts: list[Achievement], need: Need, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    built()
    old = Snapshot.objects.get()
    factories.AchievementFactory.create(status="published")
    job = built(to_the_end=False)
    while job.cursor.get("side", "needs") is not None:
        jobs.advance(job.pk)
        job.refresh_from_db()

    def die(*args: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(place, die)
        with pytest.raises(Killed):
            jobs.advance(job.pk)
    served = Snapshot.objects.serving()
    jobs.run(job.pk)

    job.refresh_from_db()
    assert served == old
    assert (job.running, job.failure) == (False, "")
    assert [row.achievements for row in Snapshot.objects.order_by("pk")] == [5, 6]


def test_a_damaged_copy_is_fetched_anew(posts: list[Achievement], need: Need) -> None:
    built()
    row, before = Snapshot.objects.get(), ranked(fresh(), need)
    damage(snapshots.cache() / row.folder)

    assert ranked(fresh(), need) == before
    assert Snapshot.objects.get().fault == ""


def test_a_snapshot_damaged_in_the_storage_makes_way_for_the_one_before(posts: list[Achievement], need: Need) -> None:
    built()
    factories.AchievementFactory.create(status="published")
    built()
    old, new = Snapshot.objects.order_by("pk")
    damage(in_storage(new))
    served = fresh()

    found = ranked(served, need)

    new.refresh_from_db()
    assert "is damaged" in new.fault
    assert Snapshot.objects.serving() == old
    assert len(found) == 6


def test_without_any_sound_snapshot_needs_are_scored_all_the_same(posts: list[Achievement], need: Need) -> None:
    built()
    damage(in_storage(Snapshot.objects.get()))
    scoring.request([need.pk])

    did = scoring.suggest(need.pk)

    assert did is True
    assert Match.objects.filter(need=need).exists()
    assert Snapshot.objects.serving() is None


def test_a_storage_out_of_reach_condemns_nothing(posts: list[Achievement], need: Need) -> None:
    built()
    row = Snapshot.objects.get()
    shutil.rmtree(in_storage(row))

    found = ranked(fresh(), need)

    assert len(found) == 5
    assert Snapshot.objects.serving() == row


def test_only_the_serving_snapshot_and_the_one_before_are_kept(
    posts: list[Achievement], django_capture_on_commit_callbacks: object
) -> None:
    for _ in range(3):
        factories.AchievementFactory.create(status="published")
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            built()

    kept = [row.folder for row in Snapshot.objects.order_by("pk")]
    folders = sorted(path.name for path in Path(storages["index"].path("")).iterdir() if any(path.iterdir()))
    assert len(kept) == 2
    assert folders == sorted(kept)


def test_a_build_is_due_when_the_snapshot_has_fallen_behind(
    posts: list[Achievement], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "FIRST", 6)
    without = building.is_due()
    built()
    current = building.is_due()
    factories.AchievementFactory.create(status="published", published_at=timezone.now())
    behind = building.is_due()

    assert (without, current, behind) == (True, False, True)


def test_a_snapshot_of_another_engine_is_left_alone(posts: list[Achievement], need: Need) -> None:
    built()
    Snapshot.objects.update(engine_version="of another time")
    served = fresh()

    found = ranked(served, need)

    assert served.index is not None
    assert (len(served.index.snapshot), len(found)) == (0, 5)


def test_a_young_platform_needs_no_snapshot(posts: list[Achievement]) -> None:
    assert building.is_due() is False
    assert steps.tend_index() is None


def test_what_the_journal_tells_is_enough_between_comparisons(
    posts: list[Achievement], need: Need, monkeypatch: pytest.MonkeyPatch, administrator: object
) -> None:
    from information import services as information

    built()
    running = fresh()
    before = dict(ranked(running, need))
    monkeypatch.setattr("matching.live_index.FEW", 0)
    late = factories.AchievementFactory.create(status="submitted")
    information.publish(late, by=administrator, version=1)  # type: ignore[arg-type]

    found = dict(ranked(running, need))

    assert (late.pk in before, late.pk in found) == (False, True)
