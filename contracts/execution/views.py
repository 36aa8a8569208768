"""Pages of projects: the list, the page of one, and the forms of its steps."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from contracts.execution import events, milestones, payments, royalties
from contracts.execution import forms as asked
from contracts.execution.reading import project_page
from contracts.models import Dispute, Milestone, Notice, Payment, Project, RoyaltyReport, Settlement
from journal.errors import BadInput, GuardFailed
from policy import policy
from web.actions import Tried
from web.paging import paginate
from web.requests import UserRequest


@dataclass(frozen=True)
class Filled:
    """A form that was refused: it stands on the page again, with the faults beside its fields."""

    title: str
    form: forms.Form
    url: str


def find(request: UserRequest, pk: int) -> Project:
    """The project, if this reader may know of it."""
    return get_object_or_404(Project.objects.visible_to(request.user).with_parties(), pk=pk)


def show(
    request: UserRequest, subject: Any, *, tried: Tried | None = None, filled: Filled | None = None
) -> HttpResponse:
    """The page of the project to which the subject belongs, with what was refused if anything was."""
    project = subject if isinstance(subject, Project) else subject.project
    fresh = find(request, project.pk)
    status = tried.status if tried else HTTPStatus.BAD_REQUEST if filled else HTTPStatus.OK
    context = {**project_page(fresh, request.user), "tried": tried, "filled": filled, "forms": FRESH}
    return render(request, "contracts/project.html", context, status=status)


@policy("project.view")
@require_safe
def projects(request: UserRequest) -> HttpResponse:
    """The projects that concern the reader, the latest first."""
    found = Project.objects.visible_to(request.user).with_parties()
    return render(request, "contracts/projects.html", {"page": paginate(found, request, by="started_at")})


@policy("project.view")
@require_safe
def project(request: UserRequest, pk: int) -> HttpResponse:
    """Are we on plan, what is owed, what happened?"""
    return show(request, find(request, pk))


def finder(model: Any) -> Callable[..., Any]:
    """Finds one of the things that hang on projects, if the reader may know of it."""

    def find_one(request: UserRequest, pk: int) -> Any:
        found = model.objects.visible_to(request.user).select_related("project__contract__client")
        return get_object_or_404(found, pk=pk)

    return find_one


find_milestone, find_payment = finder(Milestone), finder(Payment)
find_report, find_notice = finder(RoyaltyReport), finder(Notice)
find_dispute, find_settlement = finder(Dispute), finder(Settlement)


FORMS: tuple[tuple[str, str, type[forms.Form], Callable[..., Any], Callable[..., Any]], ...] = (
    ("projects", "project.give_notice", asked.NoticeForm, events.give_notice, find),
    ("projects", "project.report_royalty", asked.RoyaltyForm, royalties.report, find),
    ("projects", "project.propose_settlement", asked.SettlementForm, events.propose_settlement, find),
    ("milestones", "milestone.accept_in_part", asked.PartForm, milestones.accept_in_part, find_milestone),
    ("payments", "payment.record", asked.RecordForm, payments.record_payment, find_payment),
    ("royalties", "royalty_report.correct", asked.CorrectionForm, royalties.correct, find_report),
    ("disputes", "dispute.propose", asked.OutcomeForm, events.propose_outcome, find_dispute),
)
"""Steps that ask for more than a reason and a note: address, action of the policy table, form, use case, finder."""

FRESH = {action.replace(".", "_"): form() for _root, action, form, _use, _find in FORMS}
"""An empty form for each."""


def form_paths() -> list[URLPattern]:
    """One address for each such step, `<root>/<pk>/<action>/`."""
    return [
        path(
            f"{root}/<int:pk>/{action.split('.')[1]}/",
            filling(action, form, use_case, finding),
            name=action.replace(".", "-"),
        )
        for root, action, form, use_case, finding in FORMS
    ]


def filling(
    action: str, form_class: type[forms.Form], use_case: Callable[..., Any], finding: Callable[..., Any]
) -> Callable[..., HttpResponse]:
    """The view of one such step: find, read the form, do, and go to where it shows."""

    @policy(action)
    @require_http_methods(["GET", "HEAD", "POST"])
    def fill(request: UserRequest, pk: int) -> HttpResponse:
        subject = finding(request, pk)
        if request.method != "POST":
            return redirect(subject)
        form = form_class(request.POST)
        if form.is_valid():
            try:
                done = use_case(subject, by=request.user, **form.cleaned_data)
            except (BadInput, GuardFailed) as fault:
                lay_beside(form, fault)
            else:
                messages.success(request, _("Done."))
                return redirect(done)
        return show(request, subject, filled=Filled(title_of(action), form, request.path))

    return fill


def lay_beside(form: forms.Form, fault: BadInput | GuardFailed) -> None:
    """Put each fault beside its field, and what belongs to none above them."""
    for name, faults in (fault.fields or {"": [fault.message]}).items():
        form.add_error(name if name in form.fields else None, list(faults))


def title_of(action: str) -> str:
    """What the step is called on its sheet."""
    return str(asked.TITLES[action])
