"""Pages of lists: by a signed cursor, without counting; an address that asks for anything else is refused."""

from typing import Any

from django.core import signing
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from journal.errors import BadInput

SALT = "rest.paging"
PAGING = frozenset({"cursor", "page_size"})
"""The query parameters of a list that has pages."""


class CursorPages(CursorPagination):
    """25 entries a page, up to 100 on request, in the order that the view declares as `ordering` (newest first).

    Raises BadInput for a cursor that was not issued for this list, and for a page size out of bounds.
    """

    page_size = 25
    max_page_size = 100
    page_size_query_param = "page_size"
    page_size_query_description = "Entries on one page, 1 to 100; 25 unless told otherwise."
    cursor_query_description = "Where the page begins, as given in `next` and `previous`."

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any] | None:
        self.salt = f"{SALT}.{queryset.model._meta.label_lower}"
        return super().paginate_queryset(queryset, request, view)

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: Any) -> tuple[str, ...]:
        ordering: tuple[str, ...] = getattr(view, "ordering", ("-pk",))
        return ordering

    def get_page_size(self, request: Request) -> int:
        given = request.query_params.get("page_size", str(self.page_size))
        if given.isascii() and given.isdigit() and len(given) <= 3 and 1 <= int(given) <= self.max_page_size:
            return int(given)
        raise BadInput(
            _("A page holds between 1 and %(most)s entries.") % {"most": self.max_page_size},
            fields={"page_size": [_("A whole number is expected.")]},
        )

    def decode_cursor(self, request: Request) -> Cursor | None:
        text = request.query_params.get("cursor")
        if text is None:
            return None
        try:
            offset, reverse, position = signing.loads(text, salt=self.salt)
        except (signing.BadSignature, ValueError) as fault:
            raise BadInput(
                _("This address points to a page of a list that does not exist. Start again at its first page."),
                fields={"cursor": [_("This cursor was not issued here.")]},
            ) from fault
        return Cursor(offset, reverse, position)

    def encode_cursor(self, cursor: Cursor) -> str:
        # Signed, because whatever stands in it goes into a filter and an OFFSET.
        text = signing.dumps([cursor.offset, cursor.reverse, cursor.position], salt=self.salt, compress=True)
        return replace_query_param(self.base_url or "", "cursor", text)
