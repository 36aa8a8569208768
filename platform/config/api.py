"""The API's addresses, gathered from the floors, and its OpenAPI description."""

from typing import Any, ClassVar

from django.urls import path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import APIRootView, DefaultRouter

from accounts.api import MeView, OrganizationViewSet
from contracts.api import ContractViewSet, LibraryViewSet
from contracts.execution.api import VIEWSETS as EXECUTION
from contracts.signing_api import SigningViewSet, VerifyView
from files.api import AttachmentViewSet
from information.api import AchievementViewSet, ImportViewSet, NeedViewSet
from information.api_search import SearchView
from jobs.api import JobViewSet
from matching.api import MatchViewSet, RematchView
from matching.console.api import ExposureView, GlossaryViewSet, LearnView, RankerViewSet, RuleViewSet
from matching.docking.api import RoomViewSet
from notifications.api import NoticeSettingsView, NoticeViewSet
from taxonomy.api import (
    ActivityViewSet,
    ChainViewSet,
    ContractTypeViewSet,
    IndustryViewSet,
    PatentClassViewSet,
    RegionViewSet,
    StageViewSet,
)
from tracking.api import CaseViewSet


class Root(APIRootView):
    """The lists that the API has."""

    policies: ClassVar = {"get": "api.read"}


class Router(DefaultRouter):
    """The floors' viewsets under one address each, and the places that are no lists."""

    APIRootView = Root
    include_format_suffixes = False

    def get_urls(self) -> list[Any]:
        places = [
            path("search/", SearchView.as_view(), name="search"),
            path("me/", MeView.as_view(), name="me"),
            path("notice-settings/", NoticeSettingsView.as_view(), name="notice-settings"),
            path("verify/", VerifyView.as_view(), name="verify"),
            path("rematch/", RematchView.as_view(), name="rematch"),
            path("learn/", LearnView.as_view(), name="learn"),
            path("exposure/", ExposureView.as_view(), name="exposure"),
        ]
        return [*places, *super().get_urls()]


class Schema(SpectacularAPIView):
    """The OpenAPI description of all this."""

    policies: ClassVar = {"get": "api.read"}


router = Router()
for address, viewset in {
    "needs": NeedViewSet,
    "achievements": AchievementViewSet,
    "imports": ImportViewSet,
    "matches": MatchViewSet,
    "rooms": RoomViewSet,
    "glossary": GlossaryViewSet,
    "rules": RuleViewSet,
    "rankers": RankerViewSet,
    "contracts": ContractViewSet,
    "clause-library": LibraryViewSet,
    "signings": SigningViewSet,
    **EXECUTION,
    "cases": CaseViewSet,
    "organizations": OrganizationViewSet,
    "attachments": AttachmentViewSet,
    "notices": NoticeViewSet,
    "jobs": JobViewSet,
    "regions": RegionViewSet,
    "industries": IndustryViewSet,
    "activities": ActivityViewSet,
    "patent-classes": PatentClassViewSet,
    "chains": ChainViewSet,
    "stages": StageViewSet,
    "contract-types": ContractTypeViewSet,
}.items():
    router.register(address, viewset)

schema = Schema.as_view()
