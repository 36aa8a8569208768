"""The project's addresses, and a page of the same frame with nothing in it to compare with."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import include, path

from policy import policy
from web.requests import UserRequest


@policy("web.home")
def bare(request: UserRequest) -> HttpResponse:
    """The frame alone."""
    return render(request, "web/base.html")


urlpatterns = [path("bare/", bare), path("", include("config.urls"))]
