"""What projects contribute to the desk: what is owed by the reader's organizations, the most urgent first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from contracts.models import Milestone, Payment, Project, ProjectNotice
from policy import standing_of
from web.desk import DeskSection, Section, register
from web.requests import UserRequest

SHOWN = 6
AHEAD = timedelta(days=21)
"""How far ahead a milestone appears on the desk of the one who owes it."""


@dataclass(frozen=True)
class Owed:
    """One thing that the reader's organization owes: what, in which project, by when."""

    what: str
    project: Project
    url: str
    due: date | None

    @property
    def late(self) -> bool:
        return self.due is not None and self.due < timezone.localdate()


def owed_by(user: User) -> list[Owed]:
    """What the organizations owe for which this person may speak. Five queries."""
    mine = standing_of(user).represents
    found = [*answers(mine), *deliveries(mine), *dues(mine), *receipts(mine), *acknowledgements(mine)]
    return sorted(found, key=lambda each: (each.due is None, each.due or date.max, each.project.pk))


PROJECT = ("project__contract__client", "project__contract__provider")


def answers(mine: frozenset[int]) -> Iterator[Owed]:
    """Submissions that wait for the client's word."""
    waiting = Milestone.objects.filter(
        status=Milestone.Status.SUBMITTED, project__status="performing", project__contract__client_id__in=mine
    )
    for each in waiting.select_related(*PROJECT).order_by("submitted_at")[:SHOWN]:
        due = timezone.localdate(each.answer_due) if each.answer_due else None
        yield owed(_("Answer %(milestone)s") % {"milestone": each}, each, due)


def deliveries(mine: frozenset[int]) -> Iterator[Owed]:
    """Milestones that the provider has to hand in soon."""
    soon = Milestone.objects.owed_by_provider().filter(
        project__contract__provider_id__in=mine, due_on__lte=timezone.localdate() + AHEAD
    )
    for each in soon.select_related(*PROJECT).order_by("due_on")[:SHOWN]:
        yield owed(_("Hand in %(milestone)s") % {"milestone": each}, each, each.due_on)


def dues(mine: frozenset[int]) -> Iterator[Owed]:
    """Payments that the client owes."""
    due = Payment.objects.filter(status=Payment.Status.DUE, project__contract__client_id__in=mine)
    for each in due.select_related(*PROJECT).order_by("due_on")[:SHOWN]:
        yield owed(_("Pay %(payment)s") % {"payment": each}, each, each.due_on)


def receipts(mine: frozenset[int]) -> Iterator[Owed]:
    """Payments that the provider has to confirm."""
    paid = Payment.objects.filter(status=Payment.Status.RECORDED, project__contract__provider_id__in=mine)
    for each in paid.select_related(*PROJECT).order_by("paid_on")[:SHOWN]:
        yield owed(_("Confirm the receipt of %(payment)s") % {"payment": each}, each, None)


def acknowledgements(mine: frozenset[int]) -> Iterator[Owed]:
    """Notices of the other side that wait to be acknowledged."""
    given = ProjectNotice.objects.filter(status=ProjectNotice.Status.GIVEN, addressee_id__in=mine)
    for each in given.select_related(*PROJECT).order_by("answer_by")[:SHOWN]:
        yield owed(_("Acknowledge the notice: %(notice)s") % {"notice": each}, each, each.answer_by)


def owed(what: str, subject: Model, due: date | None) -> Owed:
    """One line, leading to the place where it is done."""
    project: Project = subject.project  # type: ignore[attr-defined]
    return Owed(what, project, subject.get_absolute_url(), due)  # type: ignore[attr-defined]


def turns(request: UserRequest) -> DeskSection | None:
    """The card of what is owed in projects."""
    found = owed_by(request.user)
    if not found:
        return None
    return DeskSection(
        title=gettext_lazy("Owed in projects"),
        template="contracts/desk_projects.html",
        context={"owed": found[:SHOWN]},
        icon="rocket-launch",
        count=len(found),
        more_url=reverse("contracts:projects"),
    )


register(Section(order=25, build=turns))
