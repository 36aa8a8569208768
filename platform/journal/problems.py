"""Problem details (RFC 9457): the one body in which pages and API refuse a program's request."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from journal.errors import TooLarge

MEDIA_TYPE = "application/problem+json"
MEGABYTE = 2**20


def problem_body(
    status: int,
    code: str,
    title: str | Promise,
    detail: str | Promise,
    fields: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, Any]:
    """The members of the JSON object; `code` stays the same in every language, `fields` names single faults."""
    body = {"type": f"about:blank#{code}", "title": str(title), "status": status, "detail": str(detail)}
    return body | {"errors": dict(fields)} if fields else body


def body_too_large() -> TooLarge:
    """What to say to a request whose body, files apart, is over the limit."""
    sizes = {
        "form": settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE,
        "file": settings.LARGEST_UPLOAD // MEGABYTE,
    }
    return TooLarge(_("A form takes at most %(form)s MB, an imported file %(file)s MB. Send less at once.") % sizes)
