"""Counting: how many posts each value of each facet would leave, with the other facets as they are.

One query strings the `packed` numbers of all listings that answer to the words together; NumPy does the rest. Every
count comes from the same rows, so none costs a query of its own, and each facet can be counted without its own choice.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

EXACT: Final = 1000
"""Beyond it a count is "1,000+"."""
MOST_COUNTED: Final = 300_000
"""Listings that are looked at for counts, at most: what keeps the cost bounded on a very large platform."""

KIND_LABELS: Final[Mapping[str, Any]] = {"need": _("Need"), "achievement": _("Achievement")}
TRL_LABELS: Final[Mapping[str, str]] = {str(level): f"TRL {level}" for level in range(1, 10)}
BUDGET_LABELS: Final[Mapping[str, Any]] = {
    "under-100k": _("under CNY 100,000"),
    "100k-500k": _("CNY 100,000–500,000"),
    "500k-1m": _("CNY 500,000–1 million"),
    "1m-5m": _("CNY 1–5 million"),
    "over-5m": _("CNY 5 million and more"),
}

Numbers = NDArray[np.uint16]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Counts:
    """`total` of the whole list; `by_term` by facet and code, as far as there is anything."""

    total: int
    by_term: Mapping[tuple[str, str], int]


def strung(listings: QuerySet[Any]) -> bytes:
    """The packed numbers of the listings, one after the other."""
    inner = listings.order_by().values("packed")[:MOST_COUNTED]
    try:
        sql, parameters = inner.query.sql_with_params()
    except EmptyResultSet:
        return b""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT string_agg(packed, '') FROM ({sql}) AS found", parameters)
        row = cursor.fetchone()
    return bytes(row[0] or b"")


def count(packed: bytes, chosen: Mapping[str, Collection[str]], terms: Mapping[tuple[str, str], int]) -> Counts:
    """Counts for the listings that answer to the words, strung together, narrowed by the chosen values."""
    rows = Rows(packed)
    numbers = {facet: [terms.get((facet, code), 0) for code in codes] for facet, codes in chosen.items()}
    passing = {facet: rows.having(wanted) for facet, wanted in numbers.items()}
    facets = {facet for facet, _code in terms}
    everything = rows.all_of(passing.values())
    shared = rows.tally(everything)
    tallies = {
        facet: rows.tally(rows.all_of(mask for other, mask in passing.items() if other != facet))
        if facet in passing
        else shared
        for facet in facets
    }
    found = {key: int(tallies[key[0]][number]) for key, number in terms.items() if number < len(shared)}
    return Counts(int(everything.sum()), {key: number for key, number in found.items() if number})


class Rows:
    """Listings as one array of term numbers, each listing ended by a zero."""

    def __init__(self, packed: bytes) -> None:
        self.numbers: Numbers = np.frombuffer(packed, dtype="<u2")
        ends = np.flatnonzero(self.numbers == 0)
        self.starts = np.concatenate([[0], ends[:-1] + 1]).astype(np.intp) if len(ends) else ends
        self.lengths = ends - self.starts + 1
        self.size = int(self.numbers.max(initial=0)) + 1

    def having(self, wanted: Sequence[int]) -> Mask:
        """Which listings have one of the numbers."""
        if not len(self.starts):
            return np.zeros(0, dtype=bool)
        table = np.zeros(self.size, dtype=bool)
        table[[number for number in wanted if 0 < number < self.size]] = True
        found: Mask = np.logical_or.reduceat(table[self.numbers], self.starts)
        return found

    def all_of(self, masks: Any) -> Mask:
        """Which listings pass every mask; all of them if there is none."""
        result = np.ones(len(self.starts), dtype=bool)
        for mask in masks:
            result &= mask
        return result

    def tally(self, mask: Mask) -> NDArray[np.intp]:
        """How often each number occurs among the listings that pass."""
        numbers = self.numbers if mask.all() else self.numbers[np.repeat(mask, self.lengths)]
        return np.bincount(numbers, minlength=self.size)
