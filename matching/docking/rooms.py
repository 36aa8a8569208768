"""A room from its opening to its end, and the agreement that comes before everything else in it."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from information.models import Grant, Post
from information.services import end_grants
from journal.errors import BadInput, NotAllowed
from journal.recording import record
from matching.access import open_to_each_other, source_of
from matching.docking import clocks
from matching.docking.nda import TEMPLATE, digest, texts
from matching.docking.parties import permitted, sides_of
from matching.models import Handover, Match, Nda, NdaSignature, Room, Side
from policy import PLATFORM, Actor, decide

NAME_LENGTH = 120


@transaction.atomic
def open_room(match: Match, *, by: Actor) -> Room:
    """Open the room of an approved match; a second call gives the same room. The caller holds the match's lock.

    Where a post asks for an NDA, that comes first and both sides owe a signature; otherwise the full texts are open.
    """
    if existing := Room.objects.filter(match=match).first():
        return existing
    asked = Post.Visibility.NDA in (match.need.visibility, match.achievement.visibility)
    room = Room.objects.create(match=match, needs_nda=asked, status=Room.Status.NDA if asked else Room.Status.TALKING)
    if asked:
        chinese, english = texts(match)
        Nda.objects.create(
            room=room, template=TEMPLATE, text_zh=chinese, text_en=english, sha256=digest(chinese, english)
        )
    open_to_each_other(match, Grant.Level.INTEREST, by=by)
    for side in Side.values:
        clocks.hand_over(room, side, Handover.Task.SIGN if asked else Handover.Task.BEGIN)
    record(room, "opened", by=by, data={"match": match.pk, "nda": asked})
    return room


@transaction.atomic
def sign(room: Room, *, by: User, name: str, confirmed: bool, sha256: str) -> Room:
    """A representative signs the agreement for a side: types the own name and confirms the text of this hash.

    With the second signature the full texts open. Raises NotAllowed, IllegalMove, BadInput by field.
    """
    current = permitted(room, "sign", by)
    side = next(side for side in sides_of(by, current, speaking=True) if not signed(current, side))
    check_intent(current.nda, by, name, confirmed=confirmed, sha256=sha256)
    now = timezone.now()
    NdaSignature.objects.create(
        nda=current.nda,
        side=side,
        organization=current.organization(side),
        signer=by,
        name=name.strip(),
        sha256=current.nda.sha256,
        at=now,
    )
    setattr(current, f"{side}_signed_at", now)
    current.save(update_fields=[f"{side}_signed_at"])
    record(current, "nda_signed", by=by, data={"side": side, "name": name.strip(), "sha256": current.nda.sha256})
    clocks.done(current, side, Handover.Task.SIGN)
    clocks.acted(current, side)
    return disclose(current, by=by) if all(signed(current, each) for each in Side.values) else current


def signed(room: Room, side: str) -> bool:
    """Whether that side has signed the agreement."""
    return getattr(room, f"{side}_signed_at") is not None


def check_intent(nda: Nda, by: User, name: str, *, confirmed: bool, sha256: str) -> None:
    """Raise BadInput unless the signer types the own name, confirms, and means the text that was laid before both."""
    faults: dict[str, list[str]] = {}
    if name.strip().casefold() != by.name.strip().casefold() or len(name) > NAME_LENGTH:
        faults["name"] = [_("Type your name as it stands in your account: %(name)s.") % {"name": by.name}]
    if not confirmed:
        faults["confirmed"] = [_("Confirm that you may sign for your organization.")]
    if sha256 != nda.sha256:
        faults["sha256"] = [_("This is not the text of this room. Reload the page and read it again.")]
    if faults:
        raise BadInput(_("The agreement was not signed."), fields=faults)


def disclose(room: Room, *, by: Actor) -> Room:
    """Both have signed: open the full texts, and let both begin."""
    moved = room.move_to(Room.Status.TALKING, by=PLATFORM)
    open_to_each_other(moved.match, Grant.Level.NDA, by=by)
    for side in Side.values:
        clocks.hand_over(moved, side, Handover.Task.BEGIN)
    return moved


@transaction.atomic
def break_off(room: Room, *, by: User, version: int, reason: str = "", note: str = "") -> Room:
    """One side ends the talks, with a structured reason that the other side gets to read."""
    return close(room, Room.Status.BROKEN_OFF, by=by, expected=version, reason=reason, note=note)


def close(room: Room, to: Room.Status, *, by: Actor, **answers: Any) -> Room:
    """End a room: the clocks stop, and neither side reads the other's full text any more."""
    moved = room.move_to(to, by=by, **answers)
    clocks.stop(moved)
    end_grants(source_of(moved.match), by=by)
    return moved


@transaction.atomic
def contracted(match_id: int) -> Room | None:
    """The contract of a match took effect, as the floor above reports; the same report twice changes nothing.

    The parties may have come to terms in the contract itself, so the talks need not be concluded. A room that is over,
    or in which nobody has signed the agreement, stays as it is; None for a match without one.
    """
    room = Room.objects.filter(match=match_id).first()
    if room is None or room.status not in (Room.Status.TALKING, Room.Status.AGREED):
        return room
    moved = room.move_to(Room.Status.CONTRACTED, by=PLATFORM)
    clocks.stop(moved)
    return moved


@transaction.atomic
def inspect(room: Room, *, by: User, note: str) -> Room:
    """Somebody who is no party reads what is said in a room: never without the reason why, and always on record.

    Raises NotAllowed, BadInput.
    """
    current = Room.locked(room.pk)
    if not (decision := decide(by, "room.inspect", current)):
        raise NotAllowed(decision.reason)
    if not note.strip() or len(note) > 500:
        fault = _("Say why you read it, in at most 500 characters. Both sides see this in the history.")
        raise BadInput(fault, fields={"note": [fault]})
    record(current, "inspected", by=by, data={"note": note.strip()})
    return current


ACTIONS = {"break_off": break_off}
"""The use case behind each move that people make, for pages and API alike."""
