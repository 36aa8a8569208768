"""Asking the policy before a use case that is no move of a lifecycle."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from journal.errors import BadInput, NotAllowed
from policy import Actor, decide


def require(actor: Actor, action: str, subject: models.Model) -> None:
    """Raise NotAllowed, with the reason, unless the actor may do this to the subject."""
    if not (decision := decide(actor, action, subject)):
        raise NotAllowed(decision.reason)


def checked(subject: models.Model, *, without: set[str] | None = None) -> None:
    """Raise BadInput with the faults by field unless the object is as its model wants it."""
    try:
        subject.full_clean(exclude=without or set())
    except ValidationError as fault:
        faults = {"" if name == NON_FIELD_ERRORS else name: messages for name, messages in fault.message_dict.items()}
        raise BadInput(_("Some fields need another look."), fields=faults) from fault
