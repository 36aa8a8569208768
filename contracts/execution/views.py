"""Pages of projects: the list, the page of one, and the forms of its steps."""

from collections.abc import Callable, Mapping
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
from contracts.execution.calendars import calendar_of, owner_of
from contracts.execution.forms import ASKS, Ask
from contracts.execution.reading import project_page
from contracts.models import Dispute, Milestone, Payment, Project, ProjectNotice, RoyaltyReport, Settlement
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
    context = {**project_page(fresh, request.user), "tried": tried, "filled": filled}
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


@policy("project.calendar")
@require_safe
def calendar(request: UserRequest, pk: int) -> HttpResponse:
    """The dates of a project for a calendar program, which shows a signed key in place of a login."""
    person = owner_of(request.GET.get("key", ""), pk) or request.user
    found = get_object_or_404(Project.objects.visible_to(person).with_parties(), pk=pk)
    content = calendar_of(found, request.build_absolute_uri(found.get_absolute_url()))
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.contract.number}.ics"'
    return response


def finder(model: Any) -> Callable[..., Any]:
    """Finds one of the things that hang on projects, if the reader may know of it."""

    def find_one(request: UserRequest, pk: int) -> Any:
        found = model.objects.visible_to(request.user).select_related("project__contract__client")
        return get_object_or_404(found, pk=pk)

    return find_one


find_milestone, find_payment = finder(Milestone), finder(Payment)
find_report, find_notice = finder(RoyaltyReport), finder(ProjectNotice)
find_dispute, find_settlement = finder(Dispute), finder(Settlement)


USE_CASES: Mapping[str, tuple[str, Callable[..., Any], Callable[..., Any]]] = {
    "project.give_notice": ("projects", events.give_notice, find),
    "project.report_royalty": ("projects", royalties.report, find),
    "project.propose_settlement": ("projects", events.propose_settlement, find),
    "milestone.accept_in_part": ("milestones", milestones.accept_in_part, find_milestone),
    "payment.record": ("payments", payments.record_payment, find_payment),
    "royalty_report.correct": ("royalties", royalties.correct, find_report),
    "dispute.propose": ("disputes", events.propose_outcome, find_dispute),
}
"""Where the form of each step is sent, the use case behind it, and what finds its subject."""


def form_paths() -> list[URLPattern]:
    """One address for each step that has a form, `<root>/<pk>/<step>/`."""
    return [
        path(
            f"{root}/<int:pk>/{action.split('.')[1]}/",
            filling(action, ASKS[action], use_case, finding),
            name=action.replace(".", "-"),
        )
        for action, (root, use_case, finding) in USE_CASES.items()
    ]


def filling(
    action: str, ask: Ask, use_case: Callable[..., Any], finding: Callable[..., Any]
) -> Callable[..., HttpResponse]:
    """The view of one such step: find, read the form, do, and go to where it shows."""

    @policy(action)
    @require_http_methods(["GET", "HEAD", "POST"])
    def fill(request: UserRequest, pk: int) -> HttpResponse:
        subject = finding(request, pk)
        if request.method != "POST":
            return redirect(subject)
        form = ask.form(request.POST)
        if form.is_valid():
            try:
                done = use_case(subject, by=request.user, **form.cleaned_data)
            except (BadInput, GuardFailed) as fault:
                lay_beside(form, fault)
            else:
                messages.success(request, _("Done."))
                return redirect(done)
        return show(request, subject, filled=Filled(str(ask.title), form, request.path))

    return fill


def lay_beside(form: forms.Form, fault: BadInput | GuardFailed) -> None:
    """Put each fault beside its field, and what belongs to none above them."""
    for name, faults in (fault.fields or {"": [fault.message]}).items():
        form.add_error(name if name in form.fields else None, list(faults))
