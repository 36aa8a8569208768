"""Keyset paging: stable under inserts, as fast on page 1,000 as on page 1, and without counting.

The cursor in the address is signed, so that it stays opaque; whatever else arrives in its place is a clear 400.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from django.core import signing
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from journal.errors import BadInput

M = TypeVar("M", bound=Model)

PAGE_SIZE = 25
LARGEST_PAGE = 100
SALT = "web.paging"
Direction = Literal["after", "before"]


@dataclass(frozen=True)
class Page(Generic[M]):
    """One page of a list; `next` and `previous` are cursors for the parameter `cursor`, None at the ends."""

    items: Sequence[M]
    next: str | None
    previous: str | None


@dataclass(frozen=True)
class Cursor:
    """A place in the list: just after or just before the row with this value and primary key."""

    direction: Direction
    value: Any
    pk: Any


def paginate(
    queryset: QuerySet[M], request: HttpRequest, *, by: str, size: int = PAGE_SIZE, ascending: bool = False
) -> Page[M]:
    """The page of the queryset that the request's `cursor` and `size` ask for, ordered by (-`by`, -pk).

    `ascending` turns the order round: queues begin with what waits longest. `by` is a field of the model, or an integer
    annotation, that is never null in this queryset; an index on both keeps it fast. One query. Raises BadInput for a
    cursor that is not ours, a size outside 1 … 100, and page numbers, which do not exist here.
    """
    size = wanted_size(request, size)
    refuse_page_numbers(request)
    cursor = read_cursor(request.GET.get("cursor", ""), queryset, by)
    backwards = cursor is not None and cursor.direction == "before"
    found = list(beyond(queryset, cursor, by, upwards=ascending != backwards)[: size + 1])
    more = len(found) > size
    items = found[:size][::-1] if backwards else found[:size]
    return Page(
        items=items,
        next=write_cursor("after", items[-1], by) if items and (more or backwards) else None,
        previous=write_cursor("before", items[0], by) if items and (more if backwards else cursor) else None,
    )


def beyond(queryset: QuerySet[M], cursor: Cursor | None, by: str, *, upwards: bool) -> QuerySet[M]:
    """The rows in the order in which they are met on the way up or down, from the cursor on if there is one."""
    sign, past = ("", "gt") if upwards else ("-", "lt")
    rows = queryset.order_by(f"{sign}{by}", f"{sign}pk")
    if cursor is None:
        return rows
    # The first condition says nothing new, but lets an index on the field begin at the cursor.
    return rows.filter(
        Q(**{f"{by}__{past}e": cursor.value}) & (Q(**{f"{by}__{past}": cursor.value}) | Q(**{f"pk__{past}": cursor.pk}))
    )


def write_cursor(direction: Direction, item: Model, by: str) -> str:
    """The signed cursor for the place of one row."""
    field = field_of(type(item), by)
    value = field.value_to_string(item) if field else getattr(item, by)
    return signing.dumps([direction, value, item.pk], salt=f"{SALT}.{by}", compress=True)


def read_cursor(text: str, queryset: QuerySet[Any], by: str) -> Cursor | None:
    """The cursor in the address, None if there is none; raises BadInput if it is not one of ours."""
    if not text:
        return None
    try:
        direction, value, pk = signing.loads(text, salt=f"{SALT}.{by}")
        field = field_of(queryset.model, by)
        return Cursor(direction, field.to_python(value) if field else int(value), pk)
    except (signing.BadSignature, ValidationError, ValueError, TypeError) as fault:
        raise BadInput(
            _("This address points to a page of a list that does not exist. Start again at its first page."),
            fields={"cursor": [_("This cursor was not issued here.")]},
        ) from fault


def field_of(model: type[Model], name: str) -> Any:
    """The field that the list is ordered by; None if it is no field but an annotation."""
    if name == "pk":
        return model._meta.pk
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    if not field.concrete:
        raise FieldDoesNotExist(f"{model._meta.label} cannot be paged by {name}")
    return field


def wanted_size(request: HttpRequest, default: int) -> int:
    """How many rows the request asks for, the default if it does not say."""
    given = request.GET.get("size")
    if given is None:
        return default
    if given.isascii() and given.isdigit() and len(given) <= 3 and 1 <= int(given) <= LARGEST_PAGE:
        return int(given)
    raise BadInput(
        _("A page holds between 1 and %(most)s entries.") % {"most": LARGEST_PAGE},
        fields={"size": [_("A whole number is expected.")]},
    )


def refuse_page_numbers(request: HttpRequest) -> None:
    """Lists here have a next and a previous page, but no numbers; only "page=1" has a meaning, the first one."""
    if request.GET.get("page", "1") != "1":
        raise BadInput(
            _("This list has no page numbers. Start at its first page and follow “next”."),
            fields={"page": [_("There is no such page.")]},
        )
