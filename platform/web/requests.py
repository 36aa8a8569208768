"""The request as our views see it, once the middleware has been through."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

if TYPE_CHECKING:
    from accounts.models import User


class UserRequest(HttpRequest):
    """A request with its user and what htmx says about it; for annotations only, never constructed."""

    user: "User"
    htmx: HtmxDetails
