"""What can go wrong in the domain, each with the one HTTP answer that pages and API give to it."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """A request that the domain refuses, with a sentence that tells the person what to do next.

    `fields` maps a field's name to its messages, where the fault lies in single fields.
    """

    status = 409
    code = "conflict"
    title: str | Promise = _("This cannot be done now")

    def __init__(self, message: str | Promise, *, fields: Mapping[str, Sequence[str]] | None = None) -> None:
        super().__init__(str(message))
        self.message = str(message)
        self.fields = {name: list(messages) for name, messages in (fields or {}).items()}


class IllegalMove(DomainError):
    """The lifecycle has no such arrow from the present state."""

    code = "illegal-move"
    title = _("Not possible in the present state")


class StaleVersion(DomainError):
    """Somebody changed the object after this page or answer was drawn."""

    code = "stale-version"
    title = _("Somebody changed it first")


class GuardFailed(DomainError):
    """The arrow exists, but what must hold before it does not."""

    code = "not-ready"
    title = _("Something is still missing")


class NotAllowed(DomainError):
    """The policy table has no row that lets this actor do this to this object."""

    status = 403
    code = "not-allowed"
    title = _("You may not do this")


class BadInput(DomainError):
    """The request itself cannot be understood."""

    status = 400
    code = "bad-input"
    title = _("The request cannot be understood")


class TooLarge(DomainError):
    """More was sent than is accepted at once."""

    status = 413
    code = "too-large"
    title = _("Too large")
