"""What docking rooms contribute to the desk and to the page of a match."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matching import onward
from matching.docking.lists import listed
from matching.docking.page import step_after, with_match
from matching.models import Handover, Room, RoomQuerySet, Side
from policy import allowed
from web.desk import DeskSection, Section, register
from web.requests import UserRequest

SHOWN = 5


def owed_by_me(request: UserRequest) -> RoomQuerySet:
    """Rooms in which one of the reader's organizations is to act."""
    mine = request.user.standing.works_for
    owed = Handover.objects.open().filter(room__status__in=Room.RUNNING)
    for_need = owed.filter(side=Side.NEED, room__match__need__owner__in=mine)
    for_achievement = owed.filter(side=Side.ACHIEVEMENT, room__match__achievement__owner__in=mine)
    keys = for_need.values("room").union(for_achievement.values("room"))
    return Room.objects.visible_to(request.user).filter(pk__in=keys)


def my_turn(request: UserRequest) -> DeskSection | None:
    """Rooms that wait for the reader's side, the most silent first."""
    if not request.user.standing.works_for:
        return None
    waiting = owed_by_me(request)
    found = list(with_match(waiting).order_by("active_at", "pk")[:SHOWN])
    if not found:
        return None
    return DeskSection(
        title=_("Docking rooms: your turn"),
        template="matching/desk_rooms.html",
        context={"lines": listed(found, request.user)},
        icon="chat-bubble-left-right",
        count=waiting.order_by().count(),
        more_url=reverse("matching:rooms"),
    )


def my_rooms(request: UserRequest) -> DeskSection | None:
    """Rooms of the reader's organizations that go on without them having to act."""
    mine = request.user.standing.works_for
    if not mine:
        return None
    waiting = owed_by_me(request).values("pk")
    sides = Room.objects.filter(match__need__owner__in=mine) | Room.objects.filter(match__achievement__owner__in=mine)
    found = list(with_match(sides.running().exclude(pk__in=waiting)).order_by("-active_at", "-pk")[:SHOWN])
    if not found:
        return None
    return DeskSection(
        title=_("Docking rooms"),
        template="matching/desk_rooms.html",
        context={"lines": listed(found, request.user)},
        group="news",
        icon="chat-bubble-left-right",
        more_url=reverse("matching:rooms"),
    )


def overdue(request: UserRequest) -> DeskSection | None:
    """For administrators: rooms in which somebody lets the other side wait, by the clock."""
    if not allowed(request.user, "room.inspect"):
        return None
    late = Room.objects.visible_to(request.user).running().filter(handovers__in=Handover.objects.overdue()).distinct()
    found = list(with_match(late).order_by("active_at", "pk")[:SHOWN])
    if not found:
        return None
    return DeskSection(
        title=_("Overdue in docking rooms"),
        template="matching/desk_rooms.html",
        context={"lines": listed(found, request.user)},
        icon="exclamation-triangle",
        count=late.order_by().count(),
        more_url=reverse("matching:rooms"),
    )


register(Section(order=12, build=my_turn))
register(Section(order=14, build=overdue))
register(Section(order=45, build=my_rooms))
onward.register(step_after)
