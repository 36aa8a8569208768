"""The term sheet: both sides write it and accept it field by field."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from journal.errors import BadInput, StaleVersion
from journal.recording import record
from matching.docking import clocks
from matching.docking.parties import permitted, side_of, sides_of
from matching.models import Handover, Proposal, Room, Side, TermSheet
from matching.terms import TERMS, checked
from policy import PLATFORM


def standing(room: Room) -> dict[str, Proposal]:
    """The proposal that stands for each field of which one was made. One query."""
    found = room.proposals.standing().select_related("author", "need_accepted_by", "achievement_accepted_by")
    return {proposal.name: proposal for proposal in found}


@transaction.atomic
def put(room: Room, name: str, value: Any, *, by: User, number: int) -> Proposal:
    """Propose a value for one field; every acceptance of that field is void, and agreed terms are open again.

    `number` is the proposal that the person saw, 0 for none. Who may bind the own side accepts the own proposal with
    it. The value that stands already changes nothing. Raises NotAllowed, IllegalMove, StaleVersion, BadInput.
    """
    current = permitted(room, "propose", by)
    before = seen(current, name, number)
    try:
        value = checked(name, value)
    except ValidationError as fault:
        raise BadInput(_("This field needs another look."), fields={name: fault.messages}) from fault
    if before and before.value == value:
        return before
    side = side_of(by, current)
    proposal = Proposal(room=current, name=name, number=number + 1, value=value, side=side, author=by)
    if side in sides_of(by, current, speaking=True):
        mark_accepted(proposal, side, by)
    proposal.save()
    if current.status == Room.Status.AGREED:
        current = current.move_to(Room.Status.TALKING, by=PLATFORM, data={"field": name})
    clocks.acted(current, side)
    _handover, new = clocks.hand_over(current, side.other, Handover.Task.TERMS)
    # The other side is told of the first field that waits for it, not of each.
    waiting = {} if new else {"waiting": True}
    record(current, "term_proposed", by=by, data={"field": name, "number": proposal.number, "side": side, **waiting})
    settle(current)
    return proposal


@transaction.atomic
def accept(room: Room, name: str, *, by: User, number: int) -> Proposal:
    """Accept for a side what stands in one field; with the last acceptance the terms are agreed.

    `number` is the proposal that the person saw: what has changed since is not accepted. A second time changes
    nothing. Raises NotAllowed, IllegalMove, StaleVersion, BadInput where there is nothing to accept.
    """
    current = permitted(room, "accept", by)
    proposal = seen(current, name, number)
    if proposal is None:
        fault = _("Nothing has been proposed here yet.")
        raise BadInput(fault, fields={name: [fault]})
    mine = [side for side in sides_of(by, current, speaking=True) if not proposal.accepted(side)]
    if not mine:
        return proposal
    mark_accepted(proposal, mine[0], by)
    proposal.save()
    record(current, "term_accepted", by=by, data={"field": name, "number": number, "side": mine[0]})
    clocks.acted(current, mine[0])
    settle(current)
    return proposal


def seen(room: Room, name: str, number: int) -> Proposal | None:
    """What stands in a field, if it is what the person saw; under lock. Raises BadInput, StaleVersion."""
    if name not in TERMS:
        raise BadInput(_("The term sheet has no such field."))
    latest = room.proposals.filter(name=name).order_by("-number").first()
    if (latest.number if latest else 0) != number:
        raise StaleVersion(
            _("“%(field)s” was changed while you were looking at it. Read what stands there now, and decide again.")
            % {"field": TERMS[name].label}
        )
    return latest


def mark_accepted(proposal: Proposal, side: str, by: User) -> None:
    """Note that a side accepts a proposal, and by whom."""
    setattr(proposal, f"{side}_accepted_at", timezone.now())
    setattr(proposal, f"{side}_accepted_by", by)


def settle(room: Room) -> None:
    """Stop the clock of a side for which nothing waits; when both accepted everything, the terms are agreed."""
    found = standing(room)
    for side in Side.values:
        if all(proposal.accepted(side) for proposal in found.values()):
            clocks.done(room, side, Handover.Task.TERMS)
    if complete(found):
        agree(room, found)


def complete(found: Mapping[str, Proposal]) -> bool:
    """Whether every required field is there, and every field that is there is accepted by both."""
    required = all(name in found for name, term in TERMS.items() if term.required)
    return required and all(proposal.settled for proposal in found.values())


def agree(room: Room, found: Mapping[str, Proposal]) -> TermSheet:
    """Keep the agreed terms as a sheet of their own, which the floors above read; the room's lock is held."""
    terms = {name: found[name].value for name in TERMS if name in found}
    sheet = TermSheet.objects.create(
        room=room,
        number=room.sheets.count() + 1,
        terms=terms,
        sha256=hashlib.sha256(json.dumps(terms, ensure_ascii=False, sort_keys=True).encode()).hexdigest(),
        agreed_at=timezone.now(),
    )
    clocks.stop(room)
    room.move_to(Room.Status.AGREED, by=PLATFORM, data={"sheet": sheet.number, "sha256": sheet.sha256})
    return sheet
