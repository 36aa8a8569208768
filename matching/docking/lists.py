"""Rooms as lists show them, and the page of one room as a whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import Organization, User
from matching.docking.page import clock, inside, room_page
from matching.models import Handover, Room
from policy import standing_of


@dataclass(frozen=True)
class Line:
    """One room of a list: whose turn it is, and whether it is the reader's."""

    room: Room
    first: Handover | None
    organization: Organization | None
    mine: bool


def listed(rooms: Sequence[Room], user: User) -> list[Line]:
    """Rooms as lines of a list, in one query more whatever their number."""
    first: dict[int, Handover] = {}
    for handover in Handover.objects.open().filter(room__in=[room.pk for room in rooms]).order_by("due_at", "pk"):
        first.setdefault(handover.room_id, handover)
    return [line(room, first.get(room.pk), user) for room in rooms]


def line(room: Room, handover: Handover | None, user: User) -> Line:
    """One room with the most urgent thing that is owed in it."""
    owing = room.organization(handover.side) if handover else None
    return Line(room, handover, owing, owing is not None and owing.pk in standing_of(user).works_for)


def overview(
    room: Room, user: User, given: Mapping[str, Any] | None = None, *, on_record: bool = False
) -> dict[str, Any]:
    """The context of a room's page; `on_record` for a reader who is no party and reads it on record."""
    context = room_page(room, user, given)
    if on_record and not context["reads"]:
        context |= {"reads": True, "on_record": True, **inside(room, user, {})}
    return context | {"clock": clock(room, context["turns"])}
