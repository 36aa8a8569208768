"""REST views with one fault each."""

from typing import Any, ClassVar

from django.urls import include, path
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter
from rest_framework.views import APIView
from rest_framework.viewsets import ViewSet


class OneForgotten(ViewSet):
    """`devour` was added later, and nobody thought of the policy."""

    policies: ClassVar = {"list": "need.view"}

    def list(self, request: Request) -> Response:
        return Response()

    @action(detail=False, methods=["post"])
    def devour(self, request: Request) -> Response:
        return Response()


class Ungated(APIView):
    """It names its policy but lets everybody in."""

    policies: ClassVar = {"get": "need.view"}
    permission_classes = (AllowAny,)

    def get(self, request: Request, *args: Any) -> Response:
        return Response()


class Sound(APIView):
    """Nothing is missing."""

    policies: ClassVar = {"get": "need.view"}

    def get(self, request: Request) -> Response:
        return Response()


router = SimpleRouter()
router.register("things", OneForgotten, basename="thing")
urlpatterns = [
    path("", include(router.urls)),
    path("ungated/", Ungated.as_view()),
    path("sound/", Sound.as_view()),
]
