"""Messages, questions with a clock, and proposals to meet."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from icalendar import Calendar

from accounts.models import User
from journal.errors import BadInput, IllegalMove, NotAllowed
from journal.models import Entry
from matching.docking import meetings, rooms, sheet, talks
from matching.docking.workdays import after_working_days
from matching.models import Handover, Meeting, Message, Question, Room

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def owed(room: Room) -> list[tuple[str, str]]:
    """Who owes what."""
    return sorted(room.handovers.open().values_list("side", "task"))


def ahead(days: int) -> datetime:
    """A time so many days ahead."""
    return timezone.now() + timedelta(days=days)


def events(room: Room) -> list[Any]:
    """The events of the room's calendar, as a calendar program reads them."""
    return list(Calendar.from_ical(meetings.calendar(room.meetings.all())).walk("VEVENT"))


def test_a_message_is_a_first_step_and_its_words_stay_out_of_the_journal(
    room: Room, enterprise_contributor: User
) -> None:
    talks.say(room, by=enterprise_contributor, text=" Shall we begin? ")

    assert Message.objects.get().text == "Shall we begin?"
    assert owed(room) == [("achievement", "begin")]
    assert "begin?" not in str(Entry.objects.get(name="matching.room.message_sent").data)


@pytest.mark.parametrize("text", ["", "   ", "<script>alert(1)</script>", "a\0b", "x" * 4001])
def test_a_message_without_plain_words_is_refused(room: Room, enterprise_manager: User, text: str) -> None:
    with pytest.raises(BadInput) as fault:
        talks.say(room, by=enterprise_manager, text=text)

    assert list(fault.value.fields) == ["text"]
    assert Message.objects.count() == 0


def test_nobody_speaks_in_a_room_that_is_none_of_his_business_or_is_over(
    room: Room, outsider: User, administrator: User, supervisor: User, enterprise_manager: User
) -> None:
    for person in (outsider, administrator, supervisor):
        with pytest.raises(NotAllowed):
            talks.say(room, by=person, text="Hello")
    rooms.break_off(room, by=enterprise_manager, version=room.version, reason="plans")

    with pytest.raises(IllegalMove):
        talks.say(room, by=enterprise_manager, text="One more thing")


def test_a_question_runs_until_the_other_side_answers(
    room: Room, enterprise_manager: User, university_manager: User
) -> None:
    question = talks.ask(room, by=enterprise_manager, text="Which alloy?", days=4)
    running = owed(room)

    with pytest.raises(NotAllowed):
        talks.answer(question, by=enterprise_manager, text="Steel, I guess")
    talks.answer(question, by=university_manager, text="Silicon nitride")

    kept = Question.objects.get()
    assert ("achievement", "answer") in running
    assert ("achievement", "answer") not in owed(room)
    assert (kept.answer, kept.answered_by) == ("Silicon nitride", university_manager)
    with pytest.raises(IllegalMove):
        talks.answer(question, by=university_manager, text="Again")


@pytest.mark.parametrize("days", [0, -1, 21, 10**9])
def test_a_question_has_between_one_and_twenty_working_days(room: Room, enterprise_manager: User, days: int) -> None:
    with pytest.raises(BadInput):
        talks.ask(room, by=enterprise_manager, text="When?", days=days)

    assert Question.objects.count() == 0


def test_of_several_times_the_other_side_chooses_one(
    room: Room, enterprise_manager: User, university_manager: User
) -> None:
    meeting = meetings.propose(room, by=enterprise_manager, subject="Kick-off", slots=[ahead(3), ahead(2)])
    slot = meeting.slots.last()
    assert slot is not None

    with pytest.raises(NotAllowed):
        meetings.choose(meeting, slot.pk, by=enterprise_manager)
    meetings.choose(meeting, slot.pk, by=university_manager)

    kept = Meeting.objects.get()
    assert (kept.begins, kept.chosen_by) == (slot.begins, university_manager)
    assert ("achievement", "meeting") not in owed(room)
    with pytest.raises(IllegalMove):
        meetings.choose(meeting, slot.pk, by=university_manager)


def test_times_that_have_passed_too_many_and_none_are_refused(room: Room, enterprise_manager: User) -> None:
    for slots in ([], [ahead(-1)], [ahead(400)], [ahead(day) for day in range(1, 7)]):
        with pytest.raises(BadInput) as fault:
            meetings.propose(room, by=enterprise_manager, subject="Kick-off", slots=slots)
        assert list(fault.value.fields) == ["slots"]

    assert Meeting.objects.count() == 0


def test_an_appointment_goes_into_a_calendar_and_out_of_it_when_called_off(
    room: Room, enterprise_manager: User, university_manager: User
) -> None:
    meeting = meetings.propose(room, by=enterprise_manager, subject="启动会; 一, 二", slots=[ahead(2)], minutes=90)
    slot = meeting.slots.get()
    before = events(room)

    meetings.choose(meeting, slot.pk, by=university_manager)
    (event,) = events(room)
    meetings.call_off(meeting, by=enterprise_manager)
    (cancelled,) = events(room)

    assert before == []
    assert str(event["summary"]) == "启动会; 一, 二"
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(minutes=90)
    assert (str(cancelled["uid"]), str(cancelled["status"])) == (str(event["uid"]), "CANCELLED")
    assert cancelled["sequence"] > event["sequence"]


@pytest.mark.parametrize(
    ("since", "days", "due"),
    [
        (datetime(2026, 11, 25, 2, tzinfo=UTC), 1, "2026-11-26"),
        (datetime(2026, 11, 27, 2, tzinfo=UTC), 1, "2026-11-30"),
        (datetime(2026, 11, 28, 2, tzinfo=UTC), 5, "2026-12-04"),
        (datetime(2026, 11, 27, 23, tzinfo=UTC), 1, "2026-11-30"),
    ],
)
def test_a_clock_counts_working_days_of_the_platform_s_zone(since: datetime, days: int, due: str) -> None:
    found = timezone.localtime(after_working_days(since, days))

    assert (found.date().isoformat(), found.hour) == (due, 18)


def test_a_task_that_runs_already_keeps_its_first_clock(
    room: Room, enterprise_manager: User, university_manager: User
) -> None:
    sheet.put(room, "duration", 12, by=enterprise_manager, number=0)
    first = Handover.objects.get(task="terms")
    sheet.put(room, "duration", 13, by=enterprise_manager, number=1)

    assert Handover.objects.get(task="terms", ended_at=None) == first
