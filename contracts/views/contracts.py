"""The list of contracts, the page of one, its draft, and its frozen versions."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contracts import services
from contracts.forms import DraftForm
from contracts.models import Contract
from contracts.queries import asked_for, contract_page, version_page, with_parties
from journal.errors import BadInput, NotAllowed, StaleVersion
from policy import decide, policy
from web.actions import Tried
from web.paging import paginate
from web.requests import UserRequest
from web.responses import expected_version


def find(request: UserRequest, pk: int) -> Contract:
    """The contract, if this reader may know of it."""
    return get_object_or_404(with_parties(Contract.objects.visible_to(request.user)), pk=pk)


def find_for(request: UserRequest, pk: int, action: str) -> Contract:
    """The contract for a page that leads to an action; raises NotAllowed where the policy does not grant it now."""
    contract = find(request, pk)
    if not (decision := decide(request.user, action, contract)):
        raise NotAllowed(decision.reason)
    return contract


def show(request: UserRequest, subject: Contract, *, tried: Tried | None = None) -> HttpResponse:
    """The page of a contract, with the form that was refused if there was one."""
    context = contract_page(subject, request.user) | {"tried": tried}
    return render(request, "contracts/contract.html", context, status=tried.status if tried else 200)


@policy("contract.view")
@require_safe
def contracts(request: UserRequest) -> HttpResponse:
    """The contracts that concern the reader, the latest first."""
    page = paginate(with_parties(Contract.objects.visible_to(request.user)), request, by="opened_at")
    return render(request, "contracts/contracts.html", {"page": page})


@policy("contract.view")
@require_safe
def contract(request: UserRequest, pk: int) -> HttpResponse:
    """What does it say, whose turn is it, what happened?"""
    return show(request, find(request, pk))


@policy("contract.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: UserRequest, pk: int) -> HttpResponse:
    """The form of the draft: what kind of contract, and everything that its clauses will ask for."""
    subject = find_for(request, pk, "contract.edit")
    data = request.POST if request.method == "POST" else None
    asked = asked_for(subject, data)
    form = DraftForm(asked, subject.particulars, data)
    for name in DraftForm.OWN:
        form.fields[name].initial = getattr(subject, name)
    if data is None or "again" in data:
        return draft_page(request, subject, form)
    try:
        services.describe(
            subject, by=request.user, version=expected_version(request), particulars=form.particulars(), **form.own()
        )
    except (BadInput, StaleVersion) as fault:
        form.blame(fault)
        return draft_page(request, subject, form, status=fault.status)
    messages.success(request, _("The draft was saved."))
    return redirect(subject)


def draft_page(request: UserRequest, subject: Contract, form: DraftForm, *, status: int = 200) -> HttpResponse:
    """The draft as a form, with what was written and why it was refused."""
    context = {"contract": subject, "form": form, "version": request.POST.get("version") or subject.version}
    return render(request, "contracts/draft.html", context, status=status)


@policy("contract.join")
@require_POST
def join(request: UserRequest, pk: int) -> HttpResponse:
    """A supervisor takes part for the government."""
    subject = find(request, pk)
    services.join(subject, by=request.user, version=expected_version(request))
    messages.success(request, _("Your organization now takes part as the third party."))
    return redirect(subject)


@policy("contract.view")
@require_safe
def version(request: UserRequest, pk: int, number: int) -> HttpResponse:
    """A frozen version as it was frozen, and what changed in it against another one."""
    subject = find(request, pk)
    frozen = get_object_or_404(subject.versions, number=number)
    against = request.GET.get("against", "")
    if against and not (against.isascii() and against.isdigit() and len(against) <= 4):
        raise BadInput(_("There is no such version."), fields={"against": [_("A whole number is expected.")]})
    other = get_object_or_404(subject.versions, number=int(against)) if against else None
    return render(request, "contracts/version.html", version_page(subject, frozen, other))
