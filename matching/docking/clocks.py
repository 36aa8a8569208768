"""Whose turn it is: what is handed over, what is done, what is late."""

from collections.abc import Mapping

from django.utils import timezone

from matching.docking.workdays import after_working_days
from matching.models import Handover, Room, Side

PATIENCE: Mapping[str, int] = {
    Handover.Task.SIGN: 5,
    Handover.Task.BEGIN: 5,
    Handover.Task.ANSWER: 3,
    Handover.Task.MEETING: 3,
    Handover.Task.TERMS: 5,
}
"""Working days that each task may take."""


def hand_over(
    room: Room, side: str, task: Handover.Task, *, about: int = 0, days: int | None = None
) -> tuple[Handover, bool]:
    """Start the clock of a task, unless it is running already; the caller holds the room's lock."""
    now = timezone.now()
    return Handover.objects.get_or_create(
        room=room,
        side=side,
        task=task,
        about=about,
        ended_at=None,
        defaults={"since": now, "due_at": after_working_days(now, days or PATIENCE[task])},
    )


def done(room: Room, side: str, task: Handover.Task, *, about: int | None = None) -> None:
    """Stop the clock of a task; of all of that kind if it is not said which."""
    running = room.handovers.open().filter(side=side, task=task)
    (running if about is None else running.filter(about=about)).update(ended_at=timezone.now())


def stop(room: Room) -> None:
    """Stop every clock of a room in which nothing is owed any more."""
    room.handovers.open().update(ended_at=timezone.now())


def acted(room: Room, side: Side) -> None:
    """A side has taken a step of its own: the room is alive, and that side's first step is done."""
    room.active_at = timezone.now()
    room.save(update_fields=["active_at"])
    done(room, side, Handover.Task.BEGIN)
