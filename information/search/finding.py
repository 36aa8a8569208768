"""Finding: from a question, filters and an order to the listings that one reader may see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.db.models import F, Func, IntegerField, Max, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.utils import timezone

from information.models import FacetTerm, Listing, ListingQuerySet
from information.search import synonyms
from information.search.asking import Question, question
from information.search.kinds import SHELVES
from information.search.sight import finds, matches, query, seen_by
from information.search.suggestions import alike
from policy import Actor

RANKED: Final = 1000
"""Of more than these, only the newest, and the newest with the words in title or keywords, are put in order of rank."""
STEPS: Final = 1_000_000
"""Ranks become whole numbers, so that a cursor can hold one exactly."""
RELEVANCE, NEWEST, DUE, BUDGET, MATURITY = "relevance", "newest", "deadline", "budget", "trl"
ORDERS: Final[Mapping[str, tuple[str, bool]]] = {
    RELEVANCE: ("rank", False),
    NEWEST: ("published_at", False),
    DUE: ("deadline", True),
    BUDGET: ("budget", False),
    MATURITY: ("trl", False),
}
"""The column of each order and whether it ascends; the primary key decides between equals."""


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed by: words, codes by facet, and the order asked for ("" for the natural one).

    `kinds` are the nouns of the posts of the list at all; `gap` asks for needs that no achievement on their chain
    nodes answers at the TRL they require.
    """

    words: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    kinds: tuple[str, ...] = tuple(SHELVES)
    gap: bool = False

    def order_of(self, search: "Search") -> str:
        """The order that the list is in: by rank where there are words, newest first where there are none."""
        if self.sort in ("", RELEVANCE):
            return RELEVANCE if search.question else NEWEST
        return self.sort


@dataclass(frozen=True)
class Search:
    """A question as it was answered. `corrected` is what was asked for in place of what found nothing; `loosely`: any
    of the words was enough, because no post has them all."""

    question: Question
    asked: str = ""
    corrected: str = ""
    loosely: bool = False

    @property
    def tsquery(self) -> str:
        """What every listing found answers to; "" for all."""
        return self.question.any_words if self.loosely else self.question.all_words


def understand(words: str) -> Search:
    """What to look for: all the words, each as itself or by a synonym."""
    return Search(question(words, synonyms.current()) if words.strip() else Question(), words)


def otherwise(search: Search, actor: Actor, kinds: Iterable[str]) -> Search:
    """What to look for if nothing has all the words: those that are spelled alike; else any of them."""
    if not search.question:
        return search
    seen = seen_by(actor, kinds)
    if finds(seen, search.tsquery):
        return search
    if (better := respelled(search.asked, search.question, seen)) == search.asked:
        return loosened(search, seen)
    mended = replace(search, question=question(better, search.question.synonyms), corrected=better)
    return mended if finds(seen, mended.tsquery) else loosened(mended, seen)


def loosened(search: Search, seen: ListingQuerySet) -> Search:
    """Any of the words, if that finds anything."""
    loose = replace(search, loosely=True)
    return loose if len(search.question.groups) > 1 and finds(seen, loose.tsquery) else search


def respelled(words: str, asked: Question, seen: ListingQuerySet) -> str:
    """The words with those replaced that find nothing by themselves and resemble one that does."""
    better = words
    for group in asked.groups:
        for word in group:
            single = Question((((word,)),))
            if not finds(seen, single.all_words) and (known := alike(word.written, seen)):
                better = better.replace(word.written, known) if word.written in better else known
    return better


def found(search: Search, wanted: Wanted, actor: Actor) -> ListingQuerySet:
    """What answers to words, kinds and gap; the facets are left to `narrowed`, because counting needs both."""
    listings = seen_by(actor, wanted.kinds)
    if search.question:
        listings = listings.filter(matches(search.tsquery))
    elif wanted.words.strip():
        # Only punctuation: nothing is asked for, so nothing answers.
        return Listing.objects.none()
    if wanted.sort == DUE:
        # "Needed soonest" begins today; a day that has passed is nobody's plan any more.
        listings = listings.filter(deadline__gte=timezone.localdate())
    return listings.filter(unanswered(actor)) if wanted.gap else listings


def unanswered(actor: Actor) -> Q:
    """A condition for needs that no achievement on any of their chain nodes answers at the TRL they require."""
    by_level: dict[int, list[int]] = {}
    for number, level in best_levels(actor).items():
        by_level.setdefault(level, []).append(number)
    answered = Q(pk__in=[])
    for level, numbers in by_level.items():
        answered |= Q(terms__overlap=numbers, trl__lte=level)
    return Q(kind="need") & ~answered


def best_levels(actor: Actor) -> dict[int, int]:
    """The highest TRL of an achievement on each chain node that has any, by the node's number."""
    nodes = FacetTerm.objects.filter(facet="chain_node").values_list("pk", flat=True)
    on_terms = seen_by(actor, ["achievement"]).annotate(term=Func(F("terms"), function="unnest"))
    best = dict(on_terms.order_by().values_list("term").annotate(best=Max("trl")))
    return {number: best[number] for number in nodes if number in best}


def narrowed(listings: ListingQuerySet, wanted: Wanted, terms: Mapping[tuple[str, str], int]) -> ListingQuerySet:
    """Those that have one of the chosen values in every facet."""
    for facet, codes in wanted.chosen.items():
        numbers = [terms[facet, code] for code in codes if (facet, code) in terms]
        listings = listings.filter(terms__overlap=numbers) if numbers else listings.none()
    return listings


def ordered(listings: ListingQuerySet, search: Search, wanted: Wanted) -> ListingQuerySet:
    """Ready for paging by the order's column."""
    return ranked(listings, search) if wanted.order_of(search) == RELEVANCE else listings


def ranked(listings: ListingQuerySet, search: Search) -> ListingQuerySet:
    """With `rank`, those that are worth ranking: reading the words of every post for a common word would take long."""
    newest = set(first(listings))
    if len(newest) == RANKED:
        newest |= set(first(listings.filter(matches(search.question.in_title))))
    best: ListingQuerySet = Listing.objects.filter(pk__in=newest).annotate(rank=rank(search.tsquery))
    return best


def rank(tsquery: str) -> Cast:
    """How well a listing's words answer to a query, as a whole number: PostgreSQL's ts_rank, divided by the length."""
    share = Func(F("text__vector"), query(tsquery), Value(1), function="ts_rank", output_field=IntegerField())
    return Cast(Func(share, Value(STEPS), arg_joiner=" * ", template="(%(expressions)s)"), IntegerField())


def first(listings: QuerySet[Any]) -> QuerySet[Any]:
    """The keys of the newest so many."""
    return listings.order_by("-published_at", "-pk").values_list("pk", flat=True)[:RANKED]


def term_numbers() -> dict[tuple[str, str], int]:
    """The numbers of all facet values: a few hundred rows."""
    return {(facet, code): pk for pk, facet, code in FacetTerm.objects.values_list("pk", "facet", "code")}
