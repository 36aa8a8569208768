"""The rail of places: every role sees those that the policy grants it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from policy import decide


@dataclass(frozen=True)
class Place:
    """An entry of the rail: where it leads, what it is called, its icon, and the action it needs."""

    url_name: str
    label: Promise
    icon: str
    action: str


PLACES = (
    Place("web:desk", _("Desk"), "inbox-stack", "web.desk"),
    Place("information:needs", _("Needs"), "puzzle-piece", "need.view"),
    Place("information:achievements", _("Achievements"), "light-bulb", "achievement.view"),
    Place("information:chains", _("Chains"), "share", "chain.view"),
    Place("information:organizations", _("Organizations"), "building-office-2", "organization.view"),
    Place("information:review", _("Review"), "clipboard-document-check", "review.view"),
    Place("matching:rooms", _("Docking rooms"), "chat-bubble-left-right", "room.view"),
    Place("matching:engine", _("Engine"), "cpu-chip", "engine.view"),
    Place("contracts:contracts", _("Contracts"), "document-text", "contract.view"),
    Place("contracts:projects", _("Projects"), "rocket-launch", "project.view"),
    Place("tracking:oversight", _("Oversight"), "eye", "oversight.view"),
    Place("contracts:verify", _("Check a paper"), "shield-check", "verify.view"),
    Place("information:imports", _("Imports"), "arrow-up-tray", "import.view"),
)


def places(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the rail for this reader, the present place marked."""
    user = getattr(request, "user", None)
    rail = []
    for place in PLACES:
        if decide(user, place.action):
            url = reverse(place.url_name)
            rail.append({"url": url, "label": place.label, "icon": place.icon, "current": request.path.startswith(url)})
    return {"places": rail}
