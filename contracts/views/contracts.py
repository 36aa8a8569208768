"""Pages of contracts."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from contracts.models import Contract
from contracts.queries import contract_page, with_parties
from policy import policy
from web.actions import Tried
from web.paging import paginate
from web.requests import UserRequest


def find(request: UserRequest, pk: int) -> Contract:
    """The contract, if this reader may know of it."""
    return get_object_or_404(with_parties(Contract.objects.visible_to(request.user)), pk=pk)


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
    """What does it say, who are the parties, what happened?"""
    return show(request, find(request, pk))
