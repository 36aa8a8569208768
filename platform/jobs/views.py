"""The page of a job: how far it is."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from jobs.models import Job
from policy import policy
from web.requests import UserRequest
from web.responses import wants_fragment


@policy("job.view")
@require_safe
def job(request: UserRequest, pk: int) -> HttpResponse:
    """The progress of a job; htmx asks for the part that moves, again and again until it ends."""
    found = get_object_or_404(Job.objects.visible_to(request.user).select_related("owner"), pk=pk)
    template = "jobs/progress.html" if wants_fragment(request) else "jobs/job.html"
    return render(request, template, {"job": found})
