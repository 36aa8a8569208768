"""The catalogue: the list of each kind of post, and the search over all of them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from information import catalogue, queries
from information.catalogue import organizations_named
from information.facts import card
from information.forms import PostFilter
from information.forms.filters import LONGEST, ORDERS
from information.queries import Kind
from information.views.posts import View
from policy import decide, policy
from web.paging import paginate
from web.requests import UserRequest

NAMED = 3
"""Organizations named above what a search finds."""


def listing(kind: Kind) -> View:
    """The list of one kind: everybody's published posts, or with `mine` those of one's organizations in every state."""

    @policy(f"{kind.NOUN}.view")
    @require_safe
    def posts(request: UserRequest) -> HttpResponse:
        filters = PostFilter.read(request.GET)
        shown = own_list(request, kind, filters) if filters.cleaned_data["mine"] else found(request, filters, kind.NOUN)
        return render(request, "information/catalogue.html", shown | around(request, kind, filters))

    return posts


@policy("catalogue.search")
@require_safe
def search(request: UserRequest) -> HttpResponse:
    """Everything that is published, in one list."""
    filters = PostFilter.read(request.GET)
    words = filters.cleaned_data["q"]
    organizations = organizations_named(words, request.user)[:NAMED] if words.strip() else []
    context = {"noun": "", "search_words": words, "list_url": reverse("information:search")}
    context |= {"organizations": organizations}
    return render(request, "information/catalogue.html", context | found(request, filters))


def found(request: UserRequest, filters: PostFilter, *kinds: str) -> dict[str, Any]:
    """A page of the catalogue."""
    shown = catalogue.read(request, filters, filters.wanted(*kinds))
    return {
        "filters": filters,
        "shown": shown,
        "cards": shown.cards,
        "page": shown.page,
        "terms": shown.search.question.marked,
        "feed_url": f"{reverse('information:feed')}?{feed_query(request, kinds)}",
        "orders": ORDERS if shown.search.question else ORDERS[1:],
    }


def feed_query(request: UserRequest, kinds: tuple[str, ...]) -> str:
    """The search as the feed of all kinds takes it."""
    query = request.GET.copy()
    for name in ("cursor", "size", "sort", "page"):
        query.pop(name, None)
    if kinds:
        query.setlist("kind", list(kinds))
    return query.urlencode()


def own_list(request: UserRequest, kind: Kind, filters: PostFilter) -> dict[str, Any]:
    """The posts of the reader's organizations, in every state."""
    page = paginate(queries.own(kind, request.user, **filters.values()), request, by="edited_at")
    terms = filters.cleaned_data["q"].split()
    return {
        "filters": filters,
        "page": page,
        "cards": [card(post, with_state=True) for post in page.items],
        "terms": terms,
        "mine": True,
    }


def around(request: UserRequest, kind: Kind, filters: PostFilter) -> dict[str, Any]:
    """What surrounds the cards of a list of one kind."""
    address, mine = reverse(f"information:{kind.NOUN}s"), filters.cleaned_data["mine"]
    writes = decide(request.user, f"{kind.NOUN}.create").allowed
    return {
        "noun": kind.NOUN,
        "tabs": [
            {"label": _("All"), "url": address, "current": not mine},
            {"label": _("Of your organization"), "url": f"{address}?mine=1", "current": mine},
        ],
        "writes": writes,
        "new_url": reverse(f"information:{kind.NOUN}-new") if writes else "",
        "list_url": address,
    }


@policy("catalogue.search")
@require_safe
def suggest(request: UserRequest) -> HttpResponse:
    """What is offered while somebody types in the search box of the frame: words, posts, organizations."""
    typed = request.GET.get("q", "")[:LONGEST]
    return render(request, "information/suggestions.html", {"typed": typed, **catalogue.offered(typed, request.user)})
