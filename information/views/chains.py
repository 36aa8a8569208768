"""Pages of industrial chains."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from information import chains
from policy import policy
from taxonomy.models import Chain
from web.paging import refuse_page_numbers
from web.requests import UserRequest


@policy("chain.view")
@require_safe
def overview(request: UserRequest) -> HttpResponse:
    """Every chain: what is needed, offered and missing on it."""
    refuse_page_numbers(request)
    return render(request, "information/chains.html", {"sums": {"wholes": chains.wholes(request.user)}})


@policy("chain.view")
@require_safe
def chain(request: UserRequest, code: str) -> HttpResponse:
    """Where one chain is strong and where it is weak."""
    refuse_page_numbers(request)
    subject = get_object_or_404(Chain, code=code)
    stands, drawing = chains.stands(subject, request.user)
    context = {"chain": subject, "stands": stands, "drawing": drawing, "tiers": chains.tiers(stands)}
    return render(request, "information/chain.html", context)
