"""What of the catalogue one reader may see, and which of it answers to a query."""

from collections.abc import Iterable

from django.db.models import BooleanField, F, Func, Q, Value

from information.models import Listing, ListingQuerySet
from information.search.kinds import SHELVES
from policy import Actor, grants_on


def matches(tsquery: str, vector: str = "text__vector") -> Func:
    """A condition: the listing's words answer to the query."""
    return Func(F(vector), query(tsquery), arg_joiner=" @@ ", template="(%(expressions)s)", output_field=BooleanField())


def query(tsquery: str) -> Func:
    """A tsquery that is already in PostgreSQL's spelling."""
    return Func(Value(tsquery), template="%(expressions)s::tsquery")


def seen_by(actor: Actor, kinds: Iterable[str] = tuple(SHELVES)) -> ListingQuerySet:
    """The listings of these kinds that the actor may see, still valid."""
    allowed = Q(pk__in=[])
    for kind in kinds:
        allowed |= Q(kind=kind) & grants_on(Listing, actor, f"{kind}.view")
    return Listing.objects.filter(allowed).valid()


def finds(seen: ListingQuerySet, tsquery: str) -> bool:
    """Whether any listing that the reader may see answers to the query."""
    return seen.filter(matches(tsquery)).exists()
