"""A page of the catalogue for one reader: cards, facets with counts, what was understood, and the way on."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.db.models import Count, Q, QuerySet, Value
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise

from accounts.models import Organization
from information import queries
from information.facts import Card, card
from information.forms.filters import PostFilter
from information.models import Listing, ListingQuerySet, Post
from information.search import facets, finding, suggestions
from information.search.asking import prefix
from information.search.facets import BUDGET_LABELS, EXACT, KIND_LABELS, TRL_LABELS, Counts
from information.search.finding import ORDERS, Search, Wanted
from information.search.kinds import SHELVES
from information.search.sight import matches, seen_by
from policy import Actor
from taxonomy.models import ChainNode, ContractType, Industry, InnovationStage, Region
from web.bilingual import part, reader_languages
from web.highlighting import passage
from web.paging import PAGE_SIZE, Page, paginate
from web.wording import grouped, in_chinese

SHOWN: Final = 6
"""Values of a facet that are shown at once; the others open below them."""
OFFERED: Final = 4
"""Suggestions of each sort."""
SNIPPET: Final[Mapping[str, int]] = {"zh": 72, "en": 150}
TERMS: Final[Mapping[str, Any]] = {
    "chain_node": ChainNode,
    "industry": Industry,
    "region": Region,
    "stage": InnovationStage,
    "contract_type": ContractType,
}
COLUMNS: Final = ("facet", "code", "label_zh", "label_en", "position")
FIXED: Final[Mapping[str, Mapping[str, Any]]] = {"kind": KIND_LABELS, "trl": TRL_LABELS, "budget": BUDGET_LABELS}
IN_ORDER: Final = frozenset({"trl", "budget", "stage", "kind"})
"""Facets whose values have an order of their own; the others begin with the most frequent."""


class Choice(NamedTuple):
    """One value of a facet: how many posts it would leave, "1,000+" beyond what is counted exactly."""

    code: str
    label: str | Promise
    number: str
    chosen: bool


class Box(NamedTuple):
    """A facet as the page shows it."""

    name: str
    label: str | Promise
    values: list[Choice]
    more: list[Choice]


class Chip(NamedTuple):
    """A filter that is set, and the address without it."""

    label: str | Promise
    url: str


@dataclass(frozen=True)
class Catalogue:
    """What a page of results shows."""

    page: Page[Listing]
    cards: list[Card]
    search: Search
    boxes: list[Box]
    chips: list[Chip]
    total: str
    order: str


def read(request: HttpRequest, filters: PostFilter, wanted: Wanted, *, size: int = PAGE_SIZE) -> Catalogue:
    """The page of the catalogue that a request asks for; a bounded number of queries."""
    actor: Actor = request.user  # type: ignore[assignment]
    search, listings, packed = asked(wanted, actor)
    terms = finding.term_numbers()
    counts = facets.count(packed, wanted.chosen, terms)
    page = page_of(request, finding.narrowed(listings, wanted, terms), search, wanted, size)
    labels = labels_for(counts, wanted)
    return Catalogue(
        page,
        cards(page.items, actor, search),
        search,
        boxes(filters, counts, labels, wanted),
        chips(request.GET, wanted, labels),
        counted(counts.total),
        wanted.order_of(search),
    )


def asked(wanted: Wanted, actor: Actor) -> tuple[Search, ListingQuerySet, bytes]:
    """What answers to the words, in other words if nothing does, with its rows for counting."""
    search = finding.understand(wanted.words)
    listings = finding.found(search, wanted, actor)
    if (packed := facets.strung(listings)) or not search.question:
        return search, listings, packed
    search = finding.otherwise(search, actor, wanted.kinds)
    listings = finding.found(search, wanted, actor)
    return search, listings, facets.strung(listings)


def page_of(
    request: HttpRequest, listings: ListingQuerySet, search: Search, wanted: Wanted, size: int
) -> Page[Listing]:
    """One page in the order asked for."""
    by, ascending = ORDERS[wanted.order_of(search)]
    return paginate(finding.ordered(listings, search, wanted), request, by=by, size=size, ascending=ascending)


def newest(actor: Actor, wanted: Wanted, most: int) -> list[Post]:
    """The newest posts that answer, whatever order is asked for."""
    search = finding.understand(wanted.words)
    listings = finding.narrowed(finding.found(search, wanted, actor), wanted, finding.term_numbers())
    latest = list(listings.order_by("-published_at", "-pk")[:most])
    posts = posts_of(latest, actor)
    found = (posts.get((listing.kind, listing.post_id)) for listing in latest)
    return [post for post in found if post is not None]


def counted(number: int) -> str:
    """A count as it is shown: exact as far as it matters."""
    return grouped(number) if number <= EXACT else f"{grouped(EXACT)}+"


def cards(listings: Sequence[Listing], actor: Actor, search: Search) -> list[Card]:
    """The cards of the listed posts in their order, of each what the reader may see."""
    posts = posts_of(listings, actor)
    terms = search.question.marked
    found = (posts.get((listing.kind, listing.post_id)) for listing in listings)
    return [card(post, snippet=snippet(post, terms)) for post in found if post is not None]


def posts_of(listings: Iterable[Listing], actor: Actor) -> dict[tuple[str, int], Post]:
    """The posts behind the listings by kind and key, as far as the actor may see them: the posts decide."""
    keys: dict[str, list[int]] = defaultdict(list)
    for listing in listings:
        keys[listing.kind].append(listing.post_id)
    return {
        (noun, post.pk): post
        for noun, wanted in keys.items()
        for post in queries.listed(SHELVES[noun].kind, actor).filter(pk__in=wanted)  # type: ignore[arg-type]
    }


def snippet(post: Post, terms: Sequence[str]) -> str:
    """The passage of the post's texts in which the terms occur, in the reader's language if it is there."""
    stems = ("summary", *SHELVES[post.NOUN].texts)
    for language in reader_languages() if terms else ():
        for stem in stems:
            if found := passage(part(post, f"{stem}_{language}"), terms, length=SNIPPET[language]):
                return found
    return ""


def labels_for(counts: Counts, wanted: Wanted) -> dict[tuple[str, str], Any]:
    """What the values are called, in the order of their classifications: one query."""
    codes: dict[str, set[str]] = defaultdict(set)
    for facet, code in counts.by_term:
        codes[facet].add(code)
    for facet, chosen in wanted.chosen.items():
        codes[facet].update(chosen)
    labels = {(facet, code): label for facet, fixed in FIXED.items() for code, label in fixed.items()}
    parts = [
        model._default_manager.filter(code__in=codes[facet]).annotate(facet=Value(facet)).values_list(*COLUMNS)
        for facet, model in TERMS.items()
        if codes[facet]
    ]
    if parts:
        rows = parts[0].union(*parts[1:], all=True).order_by("position", "code")
        labels |= {(facet, code): zh if in_chinese() else en for facet, code, zh, en, _position in rows}
    return labels


def boxes(filters: PostFilter, counts: Counts, labels: Mapping[tuple[str, str], Any], wanted: Wanted) -> list[Box]:
    """The facets in which there is a choice."""
    names = [name for name in PostFilter.FACETS if name != "kind" or len(wanted.kinds) > 1]
    made = (box(name, filters[name].label, counts, labels, wanted) for name in names)
    return [each for each in made if len(each.values) > 1 or any(value.chosen for value in each.values)]


def box(name: str, label: str | Promise, counts: Counts, labels: Mapping[tuple[str, str], Any], wanted: Wanted) -> Box:
    """One facet: what is chosen stays visible, also where it leaves nothing."""
    chosen = wanted.chosen.get(name, ())
    numbers = Counter({code: number for (facet, code), number in counts.by_term.items() if facet == name})
    known = [code for facet, code in labels if facet == name and (numbers[code] or code in chosen)]
    if name not in IN_ORDER:
        known.sort(key=lambda code: (code not in chosen, -numbers[code]))
    values = [Choice(code, labels[name, code], counted(numbers[code]), code in chosen) for code in known]
    most = len(values) if name in IN_ORDER else max(SHOWN, len(chosen))
    return Box(name, label, values[:most], values[most:])


def chips(parameters: QueryDict, wanted: Wanted, labels: Mapping[tuple[str, str], Any]) -> list[Chip]:
    """What is set, each with the address that takes it away."""
    found = []
    for facet, codes in wanted.chosen.items():
        found += [Chip(labels.get((facet, code), code), without(parameters, facet, code)) for code in codes]
    return found


def without(parameters: QueryDict, name: str, value: str) -> str:
    """The address of the list without one value of a filter, from its first page."""
    left = parameters.copy()
    left.setlist(name, [each for each in left.getlist(name) if each != value])
    left.pop("cursor", None)
    return f"?{left.urlencode()}"


def offered(typed: str, actor: Actor) -> dict[str, Any]:
    """For a few letters: words that lead somewhere, the newest posts with them in title or keywords, organizations."""
    seen = seen_by(actor)
    begun = prefix(typed, mark="=")
    listings = list(seen.filter(matches(begun)).order_by("-published_at", "-pk")[:OFFERED]) if begun else []
    posts = posts_of(listings, actor)
    found = (posts.get((listing.kind, listing.post_id)) for listing in listings)
    return {
        "words": suggestions.beginning(typed, seen, OFFERED),
        "posts": [post for post in found if post is not None],
        "organizations": organizations_named(typed, actor)[:OFFERED] if typed.strip() else [],
    }


class Entry(NamedTuple):
    """An organization with how many needs and achievements of it the reader may see."""

    organization: Organization
    needs: int
    achievements: int


def with_posts(organizations: Sequence[Organization], actor: Actor) -> list[Entry]:
    """The organizations with their numbers of posts: one query."""
    rows = seen_by(actor).filter(owner__in=organizations).order_by().values_list("owner_id", "kind")
    numbers = {(owner, kind): number for owner, kind, number in rows.annotate(number=Count("pk"))}
    return [Entry(one, *(numbers.get((one.pk, kind), 0) for kind in ("need", "achievement"))) for one in organizations]


def organizations_named(text: str, actor: Actor) -> QuerySet[Organization]:
    """Organizations in whose name the text occurs, in either language; all of them if there is no text."""
    named = Q(name_zh__icontains=text.strip()) | Q(name_en__icontains=text.strip())
    return Organization.objects.visible_to(actor).filter(named).select_related("region").order_by("name_zh", "pk")
