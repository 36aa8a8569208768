"""Organizations that wait for verification, as a card of the queue and of the administrator's desk."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from information import review
from policy import allowed, visible
from web import desk
from web.desk import DeskSection, Section
from web.requests import UserRequest

SHOWN = 20


def waiting(request: UserRequest) -> DeskSection | None:
    """Those that have waited longest; none where nothing waits."""
    if not allowed(request.user, "organization.return"):
        return None
    queue = visible(Organization.objects.all(), request.user, "organization.return").select_related("region")
    found = list(queue.order_by("changed_at", "pk")[:SHOWN])
    if not found:
        return None
    return DeskSection(
        _("Organizations to verify"),
        "information/desk_organizations.html",
        {"organizations": found},
        "waiting",
        "building-office-2",
        len(found),
        more_url=reverse("information:review"),
        more_label=_("To the queue"),
    )


review.register(Section(5, waiting))
desk.register(Section(5, waiting))
