"""Posts that resemble the one on the page."""

from typing import Final

from django.db.models import Q

from information.catalogue import posts_of
from information.facts import Card, card
from information.models import FacetTerm, Listing, Post
from information.panels import Panel, register
from information.search.asking import question
from information.search.finding import first, rank
from information.search.kinds import SHELVES
from information.search.sight import matches, seen_by
from web.requests import UserRequest

SHOWN: Final = 4


def panel(request: UserRequest, post: Post) -> Panel | None:
    """The posts most like it, of every kind, as far as the reader may see them."""
    found = related(request, post)
    return Panel("information/related.html", {"cards": found}) if found else None


def related(request: UserRequest, post: Post) -> list[Card]:
    """Those that share words of the title, best first; among the newest thousand that do or stand on its nodes."""
    words = question(" ".join((post.title_zh, post.title_en, *post.keywords_zh, *post.keywords_en)))
    if not words:
        return []
    nodes = [node.code for node in post.chain_nodes.all()]
    numbers = list(FacetTerm.objects.filter(facet="chain_node", code__in=nodes).values_list("pk", flat=True))
    near = matches(words.any_in_title)
    seen = seen_by(request.user).exclude(kind=post.NOUN, post_id=post.pk)
    candidates = seen.filter(Q(near) | Q(terms__overlap=numbers)) if numbers else seen.filter(near)
    best = Listing.objects.filter(pk__in=list(first(candidates))).annotate(rank=rank(words.any_words))
    listings = list(best.filter(rank__gt=0).order_by("-rank", "-pk")[:SHOWN])
    posts = posts_of(listings, request.user)
    found = (posts.get((listing.kind, listing.post_id)) for listing in listings)
    return [card(each) for each in found if each is not None]


for noun in SHELVES:
    register(noun, panel, order=900)
