"""`{% load accounts %}`: the tabs of the settings, and the organizations between which a person switches."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse

from accounts.settings_menu import every_place
from policy import allowed

register = template.Library()


@register.inclusion_tag("components/tabs.html", takes_context=True)
def settings_tabs(context: Context) -> dict[str, Any]:
    """The pages of the settings that the reader may open, the present one marked."""
    request = context["request"]
    places = [(reverse(place.url_name), place) for place in every_place() if allowed(request.user, place.action)]
    return {
        "label": context["request"].path,
        "tabs": [{"label": place.label, "url": url, "current": request.path == url} for url, place in places],
    }
