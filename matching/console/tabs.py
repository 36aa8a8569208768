"""The tabs that the pages of the console share."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

PLACES = (("engine", _("Learning")), ("rules", _("Rules")), ("glossary", _("Glossary")), ("exposure", _("Exposure")))


def tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """Each place of the console, the present one marked."""
    addresses = [(reverse(f"matching:{name}"), label) for name, label in PLACES]
    here = max((url for url, _label in addresses if request.path.startswith(url)), key=len, default="")
    return [{"label": label, "url": url, "current": url == here} for url, label in addresses]
