"""Use cases of milestones: files are handed in, and accepted, accepted in part or returned."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from contracts.execution.payments import break_off, fall_due
from contracts.execution.plan import split
from contracts.models import Deliverable, Milestone, Payment, Project
from journal.errors import BadInput
from policy import PLATFORM


@transaction.atomic
def submit(milestone: Milestone, *, by: User, version: int, reason: str = "", note: str = "") -> Milestone:
    """The provider hands in the files that were in no submission yet; the client's clock starts."""
    Project.locked(milestone.project_id)
    current = Milestone.locked(milestone.pk, version=version)
    number, files = current.round + 1, current.new_files()
    handed_in = [{"name": each.name, "sha256": each.sha256} for each in files]
    moved = milestone.move_to(
        Milestone.Status.SUBMITTED,
        by=by,
        expected=version,
        note=note,
        sets={"round": number},
        data={"round": number, "files": handed_in},
    )
    Deliverable.objects.bulk_create(
        Deliverable(milestone=moved, attachment=each, round=number, name=each.name, sha256=each.sha256, size=each.size)
        for each in files
    )
    return moved


@transaction.atomic
def accept(milestone: Milestone, *, by: User, version: int, reason: str = "", note: str = "") -> Milestone:
    """The client accepts what was handed in; the payments that hang on it fall due."""
    Project.locked(milestone.project_id)
    moved = milestone.move_to(
        Milestone.Status.ACCEPTED, by=by, expected=version, note=note, sets={"accepted_percent": 100}
    )
    fall_due(moved)
    return moved


@transaction.atomic
def accept_in_part(milestone: Milestone, *, by: User, version: int, percent: int, note: str = "") -> Milestone:
    """The client accepts a part, in per cent of the whole; the same share of each planned payment falls due.

    Raises BadInput unless the part is larger than what was accepted before and smaller than all.
    """
    Project.locked(milestone.project_id)
    current = Milestone.locked(milestone.pk, version=version)
    before = current.accepted_percent
    if not before < percent < 100:
        message = _("More than %(before)s and less than 100 per cent.") % {"before": before}
        raise BadInput(message, fields={"percent": [message]})
    moved = milestone.move_to(
        Milestone.Status.PARTIALLY_MET,
        by=by,
        expected=version,
        note=note,
        sets={"accepted_percent": percent},
        data={"percent": percent},
    )
    share = Decimal(percent - before) / Decimal(100 - before)
    for payment in list(moved.payments.filter(status=Payment.Status.PLANNED)):
        release(payment, share)
    return moved


def release(payment: Payment, share: Decimal) -> None:
    """Let a share of a planned payment fall due and plan the rest as a payment of its own."""
    part, rest = split(payment.amount, share)
    if not part:
        return
    if rest:
        payment.amount = part
        payment.save(update_fields=["amount"])
        break_off(payment, rest)
    payment.move_to(Payment.Status.DUE, by=PLATFORM, data={"amount": part})


@transaction.atomic
def send_back(milestone: Milestone, *, by: User, version: int, reason: str = "", note: str = "") -> Milestone:
    """The client returns what was handed in, with a structured reason and what has to be done."""
    Project.locked(milestone.project_id)
    return milestone.move_to(Milestone.Status.RETURNED, by=by, expected=version, reason=reason, note=note)


MILESTONE_ACTIONS: Mapping[str, Callable[..., Milestone]] = {"submit": submit, "accept": accept, "return": send_back}
"""The use case behind each step of a milestone that asks for no figures."""
