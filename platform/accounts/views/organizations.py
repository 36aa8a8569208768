"""Pages of organizations: found one, describe it, and its public page."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms import OrganizationForm, UsccForm, refuse
from accounts.models import Organization
from accounts.panels import panels_for
from accounts.services import organizations as services
from journal.errors import BadInput, StaleVersion
from policy import allowed, policy
from web.actions import Tried
from web.paging import refuse_page_numbers
from web.requests import UserRequest
from web.responses import expected_version
from web.timeline import timeline


def find(request: UserRequest, pk: int) -> Organization:
    """The organization, if the reader may know of it; raises Http404."""
    return get_object_or_404(Organization.objects.visible_to(request.user).select_related("region"), pk=pk)


@policy("organization.view")
@require_safe
def organization(request: UserRequest, pk: int) -> HttpResponse:
    """Who an organization is; what it has published, the floors above show."""
    refuse_page_numbers(request)
    return show(request, find(request, pk))


def show(request: UserRequest, subject: Organization, *, tried: Tried | None = None) -> HttpResponse:
    """The page of an organization, with the form that was refused if there was one."""
    status = tried.status if tried else HTTPStatus.OK
    return render(request, "accounts/organization.html", sheet(request, subject) | {"tried": tried}, status=status)


def sheet(request: UserRequest, subject: Organization) -> dict[str, Any]:
    """The context of the page of one organization."""
    user, args = request.user, [subject.pk]
    inside = allowed(user, "organization.history", subject)
    return {
        "organization": subject,
        "panels": panels_for(request, subject),
        "moves": [
            (move, reverse(f"accounts:organization-{move.action}", args=args)) for _to, move in subject.moves(user)
        ],
        "inside": inside,
        "happenings": timeline(subject) if inside else [],
        "edit_url": reverse("accounts:describe", args=args) if allowed(user, "organization.describe", subject) else "",
        "members_url": reverse("accounts:members", args=args) if allowed(user, "organization.staff", subject) else "",
    }


@policy("organization.found")
@require_http_methods(["GET", "HEAD", "POST"])
def found(request: UserRequest) -> HttpResponse:
    """Register an organization; the person becomes its manager and then has it verified."""
    form = OrganizationForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return form_page(request, form, HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK)
    try:
        made = services.found(form.cleaned_data, by=request.user)
    except BadInput as fault:
        refuse(form, fault)
        return form_page(request, form, fault.status)
    messages.success(request, _("Registered. Attach the evidence and ask to be verified."))
    return redirect(made)


@policy("organization.describe")
@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: UserRequest, pk: int) -> HttpResponse:
    """Change what is said of an organization."""
    subject = find(request, pk)
    form = OrganizationForm(request.POST or None, instance=Organization.objects.get(pk=subject.pk))
    if request.method != "POST" or not form.is_valid():
        return form_page(request, form, HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK, subject)
    try:
        done = services.describe(subject, form.cleaned_data, by=request.user, version=expected_version(request))
    except (BadInput, StaleVersion) as fault:
        refuse(form, fault)
        return form_page(request, form, fault.status, subject)
    messages.success(request, _("Saved."))
    return redirect(done)


def form_page(
    request: UserRequest, form: OrganizationForm, status: int, subject: Organization | None = None
) -> HttpResponse:
    """The form, with the version that will be expected when it is sent."""
    version = request.POST.get("version", "") or (subject.version if subject else "")
    context = {"form": form, "organization": subject, "version": version}
    return render(request, "accounts/organization_form.html", context, status=status)


@policy("organization.check")
@require_safe
def check_uscc(request: UserRequest) -> HttpResponse:
    """What is wrong with a code that is being typed; htmx puts it below the field."""
    form = UsccForm(request.GET)
    typed = request.GET.get("uscc", "").strip()
    context = {"fault": form.fault if typed else "", "typed": typed}
    return render(request, "accounts/uscc_fault.html", context)
