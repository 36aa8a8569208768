"""Who acts for which side of a room, and the lock under which everything in it is written."""

from django.utils.translation import gettext as _

from accounts.models import User
from journal.errors import IllegalMove, NotAllowed
from journal.lifecycle import no_arrow
from matching.models import Room, Side
from policy import Actor, decide, standing_of


def permitted(room: Room, action: str, by: Actor) -> Room:
    """The room under lock, if the actor may do this in it now.

    Raises NotAllowed, IllegalMove where only its state stands against it.
    """
    current = Room.locked(room.pk)
    if not (decision := decide(by, f"room.{action}", current)):
        if current.status not in Room.RUNNING and sides_of(by, current):
            raise IllegalMove(no_arrow(current))
        raise NotAllowed(decision.reason)
    return current


def sides_of(actor: object, room: Room, *, speaking: bool = False) -> list[Side]:
    """The sides to which the actor belongs; with `speaking` those for which the actor may bind. The need's first."""
    standing = standing_of(actor)
    mine = standing.represents if speaking else standing.works_for
    owners = {Side.NEED: room.match.need.owner_id, Side.ACHIEVEMENT: room.match.achievement.owner_id}
    return [side for side in (Side.NEED, Side.ACHIEVEMENT) if owners[side] in mine]


def side_of(by: User, room: Room, *, not_: str = "") -> Side:
    """The side for which the person acts; somebody who belongs to both acts for the one that is not `not_`."""
    sides = sides_of(by, room)
    if not sides:
        raise NotAllowed(_("Only members of one of the two sides can do this."))
    return next((side for side in sides if side != not_), sides[0])
