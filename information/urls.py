"""Addresses of information release. Every action of a lifecycle has an address, and so a policy, of its own."""

from django.urls import URLPattern, path, re_path

from information.queries import KINDS, Kind
from information.services import ACTIONS
from information.views import catalogue, chains, feeds, imports, organizations, posts, review
from web.actions import action_paths

app_name = "information"


def pages_of(kind: Kind) -> list[URLPattern]:
    """The pages of one kind of post."""
    noun = kind.NOUN
    one = f"{noun}s/<slug:public_id>/"
    return [
        path(f"{noun}s/", catalogue.listing(kind), name=f"{noun}s"),
        path(f"posts/new/{noun}/", posts.new(kind), name=f"{noun}-new"),
        path(one, posts.detail(kind), name=noun),
        path(f"{one}edit/", posts.edit(kind), name=f"{noun}-edit"),
        *action_paths(one, ACTIONS, noun=noun, find=posts.finding(kind), show=posts.show),
    ]


urlpatterns = [
    *(pattern for kind in KINDS for pattern in pages_of(kind)),
    path("search/", catalogue.search, name="search"),
    path("search/feed/", feeds.feed, name="feed"),
    path("search/suggest/", catalogue.suggest, name="suggest"),
    path("organizations/", organizations.organizations, name="organizations"),
    path("chains/", chains.overview, name="chains"),
    path("chains/<slug:code>/", chains.chain, name="chain"),
    path("review/", review.review, name="review"),
    path("imports/", imports.imports, name="imports"),
    path("imports/new/", imports.new_import, name="import-new"),
    re_path(r"^imports/template/(?P<kind>need|achievement)\.csv$", imports.template, name="import-template"),
    path("imports/<int:pk>/", imports.import_page, name="import"),
    path("imports/<int:pk>/publish/", imports.publish, name="import-publish"),
]
