"""The page of oversight."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from policy import policy
from tracking.models import Case
from tracking.queries import SLOW, figures, watched, with_everything
from web.paging import paginate
from web.requests import UserRequest


@policy("oversight.view")
@require_safe
def oversight(request: UserRequest) -> HttpResponse:
    """Where must I act? The cases of the reader's region and chain, the latest first."""
    page = paginate(with_everything(Case.objects.visible_to(request.user)), request, by="approved_at")
    context = {"page": page, "cases": watched(list(page.items)), "figures": figures(request.user), "slow": SLOW}
    return render(request, "tracking/oversight.html", context)
