"""What time alone brings about: clocks that run out are told of once, silent rooms lapse."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from accounts.people import speakers_of
from journal.models import Entry
from matching.docking import sheet, sweeping, talks
from matching.models import Handover, Room
from notifications.lines import lines
from notifications.models import Notice
from tests.matching.docking.conftest import VALUES

pytestmark = pytest.mark.django_db


def let_pass(room: Room, days: int) -> None:
    """Move everything in the room so many days into the past."""
    for handover in room.handovers.all():
        handover.since -= timedelta(days=days)
        handover.due_at -= timedelta(days=days)
        handover.save()
    Room.objects.filter(pk=room.pk).update(active_at=timezone.now() - timedelta(days=days))


def overdue(room: Room) -> list[str]:
    """The sides of which the journal says that they are late."""
    return sorted(entry.data["side"] for entry in Entry.objects.about(room).filter(name="matching.room.overdue"))


def test_a_clock_that_still_runs_is_not_told_of(room: Room) -> None:
    assert sweeping.sweep() == 0
    assert overdue(room) == []


def test_a_clock_that_ran_out_is_told_of_once(room: Room) -> None:
    let_pass(room, 10)

    first, second = sweeping.sweep(), sweeping.sweep()

    assert (first, second) == (2, 0)
    assert overdue(room) == ["achievement", "need"]
    assert Room.objects.get().status == "talking"


def test_what_was_done_in_time_is_not_told_of(room: Room, enterprise_manager: User) -> None:
    talks.say(room, by=enterprise_manager, text="Here we are")
    let_pass(room, 10)

    sweeping.sweep()

    assert overdue(room) == ["achievement"]


def test_that_it_is_late_follows_from_the_clock_before_any_sweep(room: Room) -> None:
    let_pass(room, 10)

    assert all(handover.is_late for handover in Handover.objects.all())
    assert Handover.objects.overdue().count() == 2


def test_a_room_in_which_nobody_acts_for_long_lapses(room: Room) -> None:
    let_pass(room, 61)

    sweeping.sweep()

    assert Room.objects.get().status == "lapsed"
    assert Handover.objects.open().count() == 0
    assert Entry.objects.about(room).last().data["cause"] == "silence"  # type: ignore[union-attr]


def test_agreed_terms_do_not_lapse(agreed_room: Room) -> None:
    let_pass(agreed_room, 400)

    sweeping.sweep()

    assert Room.objects.get().status == "agreed"


def test_the_late_side_and_the_administrators_hear_of_it(
    room: Room,
    enterprise_manager: User,
    university_manager: User,
    administrator: User,
    deliver_news: Callable[[], int],
) -> None:
    talks.say(room, by=university_manager, text="Here we are")
    let_pass(room, 10)

    sweeping.sweep()
    deliver_news()

    told = Notice.objects.filter(kind="room.late").values_list("recipient", flat=True)
    assert set(told) == {*speakers_of(room.match.need.owner_id), administrator.pk}
    assert enterprise_manager.pk in set(told)


def test_the_other_side_hears_of_its_turn_once_for_several_fields(
    room: Room, enterprise_manager: User, university_manager: User, deliver_news: Callable[[], int]
) -> None:
    for name in ("duration", "subject", "price"):
        sheet.put(room, name, VALUES[name], by=enterprise_manager, number=0)
    deliver_news()

    everybody = Notice.objects.filter(kind="room.turn").values_list("recipient", flat=True)
    assert sorted(everybody) == sorted(speakers_of(room.match.achievement.owner_id))
    notices = list(Notice.objects.filter(kind="room.turn", recipient=university_manager))
    with override("en"):
        (line,) = lines(notices, university_manager)
    assert line.text == f"Your turn in the docking room on “{room.match.need.title_en}”: look at the proposed terms."
