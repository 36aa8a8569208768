"""Keeping the catalogue in step with the posts, in the transaction that changes them.

Every path that writes a post comes by here: `save` and changes of its terms by Django's signals, moves of many at once
by `moved_together`. So a post that is withdrawn is gone from search, counts and suggestions when its transaction ends.
"""

import struct
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save

from information.models import FacetTerm, Listing, ListingWords, Post
from information.models.catalogue import FAR_OFF
from information.models.post import moved_together
from information.search.kinds import SHELVES, Placed, order_keys, placed
from information.search.words import words
from taxonomy.models import InnovationStage

MOST_WORDS: Final = 4000
"""Words of one post that are kept; a tsvector counts positions up to 16,383."""
STRONG: Final = frozenset("AB")
COPIED: Final = ("owner_id", "status", "visibility", "published_at")
UPDATED: Final = ["owner", *COPIED[1:], "valid_through", "deadline", "budget", "trl", "terms", "packed", "noted"]


@transaction.atomic
def keep(kind: type[Post], keys: Iterable[int]) -> int:
    """Bring the listings of these posts of one kind in step with them; gives how many are listed.

    Locks the posts, so that no move of another transaction comes between reading and writing.
    """
    keys = sorted(keys)
    posts = list(
        kind._default_manager.filter(pk__in=keys, status=Post.Status.PUBLISHED)
        .select_related("region__parent", "owner__region__parent")
        .prefetch_related("chain_nodes", "industries")
        .order_by("pk")
        .select_for_update(of=("self",), no_key=True)
    )
    drop(kind, set(keys) - {post.pk for post in posts})
    if posts:
        write(kind, posts)
    return len(posts)


def drop(kind: type[Post], keys: Iterable[int]) -> None:
    """Take posts out of the catalogue."""
    if wanted := sorted(keys):
        Listing.objects.filter(kind=kind.NOUN, post_id__in=wanted).delete()


def write(kind: type[Post], posts: Sequence[Post]) -> None:
    """Put published posts into the catalogue, in place of what stood there of them."""
    stages = list(InnovationStage.objects.all())
    places = [placed(post, stages) for post in posts]
    numbers = numbered({(facet, code) for place in places for facet, codes in place.facets.items() for code in codes})
    listings = Listing.objects.bulk_create(
        [listing(post, place, numbers) for post, place in zip(posts, places, strict=True)],
        update_conflicts=True,
        unique_fields=["kind", "post_id"],
        update_fields=UPDATED,
    )
    ListingWords.objects.bulk_create(
        [
            ListingWords(listing=entry, vector=vector(place.texts))
            for entry, place in zip(listings, places, strict=True)
        ],
        update_conflicts=True,
        unique_fields=["listing"],
        update_fields=["vector"],
    )


def listing(post: Post, place: Placed, numbers: dict[tuple[str, str], int]) -> Listing:
    """The row of one post."""
    terms = sorted({numbers[facet, code] for facet, codes in place.facets.items() for code in codes})
    return Listing(
        kind=post.NOUN,
        post_id=post.pk,
        valid_through=post.valid_through or FAR_OFF,
        terms=terms,
        # Ends in 0, which is no term's number: rows strung together can be told apart.
        packed=struct.pack(f"<{len(terms) + 1}H", *terms, 0),
        **{name: getattr(post, name) for name in COPIED},
        **order_keys(place.figures),
    )


def numbered(values: set[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """The numbers of facet values; new values get theirs now."""
    codes = {code for _facet, code in values}
    known = {(term.facet, term.code): term.pk for term in FacetTerm.objects.filter(code__in=codes)}
    for facet, code in sorted(values - known.keys()):
        known[facet, code] = FacetTerm.objects.get_or_create(facet=facet, code=code)[0].pk
    return known


def vector(texts: Iterable[tuple[str, str]]) -> str:
    """A tsvector in PostgreSQL's spelling: every form of every word at its place with the weight of its text."""
    places: dict[str, list[str]] = {}
    place = 0
    for weight, text in texts:
        for word in words(text):
            place += 1
            for form in word.forms:
                places.setdefault(form, []).append(f"{place}{weight}")
                if weight in STRONG:
                    places.setdefault(f"={form}", []).append(f"{place}{weight}")
            if place >= MOST_WORDS:
                return spelled(places)
        place += 1
    return spelled(places)


def spelled(places: dict[str, list[str]]) -> str:
    """Lexemes with their positions; more than 256 a lexeme PostgreSQL would not keep."""
    return " ".join(f"{quoted(form)}:{','.join(at[:255])}" for form, at in places.items())


def quoted(form: str) -> str:
    """A lexeme as tsvector and tsquery read it."""
    return "'" + form.replace("\\", "\\\\").replace("'", "''") + "'"


def saved(sender: type[Any], instance: Any, update_fields: Iterable[str] | None = None, **_kwargs: Any) -> None:
    """A post was saved: listed if it is published, taken out if it is no longer."""
    if not isinstance(instance, Post) or sender.NOUN not in SHELVES:
        return
    if instance.status == Post.Status.PUBLISHED:
        keep(sender, [instance.pk])
    elif update_fields is None or "status" in update_fields:
        drop(sender, [instance.pk])


def terms_changed(instance: Any, action: str, **_kwargs: Any) -> None:
    """Chain nodes or industries of a post changed."""
    if isinstance(instance, Post) and instance.NOUN in SHELVES and action in {"post_add", "post_remove", "post_clear"}:
        keep(type(instance), [instance.pk])


def deleted(sender: type[Any], instance: Any, **_kwargs: Any) -> None:
    if isinstance(instance, Post):
        drop(sender, [instance.pk])


def moved(sender: type[Post], posts: Sequence[Post], **_kwargs: Any) -> None:
    """Many posts were moved by one statement."""
    keep(sender, [post.pk for post in posts])


def follow() -> None:
    """Hear of every change of a post from now on."""
    post_save.connect(saved, dispatch_uid="catalogue")
    post_delete.connect(deleted, dispatch_uid="catalogue")
    m2m_changed.connect(terms_changed, dispatch_uid="catalogue")
    moved_together.connect(moved, dispatch_uid="catalogue")
