"""Pages of membership: who acts for an organization, invitations, mandates."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.forms import InviteForm, JoinForm, MandateForm, refuse
from accounts.models import Invitation, Mandate, Membership, Organization, User
from accounts.services import joining, members, ties
from journal.errors import BadInput, GuardFailed
from policy import allowed, policy
from web.paging import paginate
from web.requests import UserRequest

Forms = dict[str, Any]


@policy("organization.staff")
@require_safe
def staff(request: UserRequest, pk: int) -> HttpResponse:
    """Who acts for the organization: members, invited people, brokers."""
    return staff_page(request, find_staffed(request, pk))


def find_staffed(request: UserRequest, pk: int) -> Organization:
    """The organization, if the reader may see who acts for it; raises Http404."""
    return get_object_or_404(Organization.objects.staffed_for(request.user), pk=pk)


def staff_page(
    request: UserRequest, organization: Organization, forms: Forms | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    """The page, with a form that was refused if there was one."""
    user = request.user
    people = Membership.objects.visible_to(user).current().filter(organization=organization).select_related("user")
    context = {
        "organization": organization,
        "page": paginate(people, request, by="pk", size=50, ascending=True),
        "speaks": allowed(user, "invitation.send", Invitation(organization=organization)),
        "invitations": list(Invitation.objects.visible_to(user).open().filter(organization=organization)[:50]),
        "mandates": list(
            Mandate.objects.visible_to(user).filter(organization=organization).select_related("broker")[:50]
        ),
        "roles": Membership.Role.choices,
        "invite": InviteForm(),
        "mandate": MandateForm(),
    }
    return render(request, "accounts/staff.html", context | (forms or {}), status=status)


@policy("invitation.send")
@require_POST
def invite(request: UserRequest, pk: int) -> HttpResponse:
    """Invite somebody by mail."""
    organization, form = find_staffed(request, pk), InviteForm(request.POST)
    if not form.is_valid():
        return staff_page(request, organization, {"invite": form}, HTTPStatus.BAD_REQUEST)
    try:
        members.invite(organization, **form.cleaned_data, by=request.user)
    except BadInput as fault:
        refuse(form, fault)
        return staff_page(request, organization, {"invite": form}, fault.status)
    messages.success(request, _("Invited. The link in the mail works once, within seven days."))
    return redirect("accounts:members", pk)


@policy("invitation.revoke")
@require_POST
def revoke_invitation(request: UserRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk)
    members.revoke(invitation, by=request.user)
    return redirect("accounts:members", invitation.organization_id)


@policy("membership.change")
@require_POST
def change_role(request: UserRequest, pk: int) -> HttpResponse:
    """Give a member another role."""
    membership = get_object_or_404(Membership.objects.visible_to(request.user).current(), pk=pk)
    members.change_role(membership, request.POST.get("role", ""), by=request.user)
    messages.success(request, _("Saved."))
    return redirect("accounts:members", membership.organization_id)


@policy("membership.end")
@require_POST
def end_membership(request: UserRequest, pk: int) -> HttpResponse:
    """End a membership, somebody else's or one's own."""
    membership = get_object_or_404(Membership.objects.visible_to(request.user).current(), pk=pk)
    members.end(membership, by=request.user)
    messages.success(request, _("Ended. The person no longer acts for the organization."))
    left = membership.user_id == request.user.pk
    return redirect("web:desk") if left else redirect("accounts:members", membership.organization_id)


@policy("mandate.grant")
@require_POST
def grant(request: UserRequest, pk: int) -> HttpResponse:
    """Let a broker act for the organization."""
    organization, form = find_staffed(request, pk), MandateForm(request.POST)
    if not form.is_valid():
        return staff_page(request, organization, {"mandate": form}, HTTPStatus.BAD_REQUEST)
    try:
        ties.grant(organization, **form.cleaned_data, by=request.user)
    except BadInput as fault:
        refuse(form, fault)
        return staff_page(request, organization, {"mandate": form}, fault.status)
    messages.success(request, _("Granted. You can revoke it here at any time."))
    return redirect("accounts:members", pk)


@policy("mandate.revoke")
@require_POST
def revoke_mandate(request: UserRequest, pk: int) -> HttpResponse:
    """End a mandate at once."""
    mandate = get_object_or_404(Mandate.objects.visible_to(request.user), pk=pk)
    ties.revoke(mandate, by=request.user)
    return redirect("accounts:members", mandate.organization_id)


@policy("invitation.read")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What somebody is invited to; accepts it for whoever is logged in, or opens an account for a new person."""
    asked = members.read(token)
    known = User.objects.filter(email__iexact=asked.email).exists()
    form = None if known or request.user.is_authenticated else JoinForm(request.POST or None)
    if request.method != "POST" or (form and not form.is_valid()):
        status = HTTPStatus.BAD_REQUEST if request.method == "POST" else HTTPStatus.OK
        return invitation_page(request, asked, form, known, status)
    try:
        person = joining.join(asked, request.user, form.cleaned_data if form else {})
    except GuardFailed as fault:
        return invitation_page(request, asked, form, known, fault.status, fault.message)
    if person != request.user:
        login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    messages.success(request, _("Welcome. You act for %(organization)s now.") % {"organization": asked.organization})
    return redirect("web:desk")


def invitation_page(
    request: HttpRequest, asked: Invitation, form: JoinForm | None, known: bool, status: int, fault: str = ""
) -> HttpResponse:
    """The invitation, and what the reader has to do to accept it."""
    context = {
        "invitation": asked,
        "form": form,
        "fault": fault,
        "log_in": f"{reverse('accounts:login')}?next={request.path}" if known else "",
        "fits": request.user.is_authenticated and request.user.email.lower() == asked.email.lower(),
    }
    return render(request, "accounts/invitation.html", context, status=status)
