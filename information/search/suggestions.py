"""What is offered for a few letters, and what somebody may have meant.

Nothing is offered that does not find something its reader may see: a word of a post that is not theirs cannot be
guessed letter by letter.
"""

from collections.abc import Iterable
from typing import Final

from django.contrib.postgres.search import TrigramSimilarity
from django.db import transaction

from information.models import KnownWord, Listing, ListingQuerySet, Post
from information.search.asking import question
from information.search.kinds import SHELVES, placed
from information.search.sight import finds
from information.search.words import fold, words

LEAST_ALIKE: Final = 0.3
TRIED: Final = 6
BATCH: Final = 500
LONGEST_KNOWN: Final = 80
SHORTEST: Final = 3
"""A Latin word of fewer letters resembles too much."""


def alike(written: str, seen: ListingQuerySet) -> str:
    """The known word most like this one that finds something; "" if none does."""
    if len(written) < SHORTEST:
        return ""
    near = (
        KnownWord.objects.filter(text__trigram_similar=written)
        .annotate(likeness=TrigramSimilarity("text", written))
        .filter(likeness__gte=LEAST_ALIKE)
        .order_by("-likeness", "text")
        .values_list("text", flat=True)[:TRIED]
    )
    return next((text for text in near if text != written and findable(text, seen)), "")


def beginning(typed: str, seen: ListingQuerySet, most: int) -> list[str]:
    """Known words that begin with what was typed and find something, shortest first."""
    start = fold(typed).strip()
    if not start:
        return []
    known = KnownWord.objects.filter(text__startswith=start).order_by("text").values_list("text", flat=True)
    tried = sorted(known[: TRIED * 4], key=len)[: TRIED + most]
    return [text for text in tried if findable(text, seen)][:most]


def findable(text: str, seen: ListingQuerySet) -> bool:
    """Whether a word leads to a post that the reader may see."""
    asked = question(text)
    return bool(asked) and finds(seen, asked.all_words)


@transaction.atomic
def note_words(most: int = BATCH) -> int:
    """Keep the words of posts that came into the catalogue or changed since; gives how many posts were read.

    Not in the transaction that publishes a post, where two posts with the same new word would wait for each other.
    """
    fresh = list(Listing.objects.filter(noted=False).order_by("pk").select_for_update(skip_locked=True)[:most])
    posts = [
        post
        for noun, shelf in SHELVES.items()
        for post in shelf.kind._default_manager.filter(
            pk__in=[listing.post_id for listing in fresh if listing.kind == noun]
        )
        .select_related("region__parent", "owner__region__parent")
        .prefetch_related("chain_nodes", "industries")
    ]
    texts = sorted({text for post in posts for text in vocabulary(post)})
    known = set(KnownWord.objects.filter(text__in=texts).values_list("text", flat=True))
    new = [KnownWord(text=text) for text in texts if text not in known]
    KnownWord.objects.bulk_create(new, ignore_conflicts=True, batch_size=2000)
    Listing.objects.filter(pk__in=[listing.pk for listing in fresh]).update(noted=True)
    return len(fresh)


def vocabulary(post: Post) -> Iterable[str]:
    """The words of a post as they were written, and its keywords and terms as a whole."""
    if post.NOUN not in SHELVES:
        return
    for weight, text in placed(post, ()).texts:
        if weight in "BC" and len(text) <= LONGEST_KNOWN and " " in text.strip():
            yield fold(text).strip()
        yield from (word.written for word in words(text) if len(word.written) > 1 and not word.written.isdigit())
