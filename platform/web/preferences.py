"""What a reader chose about the frame, kept in cookies so that the first paint is already right."""

from django.http import HttpRequest

THEMES = ("system", "light", "dark")
"""In the order in which the switch goes through them."""


def theme_of(request: HttpRequest | None) -> str:
    """The theme chosen; "system" when none was, or the cookie holds something else."""
    chosen = request.COOKIES.get("theme", "") if request else ""
    return chosen if chosen in THEMES else "system"


def theme_after(theme: str) -> str:
    """The theme that the switch offers next."""
    return THEMES[(THEMES.index(theme) + 1) % len(THEMES)]


def rail_of(request: HttpRequest | None) -> str:
    """Whether the rail of places shows words ("wide") or only icons ("narrow")."""
    return "narrow" if request and request.COOKIES.get("rail") == "narrow" else "wide"
