"""The decision guide and the sharing calculator: both only calculate; what they give is put forward as a proposal."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from contracts import services
from contracts.dividing import METHODS
from contracts.guide import follow
from contracts.kinds import KINDS
from contracts.models import Contract, LibraryClause
from contracts.views.contracts import find, find_for
from policy import allowed, policy
from web.requests import UserRequest
from web.responses import expected_version


@policy("contract.share")
@require_safe
def sharing(request: UserRequest, pk: int) -> HttpResponse:
    """The calculator: one way of dividing at a time, with its result if everything is filled in."""
    contract = find_for(request, pk, "contract.share")
    method = request.GET.get("method", "shapley")
    if method not in METHODS:
        raise Http404
    label, calculator = METHODS[method]
    form = calculator(request.GET if len(request.GET) > 1 else None)
    status = 400 if form.is_bound and not form.is_valid() else 200
    address = reverse("contracts:sharing", args=[pk])
    context = {
        "contract": contract,
        "form": form,
        "method": method,
        "label": label,
        "tabs": [
            {"label": name, "url": f"{address}?method={key}", "current": key == method}
            for key, (name, _form) in METHODS.items()
        ],
        **target(contract, request),
    }
    return render(request, "contracts/sharing.html", context, status=status)


def target(contract: Contract, request: UserRequest) -> dict[str, Any]:
    """Where a result can go: into the draft, or as a proposal into the clause on income, with the version seen."""
    if allowed(request.user, "contract.edit", contract):
        return {"putting": _("Put the shares into the draft"), "version": contract.version}
    income = contract.clauses.filter(key="income").first()
    if income and allowed(request.user, "contract.propose", contract):
        return {"putting": _("Propose these shares in the clause on income"), "version": income.version}
    return {"putting": ""}


@policy("contract.share")
@require_POST
def put_shares(request: UserRequest, pk: int) -> HttpResponse:
    """Put a division of income forward: into the draft, or as a proposal."""
    contract = find(request, pk)
    shares = {side: request.POST.get(side, "") for side in ("client_share", "provider_share")}
    services.put_shares(contract, by=request.user, version=expected_version(request), shares=shares)
    messages.success(request, _("The shares are put forward."))
    return redirect(contract)


@policy("contract.share")
@require_safe
def guide(request: UserRequest, pk: int) -> HttpResponse:
    """One question after the other, until an option fits."""
    contract = find_for(request, pk, "contract.share")
    if not KINDS[contract.kind].ip_options:
        raise Http404
    course = follow(request.GET.dict())
    context: dict[str, Any] = {
        "contract": contract,
        "course": course,
        "fits": course.option in KINDS[contract.kind].ip_options,
        "may_edit": allowed(request.user, "contract.edit", contract),
        "library": None,
    }
    if course.advice and allowed(request.user, "contract.propose", contract):
        found = LibraryClause.objects.latest_versions().filter(key="ip", variant=course.option)
        context["library"] = found.first()
    return render(request, "contracts/guide.html", context)


@policy("contract.edit")
@require_POST
def choose_option(request: UserRequest, pk: int) -> HttpResponse:
    """Put the option that the guide found into the draft."""
    contract = find(request, pk)
    particulars = {"ip_option": request.POST.get("ip_option", "")}
    services.describe(contract, by=request.user, version=expected_version(request), particulars=particulars)
    messages.success(request, _("The draft was saved."))
    return redirect(contract)
