"""What the floor above reports about cooperations: kept once, journalled, and never a nought where nothing is known."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Organization
from journal.models import Entry
from matching import services
from matching.models import Match, Outcome, TrackRecord


def names(subject: Outcome | TrackRecord) -> list[str]:
    return list(Entry.objects.about(subject).values_list("name", flat=True))


def test_a_track_record_is_kept_with_its_interval_and_the_same_report_twice_changes_nothing(
    university: Organization,
) -> None:
    for _ in range(2):
        services.note_track_record(university.pk, mean=0.8, interval=(0.6, 0.9), cases=4)

    kept = TrackRecord.objects.get()
    assert (kept.organization, kept.mean, kept.interval, kept.cases) == (university, 0.8, (0.6, 0.9), 4)
    assert names(kept) == ["matching.trackrecord.noted"]


def test_a_new_report_takes_the_place_of_the_old_one(university: Organization) -> None:
    services.note_track_record(university.pk, mean=0.8, interval=(0.6, 0.9), cases=4)

    services.note_track_record(university.pk, mean=0.7, interval=(0.5, 0.8), cases=5)

    assert TrackRecord.objects.values_list("mean", "cases").get() == (0.7, 5)
    assert len(names(TrackRecord.objects.get())) == 2


@pytest.mark.parametrize(
    ("mean", "interval", "cases"),
    [(1.2, (0.5, 1.3), 3), (0.4, (0.5, 0.6), 3), (0.7, (0.5, 0.6), 3), (0.5, (-0.1, 0.6), 3), (0.5, (0.4, 0.6), 0)],
)
def test_figures_that_cannot_be_are_refused(
    university: Organization, mean: float, interval: tuple[float, float], cases: int
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        services.note_track_record(university.pk, mean=mean, interval=interval, cases=cases)

    assert not TrackRecord.objects.exists()


def test_an_outcome_reported_twice_is_kept_and_told_once(match: Match) -> None:
    for _ in range(2):
        services.note_outcome(match.pk, Outcome.Kind.CONTRACTED)

    assert names(Outcome.objects.get()) == ["matching.outcome.noted"]


def test_an_evaluation_that_was_adjudicated_takes_the_place_of_the_first(match: Match) -> None:
    services.note_outcome(match.pk, Outcome.Kind.EVALUATED, value=0.2)

    services.note_outcome(match.pk, Outcome.Kind.EVALUATED, value=0.7)

    assert Outcome.objects.get().value == 0.7
    assert len(names(Outcome.objects.get())) == 2


@pytest.mark.parametrize("value", [None, -0.1, 1.1])
def test_an_evaluation_lies_from_0_to_1(match: Match, value: float | None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        services.note_outcome(match.pk, Outcome.Kind.EVALUATED, value=value)
