"""Use cases of payments: they fall due, are recorded by who pays and confirmed by who receives."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from contracts.models import Milestone, Payment, Project
from journal.errors import BadInput
from policy import PLATFORM


def due_now(project: Project) -> None:
    """Let fall due what hangs on no milestone and whose day has come; the caller holds the project's lock."""
    free = project.payments.filter(Q(due_on=None) | Q(due_on__lte=timezone.localdate()), milestone=None)
    for payment in free.filter(status=Payment.Status.PLANNED):
        payment.move_to(Payment.Status.DUE, by=PLATFORM)


def waive_open(project: Project) -> None:
    """Nothing planned or due is owed any more; the caller holds the project's lock."""
    for payment in project.payments.filter(status__in=[Payment.Status.PLANNED, Payment.Status.DUE]):
        payment.move_to(Payment.Status.WAIVED, by=PLATFORM)


def fall_due(milestone: Milestone) -> None:
    """What hangs on an accepted milestone falls due; the caller holds the project's lock."""
    for payment in milestone.payments.filter(status=Payment.Status.PLANNED):
        payment.move_to(Payment.Status.DUE, by=PLATFORM)


@transaction.atomic
def record_payment(
    payment: Payment, *, by: User, version: int, amount: Decimal, paid_on: date, reference: str = ""
) -> Payment:
    """The client says that it has paid; where it was less than what is due, the rest stays due as a payment of its own.

    Raises BadInput (amount, paid_on), GuardFailed for a milestone not met or a project in dispute.
    """
    Project.locked(payment.project_id)
    current = Payment.locked(payment.pk, version=version)
    faults = {}
    if not 0 < amount <= current.amount:
        faults["amount"] = [_("At most what is due, and more than nothing.")]
    if paid_on > timezone.localdate():
        faults["paid_on"] = [_("This day has not come yet.")]
    if faults:
        raise BadInput(" ".join(words for each in faults.values() for words in each), fields=faults)
    rest = current.amount - amount
    paid = {"amount": amount, "paid_amount": amount, "paid_on": paid_on, "reference": reference}
    moved = payment.move_to(Payment.Status.RECORDED, by=by, expected=version, sets=paid, data=paid)
    if rest:
        break_off(moved, rest).move_to(Payment.Status.DUE, by=PLATFORM)
    return moved


def break_off(payment: Payment, amount: Decimal) -> Payment:
    """Another planned payment like this one over the given amount; the caller holds the project's lock."""
    last = Payment.objects.filter(project=payment.project_id).order_by("-number")[0]
    return Payment.objects.create(
        project_id=payment.project_id,
        milestone_id=payment.milestone_id,
        number=last.number + 1,
        kind=payment.kind,
        amount=amount,
        due_on=payment.due_on,
    )


def confirm(payment: Payment, *, by: User, version: int, reason: str = "", note: str = "") -> Payment:
    """The provider says that the money has arrived."""
    return payment.move_to(Payment.Status.CONFIRMED, by=by, expected=version, reason=reason, note=note)


def contest(payment: Payment, *, by: User, version: int, reason: str = "", note: str = "") -> Payment:
    """The provider says that the money has not arrived; it is due again."""
    unsaid = {"paid_amount": None, "paid_on": None, "reference": ""}
    return payment.move_to(Payment.Status.DUE, by=by, expected=version, reason=reason, note=note, sets=unsaid)


def waive(payment: Payment, *, by: User, version: int, reason: str = "", note: str = "") -> Payment:
    """The provider does not ask for it any more."""
    return payment.move_to(Payment.Status.WAIVED, by=by, expected=version, reason=reason, note=note)


PAYMENT_ACTIONS: Mapping[str, Callable[..., Payment]] = {"confirm": confirm, "contest": contest, "waive": waive}
"""The use case behind each step of a payment that asks for no figures."""
