"""What the two sides tell and ask each other."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from journal.errors import BadInput, IllegalMove, NotAllowed
from journal.recording import record
from matching.docking import clocks
from matching.docking.parties import permitted, side_of, sides_of
from matching.docking.workdays import after_working_days
from matching.models import Handover, Message, Question, Room, Side

MOST_DAYS = 20


@transaction.atomic
def say(room: Room, *, by: User, text: str) -> Message:
    """Send a message to the other side; raises NotAllowed, IllegalMove, BadInput."""
    current = permitted(room, "speak", by)
    message = Message(room=current, side=side_of(by, current), author=by, text=text.strip())
    keep(message)
    clocks.acted(current, Side(message.side))
    record(current, "message_sent", by=by, data={"message": message.pk, "side": message.side})
    return message


@transaction.atomic
def ask(room: Room, *, by: User, text: str, days: int | None = None) -> Question:
    """Ask the other side; its clock runs for so many working days. Raises NotAllowed, IllegalMove, BadInput."""
    current = permitted(room, "speak", by)
    days = clocks.PATIENCE[Handover.Task.ANSWER] if days is None else days
    if not 1 <= days <= MOST_DAYS:
        fault = _("Between 1 and %(most)s working days.") % {"most": MOST_DAYS}
        raise BadInput(fault, fields={"days": [fault]})
    due = after_working_days(timezone.now(), days)
    question = Question(room=current, side=side_of(by, current), author=by, text=text.strip(), due_at=due)
    keep(question)
    clocks.acted(current, Side(question.side))
    clocks.hand_over(current, question.addressee, Handover.Task.ANSWER, about=question.pk, days=days)
    record(current, "question_asked", by=by, data={"question": question.pk, "side": question.side})
    return question


@transaction.atomic
def answer(question: Question, *, by: User, text: str) -> Question:
    """Answer a question of the other side; that stops its clock.

    Raises NotAllowed, IllegalMove (also if it has been answered), BadInput.
    """
    room = permitted(question.room, "speak", by)
    current = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if current.addressee not in sides_of(by, room):
        raise NotAllowed(_("The question is addressed to the other side."))
    if current.answered_at is not None:
        raise IllegalMove(_("Somebody on your side has answered this already. Reload the page to read it."))
    if not text.strip():
        raise BadInput(_("Write the answer first."), fields={"text": [_("Write the answer first.")]})
    current.answer, current.answered_by, current.answered_at = text.strip(), by, timezone.now()
    keep(current, names={"answer": "text"})
    clocks.acted(room, current.addressee)
    clocks.done(room, current.addressee, Handover.Task.ANSWER, about=current.pk)
    record(room, "question_answered", by=by, data={"question": current.pk, "side": current.addressee})
    return current


def keep(thing: models.Model, *, names: dict[str, str] | None = None) -> None:
    """Check and save; raises BadInput with the faults by field, named as the form names them."""
    ours = [field.name for field in thing._meta.fields if field.null]
    try:
        thing.full_clean(exclude=ours, validate_constraints=False)
    except ValidationError as fault:
        renamed = {NON_FIELD_ERRORS: "", **(names or {})}
        faults = {renamed.get(name, name): messages for name, messages in fault.message_dict.items()}
        raise BadInput(_("Some fields need another look."), fields=faults) from fault
    thing.save()
