"""Pages of lists: by a signed cursor, without counting; an address that asks for anything else is refused."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core import signing
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from journal.errors import BadInput

PAGING = frozenset({"cursor", "page_size"})
"""The query parameters of a list that has pages."""
NEWEST_FIRST = ("-pk",)


class CursorPages(CursorPagination):
    """25 entries a page, up to 100 on request, in the order that the view declares in `order` for its action.

    An order is a tuple of fields that are never null, of which the last is unique; newest first unless declared. The
    framework's own cursors hold one field and an offset, and skip entries on the way back where values are equal; these
    hold every field of the order. Raises BadInput for a cursor that was not issued for this list, and for a page size
    out of bounds.
    """

    page_size = 25
    max_page_size = 100
    page_size_query_param = "page_size"
    page_size_query_description = "Entries on one page, 1 to 100; 25 unless told otherwise."
    cursor_query_description = "Where the page begins, as given in `next` and `previous`."

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        orders: Mapping[str, Sequence[str]] = getattr(view, "order", {})
        self.order = orders.get(getattr(view, "action", ""), NEWEST_FIRST)
        self.salt = f"rest.paging.{queryset.model._meta.label_lower}.{','.join(self.order)}"
        self.base_url = request.build_absolute_uri()
        size, cursor = self.get_page_size(request), self.read(request)
        back = cursor is not None and cursor[0]
        found = following(queryset, reversed_order(self.order) if back else self.order, cursor and cursor[1], size + 1)
        page = found[:size][::-1] if back else found[:size]
        more_ahead, more_behind = (
            (bool(page), len(found) > size) if back else (len(found) > size, bool(page and cursor))
        )
        self.next_link = self.link(False, page[-1]) if more_ahead else None
        self.previous_link = self.link(True, page[0]) if more_behind else None
        return page

    def get_next_link(self) -> str | None:
        return self.next_link

    def get_previous_link(self) -> str | None:
        return self.previous_link

    def get_page_size(self, request: Request) -> int:
        given = request.query_params.get("page_size", str(self.page_size))
        if given.isascii() and given.isdigit() and len(given) <= 3 and 1 <= int(given) <= self.max_page_size:
            return int(given)
        raise BadInput(
            _("A page holds between 1 and %(most)s entries.") % {"most": self.max_page_size},
            fields={"page_size": [_("A whole number is expected.")]},
        )

    def read(self, request: Request) -> tuple[bool, list[Any]] | None:
        """The cursor in the address: whether it leads back, and the values of the entry that it starts from."""
        text = request.query_params.get("cursor")
        if text is None:
            return None
        try:
            back, *values = signing.loads(text, salt=self.salt)
        except (signing.BadSignature, ValueError) as fault:
            raise BadInput(
                _("This address points to a page of a list that does not exist. Start again at its first page."),
                fields={"cursor": [_("This cursor was not issued here.")]},
            ) from fault
        return back, values

    def link(self, back: bool, entry: Any) -> str:
        """The address of the page that begins beside this entry."""
        values = [getattr(entry, name.removeprefix("-")) for name in self.order]
        # Signed, because whatever stands in it goes into a filter.
        return replace_query_param(self.base_url or "", "cursor", signing.dumps([back, *values], salt=self.salt))


def following(queryset: QuerySet[Any], order: Sequence[str], values: Sequence[Any] | None, limit: int) -> list[Any]:
    """At most so many entries in this order, those that come after the values."""
    rows = queryset.order_by(*order)
    return list((rows if values is None else rows.filter(beyond(order, values)))[:limit])


def beyond(order: Sequence[str], values: Sequence[Any]) -> Q:
    """A filter for what comes after the values in the order (lexicographically)."""
    condition, equal = Q(pk__in=[]), Q()
    for name, value in zip(order, values, strict=True):
        field, step = name.removeprefix("-"), "lt" if name.startswith("-") else "gt"
        condition |= equal & Q(**{f"{field}__{step}": value})
        equal &= Q(**{field: value})
    return condition


def reversed_order(order: Sequence[str]) -> tuple[str, ...]:
    """The same order from its end."""
    return tuple(name.removeprefix("-") if name.startswith("-") else f"-{name}" for name in order)
