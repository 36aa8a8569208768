"""What contracts contributes to the desk and to the page of a match."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contracts.models import Contract
from contracts.queries import step_after, with_parties
from matching import onward
from web.desk import DeskSection, Section, register
from web.requests import UserRequest

SHOWN = 5


def drafts(request: UserRequest) -> DeskSection | None:
    """The drafts that the reader's organizations are parties of."""
    mine = Contract.objects.visible_to(request.user).filter(status=Contract.Status.DRAFTING)
    found = list(with_parties(mine).order_by("-opened_at", "-pk")[:SHOWN])
    if not found:
        return None
    return DeskSection(
        title=_("Contracts being drafted"),
        template="contracts/desk_drafts.html",
        context={"contracts": found},
        group="news",
        icon="document-text",
        more_url=reverse("contracts:contracts"),
    )


register(Section(order=60, build=drafts))
onward.register(step_after)
