"""What the frame shows on every page: how many notices are new."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from notifications.queries import MOST_COUNTED, unread_count


def unread(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `unread_notices`, asked of the database only where a page shows it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"unread_notices": SimpleLazyObject(lambda: shown(unread_count(user)))}


def shown(number: int) -> str:
    """The count as the sign shows it, "" for none."""
    return "" if not number else f"{MOST_COUNTED - 1}+" if number >= MOST_COUNTED else str(number)
