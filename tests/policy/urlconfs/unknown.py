"""A page whose action stands in no row."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from policy import policy


@policy("need.devour")
def devour(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("devour/", devour)]
