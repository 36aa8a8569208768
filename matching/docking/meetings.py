"""Proposals to meet: several times, one of them chosen, and the appointment as a calendar takes it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from accounts.models import User
from journal.errors import BadInput, IllegalMove, NotAllowed
from journal.recording import record
from matching.docking import clocks
from matching.docking.parties import permitted, side_of, sides_of
from matching.docking.talks import keep
from matching.models import Handover, Meeting, Room, Side, Slot

MOST_SLOTS = 5
SHORTEST, LONGEST = 15, 480
FARTHEST = timedelta(days=365)


@transaction.atomic
def propose(
    room: Room, *, by: User, subject: str, slots: Sequence[datetime], minutes: int = 60, place: str = ""
) -> Meeting:
    """Propose several times to meet; the other side is to choose. Raises NotAllowed, IllegalMove, BadInput by field."""
    current = permitted(room, "speak", by)
    times = sorted(set(slots))
    if faults := time_faults(times, minutes):
        raise BadInput(_("Some fields need another look."), fields=faults)
    meeting = Meeting(
        room=current,
        side=side_of(by, current),
        author=by,
        subject=subject.strip(),
        place=place.strip(),
        minutes=minutes,
    )
    keep(meeting)
    Slot.objects.bulk_create(Slot(meeting=meeting, begins=begins) for begins in times)
    clocks.acted(current, Side(meeting.side))
    clocks.hand_over(current, Side(meeting.side).other, Handover.Task.MEETING, about=meeting.pk)
    record(current, "meeting_proposed", by=by, data={"meeting": meeting.pk, "side": meeting.side})
    return meeting


def time_faults(times: Sequence[datetime], minutes: int) -> dict[str, list[str]]:
    """What is wrong with the times."""
    faults: dict[str, list[str]] = {}
    now = timezone.now()
    if not 1 <= len(times) <= MOST_SLOTS:
        faults["slots"] = [_("Propose between one and %(most)s times.") % {"most": MOST_SLOTS}]
    elif times[0] <= now or times[-1] > now + FARTHEST:
        faults["slots"] = [_("Each time must lie ahead, within a year.")]
    if not SHORTEST <= minutes <= LONGEST:
        faults["minutes"] = [_("Between %(least)s and %(most)s minutes.") % {"least": SHORTEST, "most": LONGEST}]
    return faults


@transaction.atomic
def choose(meeting: Meeting, slot_id: int, *, by: User) -> Meeting:
    """Accept one of the times for the side that was asked. Raises NotAllowed, IllegalMove, BadInput."""
    room, current = open_meeting(meeting, by)
    asked = Side(current.side).other
    if asked not in sides_of(by, room):
        raise NotAllowed(_("The other side is to choose."))
    slot = current.slots.filter(pk=slot_id).first()
    if slot is None or slot.begins <= timezone.now():
        fault = _("Choose one of the times that lie ahead, or call it off and propose others.")
        raise BadInput(fault, fields={"slot": [fault]})
    current.begins, current.chosen_by = slot.begins, by
    current.save(update_fields=["begins", "chosen_by"])
    clocks.acted(room, asked)
    clocks.done(room, asked, Handover.Task.MEETING, about=current.pk)
    record(room, "meeting_fixed", by=by, data={"meeting": current.pk, "begins": slot.begins, "side": asked})
    return current


@transaction.atomic
def call_off(meeting: Meeting, *, by: User) -> Meeting:
    """Either side calls a proposal or an appointment off. Raises NotAllowed, IllegalMove."""
    room, current = open_meeting(meeting, by, also_fixed=True)
    current.cancelled_at, current.sequence = timezone.now(), current.sequence + 1
    current.save(update_fields=["cancelled_at", "sequence"])
    side = side_of(by, room)
    clocks.acted(room, side)
    clocks.done(room, Side(current.side).other, Handover.Task.MEETING, about=current.pk)
    record(room, "meeting_called_off", by=by, data={"meeting": current.pk, "side": side})
    return current


def open_meeting(meeting: Meeting, by: User, *, also_fixed: bool = False) -> tuple[Room, Meeting]:
    """Room and meeting under lock, if there is still something to decide about it."""
    room = permitted(meeting.room, "speak", by)
    current = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if current.cancelled_at is not None or (current.begins is not None and not also_fixed):
        raise IllegalMove(_("This has been decided already. Reload the page to see how."))
    return room, current


def calendar(meetings: Iterable[Meeting]) -> bytes:
    """The appointments as an iCalendar file; one that was called off is marked so."""
    made = Calendar()
    made.add("prodid", "-//Tenon//docking room//EN")
    made.add("version", "2.0")
    for meeting in meetings:
        if meeting.begins is None:
            continue
        event = Event()
        event.add("uid", f"meeting-{meeting.pk}@tenon")
        event.add("sequence", meeting.sequence)
        event.add("dtstamp", meeting.at)
        event.add("dtstart", meeting.begins)
        event.add("dtend", meeting.begins + timedelta(minutes=meeting.minutes))
        event.add("summary", meeting.subject)
        event.add("status", "CANCELLED" if meeting.cancelled_at else "CONFIRMED")
        if meeting.place:
            event.add("location", meeting.place)
        made.add_component(event)
    return bytes(made.to_ical())
