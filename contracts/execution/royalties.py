"""Use cases of royalty reports: the client reports a period, the provider confirms it, and the royalty falls due."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from contracts.models import Payment, Project, RoyaltyReport
from contracts.models.payment import royalty
from journal.errors import BadInput, NotAllowed
from journal.recording import record
from policy import PLATFORM, decide


@transaction.atomic
def report(project: Project, *, by: User, period_from: date, period_through: date, base: Decimal) -> RoyaltyReport:
    """The client reports what it sold in a period. Raises NotAllowed, BadInput where periods overlap or lie ahead."""
    current = Project.locked(project.pk)
    if not (decision := decide(by, "project.report_royalty", current)):
        raise NotAllowed(decision.reason)
    check_period(current, period_from, period_through)
    percent = current.royalty_percent or Decimal(0)
    made = RoyaltyReport.objects.create(
        project=current,
        period_from=period_from,
        period_through=period_through,
        base=base,
        percent=percent,
        amount=royalty(base, percent),
    )
    record(made, "reported", by=by, data={"base": base, "amount": made.amount})
    return made


def check_period(project: Project, start: date, through: date) -> None:
    """Raise BadInput unless the period is over, in order and apart from those reported before."""
    faults: dict[str, list[str]] = {}
    if through < start:
        faults["period_through"] = [_("The period ends before it begins.")]
    elif through > timezone.localdate():
        faults["period_through"] = [_("The period is not over yet.")]
    elif project.royalty_reports.filter(period_from__lte=through, period_through__gte=start).exists():
        faults["period_from"] = [_("A part of this period has been reported already.")]
    if faults:
        raise BadInput(" ".join(words for each in faults.values() for words in each), fields=faults)


@transaction.atomic
def correct(made: RoyaltyReport, *, by: User, version: int, base: Decimal, note: str = "") -> RoyaltyReport:
    """The client reports a contested period again."""
    Project.locked(made.project_id)
    figures = {"base": base, "amount": royalty(base, made.percent)}
    return made.move_to(RoyaltyReport.Status.REPORTED, by=by, expected=version, note=note, sets=figures, data=figures)


@transaction.atomic
def confirm(made: RoyaltyReport, *, by: User, version: int, reason: str = "", note: str = "") -> RoyaltyReport:
    """The provider agrees with the figures; the royalty falls due, unless it is nothing."""
    project = Project.locked(made.project_id)
    moved = made.move_to(RoyaltyReport.Status.CONFIRMED, by=by, expected=version, note=note)
    if moved.amount:
        last = project.payments.order_by("-number").first()
        moved.payment = Payment.objects.create(
            project=project,
            number=last.number + 1 if last else 1,
            kind=Payment.Kind.ROYALTY,
            amount=moved.amount,
            due_on=timezone.localdate(),
        )
        moved.save(update_fields=["payment"])
        moved.payment.move_to(Payment.Status.DUE, by=PLATFORM)
    return moved


def contest(made: RoyaltyReport, *, by: User, version: int, reason: str = "", note: str = "") -> RoyaltyReport:
    """The provider does not agree with the figures and says why."""
    return made.move_to(RoyaltyReport.Status.CONTESTED, by=by, expected=version, note=note)


ROYALTY_ACTIONS: Mapping[str, Callable[..., RoyaltyReport]] = {"confirm": confirm, "contest": contest}
"""The use case behind each step of a royalty report that asks for no figures."""
