"""The administrator's queue."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from information import queries
from information.queries import KINDS
from information.review import sections_for
from journal.errors import BadInput
from policy import policy
from web.paging import refuse_page_numbers
from web.requests import UserRequest


@policy("review.view")
@require_safe
def review(request: UserRequest) -> HttpResponse:
    """What is judged next: the posts that have waited longest, and what the floors above add."""
    refuse_page_numbers(request)
    wanted = request.GET.get("kind", "")
    kinds = [kind for kind in KINDS if wanted in ("", kind.NOUN)]
    if not kinds:
        raise BadInput(_("The queue holds needs and achievements."), fields={"kind": [_("There is no such kind.")]})
    context = {
        "posts": queries.queue(request.user, kinds),
        "tabs": tabs(request, wanted),
        "most": queries.LONGEST_QUEUE,
        "sections": sections_for(request),
    }
    return render(request, "information/review.html", context)


def tabs(request: UserRequest, wanted: str) -> list[dict[str, object]]:
    """The queue as a whole and by kind, with how many wait."""
    counts, address = queries.waiting_counts(request.user), reverse("information:review")
    everything: dict[str, object] = {
        "label": _("All"),
        "url": address,
        "current": not wanted,
        "count": sum(counts.values()),
    }
    labels = {"need": _("Needs"), "achievement": _("Achievements")}
    by_kind: list[dict[str, object]] = [
        {
            "label": labels[kind.NOUN],
            "url": f"{address}?kind={kind.NOUN}",
            "current": wanted == kind.NOUN,
            "count": counts[kind.NOUN],
        }
        for kind in KINDS
    ]
    return [everything, *by_kind]
