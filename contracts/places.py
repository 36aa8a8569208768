"""What contracts contributes to the desk and to the page of a match."""

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contracts.models import Contract, Signing
from contracts.queries import step_after, with_parties
from matching import onward
from policy import visible
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


def to_sign(request: UserRequest) -> DeskSection | None:
    """The contracts that wait for the reader's signature, the most urgent first."""
    waiting = visible(Signing.objects.all(), request.user, "signing.sign").filter(
        contract__status=Contract.Status.SIGNING, document=F("contract__frozen_version"), deadline_at__gt=timezone.now()
    )
    found = list(waiting.select_related("contract").order_by("deadline_at", "pk")[:SHOWN])
    if not found:
        return None
    return DeskSection(
        title=_("Waiting for your signature"),
        template="contracts/desk_to_sign.html",
        context={"signings": found},
        group="waiting",
        icon="pencil-square",
        more_url=reverse("contracts:contracts"),
    )


register(Section(order=10, build=to_sign))
register(Section(order=60, build=drafts))
onward.register(step_after)
