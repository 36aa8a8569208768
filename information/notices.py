"""What people are told about posts."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from information.models import Achievement, Need
from journal.models import Entry
from notifications.kinds import About, Channel, Kind, register
from notifications.wording import titled, with_reason

POSTS = gettext_lazy("Posts")
ABOUT = (About(Need, "need.view", ("owner",)), About(Achievement, "achievement.view", ("owner",)))


def published(entry: Entry, post: Any) -> str:
    """To those whose post it is."""
    return _("“%(title)s” was verified and is published now.") % {"title": titled(post)}


def returned(entry: Entry, post: Any) -> str:
    """The same."""
    return with_reason(_("“%(title)s” came back to you for changes.") % {"title": titled(post)}, entry, post)


def rejected(entry: Entry, post: Any) -> str:
    """The same."""
    return with_reason(_("“%(title)s” was rejected.") % {"title": titled(post)}, entry, post)


def submitted(entry: Entry, post: Any) -> str:
    """To those who verify."""
    names = {"title": titled(post), "organization": post.owner.name}
    return _("%(organization)s submitted “%(title)s” for verification.") % names


register(
    Kind("post.published", POSTS, gettext_lazy("A post of ours was published"), ABOUT, published),
    Kind("post.returned", POSTS, gettext_lazy("A post of ours came back for changes"), ABOUT, returned),
    Kind("post.rejected", POSTS, gettext_lazy("A post of ours was rejected"), ABOUT, rejected),
    Kind(
        "post.submitted",
        POSTS,
        gettext_lazy("A post waits for my verification"),
        ABOUT,
        submitted,
        Channel.DAILY,
        "review.view",
    ),
)
