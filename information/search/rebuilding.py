"""Building the catalogue's tables anew, without stopping anything."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from information.models import Listing, Post
from information.search import documents, suggestions
from information.search.kinds import SHELVES

BATCH: Final = 500


class Progress(NamedTuple):
    """How far one kind of post is."""

    noun: str
    done: int
    total: int


def rebuild(batch: int = BATCH) -> Iterator[Progress]:
    """Bring every listing in step with its post and drop those that have none; each batch is a transaction."""
    for noun, shelf in SHELVES.items():
        published = shelf.kind._default_manager.filter(status=Post.Status.PUBLISHED).order_by("pk")
        gone = Listing.objects.filter(kind=noun).exclude(post_id__in=published.order_by().values("pk"))
        documents.drop(shelf.kind, list(gone.values_list("post_id", flat=True)))
        total, done, after = published.count(), 0, 0
        while keys := list(published.filter(pk__gt=after).values_list("pk", flat=True)[:batch]):
            documents.keep(shelf.kind, keys)
            done, after = done + len(keys), keys[-1]
            yield Progress(noun, done, max(done, total))
    while suggestions.note_words(batch):
        pass
