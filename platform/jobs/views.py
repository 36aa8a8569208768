"""The page of a job: how far it is."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from jobs.models import Job
from policy import policy
from web.requests import UserRequest


@policy("job.view")
def job(request: UserRequest, pk: int) -> HttpResponse:
    """The progress of a job; htmx asks for the part that moves, again and again until it ends."""
    found = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    template = "jobs/progress.html" if request.htmx else "jobs/job.html"
    return render(request, template, {"job": found})
