"""A page that names no action."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def forgotten(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("inner/", include([path("forgotten/", forgotten)]))]
