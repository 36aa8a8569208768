"""Pages of what the engine has learned, and of whose achievements it shows."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jobs.models import Job
from matching.console.learned import last_result, verdict, weights
from matching.console.tabs import tabs
from matching.learning import rankers
from matching.learning.exposure import ENOUGH, exposure
from matching.models import Example, RankerVersion
from matching.queries import state_of_scoring
from policy import policy
from web.actions import Tried
from web.paging import paginate
from web.requests import UserRequest
from web.timeline import timeline


@policy("engine.view")
@require_safe
def engine(request: UserRequest) -> HttpResponse:
    """What orders the suggestions, and everything that was learned."""
    job = Job.objects.filter(kind=rankers.LEARN).order_by("-pk").first()
    context = {
        "scoring": state_of_scoring(),
        "serving": RankerVersion.objects.serving().first(),
        "decisions": Example.objects.count(),
        "least": rankers.LEAST_DECISIONS,
        "job": job,
        "last": last_result(job) if job else "",
        "page": paginate(RankerVersion.objects.visible_to(request.user).defer("dump"), request, by="trained_at"),
        "tabs": tabs(request),
    }
    return render(request, "matching/console/engine.html", context)


@policy("ranker.learn")
@require_POST
def learn(request: UserRequest) -> HttpResponse:
    """Learn now rather than at night; the job's page shows how far it is."""
    return redirect(rankers.start(by=request.user))


def find(request: UserRequest, pk: int) -> RankerVersion:
    """The ranker, if this reader may know of it."""
    return get_object_or_404(RankerVersion.objects.visible_to(request.user), pk=pk)


def show(request: UserRequest, subject: RankerVersion, *, tried: Tried | None = None) -> HttpResponse:
    """The page of a ranker, with the form that was refused if there was one."""
    context = {
        "ranker": subject,
        "verdict": verdict(subject),
        "weights": weights(subject),
        "moves": [move for _to, move in subject.moves(request.user) if move.action in rankers.ACTIONS],
        "happenings": timeline(subject),
        "tabs": tabs(request),
        "tried": tried,
    }
    return render(request, "matching/console/ranker.html", context, status=tried.status if tried else 200)


@policy("ranker.view")
@require_safe
def ranker(request: UserRequest, pk: int) -> HttpResponse:
    """What a ranker was compared on, what it looks at, and the way back to it."""
    return show(request, find(request, pk))


@policy("engine.view")
@require_safe
def exposed(request: UserRequest) -> HttpResponse:
    """Whose achievements are shown."""
    found = exposure()
    titles = {
        "size": _("By what the organization has published"),
        "kind": _("By kind of organization"),
        "region": _("By province"),
    }
    tables = [(title, found[name]) for name, title in titles.items()]
    context = {"tables": tables, "empty": not found["kind"], "enough": ENOUGH, "tabs": tabs(request)}
    return render(request, "matching/console/exposure.html", context)
