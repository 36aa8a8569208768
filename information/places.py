"""What this floor shows on the home page and on the desks."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Organization
from information import chains, queries
from information.facts import card
from information.models import Achievement, Need, Post
from information.queries import KINDS, Kind
from information.search.sight import seen_by
from policy import allowed, standing_of
from web import desk, home
from web.desk import DeskSection
from web.home import Figure, HomeSection
from web.requests import UserRequest

NEWEST = 4
"""Posts of each kind on the home page."""
SHORT = 5
"""Posts in one card of a desk."""


def needs_figure(request: UserRequest) -> Figure:
    """How many needs are open to the reader."""
    number = seen_by(request.user, ["need"]).count()
    return Figure(_("Published needs"), number, reverse("information:needs"), "need")


def achievements_figure(request: UserRequest) -> Figure:
    """How many achievements are open to the reader."""
    number = seen_by(request.user, ["achievement"]).count()
    return Figure(_("Published achievements"), number, reverse("information:achievements"), "achievement")


def organizations_figure(request: UserRequest) -> Figure:
    """How many organizations take part."""
    return Figure(
        _("Organizations"), Organization.objects.visible_to(request.user).count(), reverse("information:organizations")
    )


def newest(kind: Kind, request: UserRequest) -> dict[str, object]:
    """The newest posts of a kind, as cards."""
    return {
        "cards": [card(post) for post in queries.listed(kind, request.user).order_by("-published_at", "-pk")[:NEWEST]]
    }


def newest_needs(request: UserRequest) -> HomeSection:
    """The newest needs."""
    shown = newest(Need, request)
    empty = "" if shown["cards"] else _("No needs yet. The first verified one appears here.")
    return HomeSection(
        _("Newest needs"), "information/cards.html", shown, "need", empty, reverse("information:needs"), _("All needs")
    )


def newest_achievements(request: UserRequest) -> HomeSection:
    """The newest achievements."""
    shown, url = newest(Achievement, request), reverse("information:achievements")
    empty = "" if shown["cards"] else _("No achievements yet. The first verified one appears here.")
    return HomeSection(
        _("Newest achievements"), "information/cards.html", shown, "achievement", empty, url, _("All achievements")
    )


def chains_on_home(request: UserRequest) -> HomeSection | None:
    """Where each chain asks, offers, and has gaps."""
    wholes = chains.wholes(request.user)
    if not wholes:
        return None
    url = reverse("information:chains")
    return HomeSection(
        _("Industrial chains"), "information/wholes.html", {"wholes": wholes}, "", "", url, _("All chains")
    )


def kinds_written_by(request: UserRequest) -> list[Kind]:
    """The kinds of posts that the person may write."""
    return [kind for kind in KINDS if allowed(request.user, f"{kind.NOUN}.create")]


def latest(request: UserRequest, kinds: list[Kind], status: str) -> list[Post]:
    """The person's organizations' posts in one state, latest first, a few."""
    posts = [post for kind in kinds for post in of_status(kind, request, status)]
    return sorted(posts, key=lambda post: (post.edited_at, post.pk), reverse=True)[:SHORT]


def of_status(kind: Kind, request: UserRequest, status: str) -> list[Post]:
    """The few latest posts of one kind and state."""
    mine = kind.objects.filter(owner_id__in=sorted(standing_of(request.user).works_for), status=status)
    return list(mine.select_related("owner").order_by("-edited_at", "-pk")[:SHORT])


def returned(request: UserRequest) -> DeskSection | None:
    """Posts that an administrator sent back: the person's turn."""
    posts = latest(request, kinds_written_by(request), Post.Status.RETURNED)
    if not posts:
        return None
    return DeskSection(
        _("Returned to you"), "information/desk_posts.html", {"posts": posts}, "waiting", "arrow-uturn-left", len(posts)
    )


def drafts(request: UserRequest) -> DeskSection | None:
    """Posts that were begun and not yet submitted."""
    posts = latest(request, kinds_written_by(request), Post.Status.DRAFT)
    if not posts:
        return None
    return DeskSection(_("Your drafts"), "information/desk_posts.html", {"posts": posts}, "started", "pencil")


def published(request: UserRequest) -> DeskSection | None:
    """What the person's organizations have published."""
    kinds = kinds_written_by(request)
    if not kinds:
        return None
    posts = latest(request, kinds, Post.Status.PUBLISHED)
    return DeskSection(
        _("Published by you"),
        "information/desk_posts.html",
        {"posts": posts},
        "started",
        "megaphone",
        empty="" if posts else _("Nothing yet. Post what you need or have, and submit it for verification."),
        more_url=f"{reverse(f'information:{kinds[0].NOUN}s')}?mine=1",
    )


def to_verify(request: UserRequest) -> DeskSection | None:
    """The administrator's queue, its head and its length."""
    if not allowed(request.user, "review.view"):
        return None
    number = sum(queries.waiting_counts(request.user).values())
    return DeskSection(
        _("Posts to verify"),
        "information/desk_posts.html",
        {"posts": queries.queue(request.user, most=SHORT), "waiting": True},
        "waiting",
        "clipboard-document-check",
        number,
        empty="" if number else _("Nothing waits for verification."),
        more_url=reverse("information:review"),
        more_label=_("To the queue"),
    )


home.register_figure(10, needs_figure)
home.register_figure(20, achievements_figure)
home.register_figure(30, organizations_figure)
home.register_section(10, newest_needs)
home.register_section(20, newest_achievements)
home.register_section(30, chains_on_home)
for order, build in ((10, to_verify), (20, returned), (30, drafts), (40, published)):
    desk.register(desk.Section(order, build))
