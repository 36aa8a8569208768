"""What this floor shows on the page of an organization: its published posts."""

from functools import partial

from django.utils.translation import gettext as _

from accounts.models import Organization
from accounts.panels import Panel, register
from information.facts import card
from information.models import Achievement, Need
from information.queries import Kind, for_cards
from web.requests import UserRequest

SHOWN = 12
"""Posts of one kind on the page of an organization, the newest."""


def published_by(request: UserRequest, organization: Organization, *, kind: Kind) -> Panel | None:
    """The organization's newest published posts of one kind, as far as the reader may see them."""
    found = kind.objects.visible_to(request.user).open().filter(owner=organization)
    posts = list(for_cards(found).order_by("-published_at", "-pk")[:SHOWN])
    if not posts:
        return None
    title = _("Needs") if kind is Need else _("Achievements")
    return Panel(title, "information/cards.html", {"cards": [card(post) for post in posts]}, count=found.count())


register(partial(published_by, kind=Need), order=10)
register(partial(published_by, kind=Achievement), order=20)
