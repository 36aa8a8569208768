"""A bound on how often one address may ask for something that costs us work."""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.errors import DomainError


class TooMany(DomainError):
    """The same address asked too often."""

    status = 429
    code = "too-many"
    title = gettext_lazy("Too many requests")


def throttle(request: HttpRequest, purpose: str, *, most: int, seconds: int) -> None:
    """Count this request of its address; raises TooMany after `most` of them within so many seconds."""
    key = f"throttle.{purpose}.{address_of(request)}"
    # Only the first of a window sets when it ends.
    cache.add(key, 0, seconds)
    try:
        count = cache.incr(key)
    except ValueError:
        return
    if count > most:
        raise TooMany(_("You asked very often in a short time. Wait a minute, then try again."))


def address_of(request: HttpRequest) -> str:
    """Where the request comes from; behind our own proxy, the address that the proxy saw."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return forwarded.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", "")
