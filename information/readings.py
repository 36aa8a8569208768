"""Readings on record: who read a post that is open under a non-disclosure agreement only."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from information.models import Post
from journal.recording import record
from policy import allowed


def on_record(post: Post, reader: object) -> bool:
    """Whether this reader's reading is kept: a partner's is, that of the owner and of administrators is not."""
    under_nda = post.visibility == Post.Visibility.NDA and not post.withheld
    return under_nda and not allowed(reader, f"{post.NOUN}.history", post)


@transaction.atomic
def note(post: Post, reader: Any) -> None:
    """Write that a partner reads the full text; nothing for anybody else."""
    if on_record(post, reader):
        record(post, "read", by=reader)


def to_cards(posts: Iterable[Post], reader: object) -> None:
    """Withhold in a list what may be read on record only: a list is not a reading."""
    for post in posts:
        if on_record(post, reader):
            post.withhold()
