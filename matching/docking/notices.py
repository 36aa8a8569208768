"""What people are told about docking rooms, and who is told."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people import administrators, speakers_of
from journal.models import Entry
from matching.models import Handover, Room, Side
from notifications.kinds import About, Channel, Kind, register
from notifications.services import tell
from notifications.wording import titled, with_reason

ROOMS = gettext_lazy("Docking rooms")
ROOM = (About(Room, "room.view", ("match__need__owner", "match__achievement__owner")),)
TASKS = {"question_asked": Handover.Task.ANSWER, "meeting_proposed": Handover.Task.MEETING}
"""What an entry hands over to the other side; proposed terms do so unless they wait there already."""


def said_of(room: Any) -> dict[str, str]:
    """The need that the room is about, by its title."""
    return {"need": titled(room.match.need)}


def turn(entry: Entry, room: Any) -> str:
    """To the side that is to act."""
    task = TASKS.get(entry.name.rpartition(".")[2], Handover.Task.TERMS)
    return _("Your turn in the docking room on “%(need)s”: %(task)s.") % {**said_of(room), "task": task.label}


def late(entry: Entry, room: Any) -> str:
    """To the side that is late, and to the administrators."""
    return _("Overdue in the docking room on “%(need)s”: %(organization)s is to %(task)s.") % {
        **said_of(room),
        "organization": room.organization(entry.data["side"]).name,
        "task": Handover.Task(entry.data["task"]).label,
    }


def message(entry: Entry, room: Any) -> str:
    """To the other side."""
    return _("New message in the docking room on “%(need)s”.") % said_of(room)


def disclosed(entry: Entry, room: Any) -> str:
    """To both sides."""
    return _("Both sides have signed: the full texts on “%(need)s” are open.") % said_of(room)


def agreed(entry: Entry, room: Any) -> str:
    """To both sides."""
    return _("All terms are agreed on “%(need)s”. The contract goes on from them.") % said_of(room)


def ended(entry: Entry, room: Any) -> str:
    """To both sides."""
    return with_reason(_("The talks on “%(need)s” are over.") % said_of(room), entry, room)


register(
    Kind("room.turn", ROOMS, gettext_lazy("It is our turn in a docking room"), ROOM, turn),
    Kind("room.message", ROOMS, gettext_lazy("New messages in docking rooms"), ROOM, message, Channel.DAILY),
    Kind("room.disclosed", ROOMS, gettext_lazy("Full texts are open after an NDA"), ROOM, disclosed),
    Kind("room.agreed", ROOMS, gettext_lazy("Terms of ours are agreed"), ROOM, agreed),
    Kind("room.ended", ROOMS, gettext_lazy("Talks of ours are over"), ROOM, ended),
    Kind("room.late", ROOMS, gettext_lazy("Something in a docking room is overdue"), ROOM, late),
)


def room_of(entry: Entry) -> Room:
    """The room that an entry is about."""
    return Room.objects.select_related("match__need__owner", "match__achievement__owner").get(pk=entry.subject_id)


def of_turn(entry: Entry, kind: str) -> None:
    """The side across from the one that acted."""
    room = room_of(entry)
    tell(kind, entry, speakers_of(room.organization(Side(entry.data["side"]).other).pk))


def of_lateness(entry: Entry) -> None:
    """The side that is late, and the administrators: the clock escalates."""
    late_side = speakers_of(room_of(entry).organization(entry.data["side"]).pk)
    tell("room.late", entry, {*late_side, *administrators()})


def of_stage(entry: Entry, kind: str) -> None:
    """Both sides."""
    room = room_of(entry)
    tell(kind, entry, speakers_of(*(room.organization(side).pk for side in Side)))
