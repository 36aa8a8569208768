"""What time alone brings about in docking rooms: clocks that run out, and rooms that fall silent."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from journal.recording import record
from matching.docking.rooms import close
from matching.models import Handover, Room
from policy import PLATFORM

SILENCE = timedelta(days=60)
"""After so long without any step, with something overdue, a room lapses."""


def sweep(limit: int = 200) -> int:
    """Tell the journal once of each clock that has run out, and let rooms lapse that are silent; gives the number."""
    late = Handover.objects.overdue().filter(reported_at=None, room__status__in=Room.RUNNING)
    found = sum(report(pk) for pk in list(late.order_by("due_at").values_list("pk", flat=True)[:limit]))
    silent = Room.objects.filter(
        status__in=[Room.Status.NDA, Room.Status.TALKING], active_at__lt=timezone.now() - SILENCE
    )
    return found + sum(lapse(pk) for pk in list(silent.order_by("active_at").values_list("pk", flat=True)[:limit]))


@transaction.atomic
def report(handover_id: int) -> bool:
    """Write that a clock has run out; False if it was stopped or told of meanwhile."""
    room_id = Handover.objects.values_list("room_id", flat=True).get(pk=handover_id)
    room = Room.locked(room_id)
    handover = Handover.objects.overdue().filter(pk=handover_id, reported_at=None).first()
    if handover is None:
        return False
    handover.reported_at = timezone.now()
    handover.save(update_fields=["reported_at"])
    said = {"handover": handover.pk, "side": handover.side, "task": handover.task, "due": handover.due_at}
    record(room, "overdue", by=PLATFORM, data=said)
    return True


@transaction.atomic
def lapse(room_id: int) -> bool:
    """Let a room lapse in which nobody has done anything for long; False if somebody has meanwhile."""
    room = Room.locked(room_id)
    waits = room.handovers.overdue().exists()
    if room.status not in (Room.Status.NDA, Room.Status.TALKING) or not waits:
        return False
    if room.active_at >= timezone.now() - SILENCE:
        return False
    close(room, Room.Status.LAPSED, by=PLATFORM, data={"cause": "silence"})
    return True
